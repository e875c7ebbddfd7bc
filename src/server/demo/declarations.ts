/** Sample declarations: a landlord, an employer and a worker say that somebody came or left; nobody has looked yet. */
import { idBornIn } from '#domain/born-ids.ts'
import { addDays, type Day } from '#domain/day.ts'

interface SampleRecord {
  readonly kind: 'arrival' | 'departure' | 'landlord-link'
  readonly id: string
  readonly at: string
  readonly by: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface SampleDwelling {
  readonly id: string
  readonly isLet: boolean
}

const names = ['样例租客甲', '样例租客乙', '样例租客丙']

/** Of a grid: at let doors, one of them late, and a link whose landlord has not answered this month. */
export function sampleDeclarations(
  stream: string,
  dwellings: readonly SampleDwelling[],
  by: string,
  today: Day,
  ids: () => string,
): SampleRecord[] {
  const [first, second, third] = dwellings.filter(({ isLet }) => isLet)
  const at = (daysAgo: number) => `${addDays(today, -daysAgo)}T02:00:00.000Z`
  const make = (kind: SampleRecord['kind'], daysAgo: number, fields: object): SampleRecord => ({
    ...{ kind, id: idBornIn(stream, ids()), at: at(daysAgo), by },
    fields: { ...fields },
  })
  const arrival = (dwelling: string, n: number, speaker: string, daysAgo: number) =>
    make('arrival', daysAgo, {
      ...{ dwelling, speaker, name: names[n], count: n + 1, from: addDays(today, -daysAgo) },
      ...{ until: null, telephone: `100-0000-02${String(n)}0`, note: null },
    })
  return [
    ...(first ? [arrival(first.id, 0, 'landlord', 1)] : []),
    ...(second ? [arrival(second.id, 1, 'employer', 9)] : []),
    ...(second
      ? [
          make('landlord-link', 40, {
            ...{ dwelling: second.id, hash: '0'.repeat(64), made: addDays(today, -40) },
          }),
        ]
      : []),
    ...(third
      ? [
          make('departure', 2, {
            ...{ dwelling: third.id, speaker: 'worker', name: null, count: 1 },
            ...{ from: addDays(today, -2), note: null },
          }),
        ]
      : []),
  ]
}
