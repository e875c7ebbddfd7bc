import { createManualClock } from '#tests/support/manual-clock.ts'
import {
  createModelOffice,
  type ModelOffice,
  type OfficeAccount,
} from '#tests/support/model-office.ts'
import { mayPull } from '#domain/permission.ts'
import { isSame } from '#protocol/merge.ts'
import { byRecord } from './laws.ts'
import type { OfficeRecord, VillageOffice } from './village.ts'

const streams = [
  '0000000a-0000-7000-8000-000000000001',
  '0000000a-0000-7000-8000-000000000002',
  '0000000a-0000-7000-8000-000000000003',
]
const community = '0000000a-0000-7000-8000-000000000009'
const household = (stream: string) => stream.replace('0000000a', '0000000b')
const dwelling = (stream: string) => stream.replace('0000000a', '0000000e')
const building = (stream: string) => stream.replace('0000000a', '0000000f')

/**
 * A village around the model of the office: everything in memory, the same seed the same day. `more` are accounts
 * beside its four; `seating` says whose each device is, by the place in the list of accounts.
 */
export function createModelVillage(
  more: readonly OfficeAccount[] = [],
  seating: readonly number[] = [0, 0, 1, 2, 3, 3],
): VillageOffice & { readonly model: ModelOffice } {
  const clock = createManualClock()
  const account = (number: number, scope: string[]): OfficeAccount => ({
    id: `0000000d-0000-7000-8000-00000000000${number}`,
    login: `worker${number}`,
    password: `password-${number}`,
    name: `样本员${number}`,
    role: number === 9 ? 'staff' : 'worker',
    scope,
  })
  const [one = '', two = '', three = ''] = streams
  const accounts = [
    account(1, [one, two]),
    account(2, [one, two]),
    account(3, [two, three]),
    account(9, [community, ...streams]),
    ...more,
  ]
  const office = createModelOffice(clock, accounts)
  office.seed(community, 'place', community, { placeKind: 'community', name: '样例社区' })
  const residents = streams.flatMap((stream, index) => {
    const name = `第${'一二三'[index] ?? ''}网格`
    office.seed(stream, 'place', stream, { parent: community, placeKind: 'grid', name })
    office.seed(stream, 'building', building(stream), { estate: '样例苑', name: `${index}幢` })
    office.seed(stream, 'dwelling', dwelling(stream), { building: building(stream), room: '101' })
    office.seed(stream, 'household', household(stream), { dwelling: dwelling(stream) })
    return [0, 1].map((number) => {
      const id = `0000000c-0000-7000-8000-0000000000${index}${number}`
      const fields = {
        ...{ household: household(stream), name: `样例${'零一二'[index]}${'零一'[number]}` },
        ...{ documentType: '414', documentNumber: `E1000000${index}${number}`, phones: [] },
      }
      office.seed(stream, 'resident', id, fields)
      return { stream, id }
    })
  })
  let copy: ReturnType<typeof office.copy> | null = null
  let brought = 0
  const of = (id: string) => accounts.find((one) => one.id === id)

  return {
    model: office,
    streams,
    community,
    workers: seating.map((at) => accounts[at]).filter((one) => one !== undefined),
    household,
    dwelling,
    door: (stream) => ({ building: `${streams.indexOf(stream)}幢`, unit: '', room: '101' }),
    residents,
    fetch: (request) => office.fetch(request),
    scopeOf: (worker) => Promise.resolve(of(worker)?.scope ?? []),
    setScope(worker, scope) {
      const changed = of(worker)
      const kept = changed?.role === 'staff' ? [community] : []
      if (changed) changed.scope = [...kept, ...scope]
      return Promise.resolve()
    },
    records: (stream) =>
      Promise.resolve(
        office
          .records(stream)
          .filter((record) => !record.removed && mayPull('staff', record.kind))
          .map(({ id, kind, version, fields }): OfficeRecord => ({
            id,
            kind,
            version,
            fields: { ...fields },
          })),
      ),
    cursor: (stream) => Promise.resolve(office.cursor(stream)),
    applied: () => Promise.resolve(office.log.map((mutation) => mutation.id)),
    history() {
      const lines = new Set<string>()
      // A record and its history may have gone to another grid since.
      const places = [community, ...streams]
      const all = places.flatMap((stream) => office.records(stream))
      const clashes = all.filter(({ kind, removed }) => kind === 'clash' && !removed)
      for (const mutation of office.log) {
        const changes = places.flatMap((stream) => office.changes(stream, mutation.record))
        const change = changes.find((one) => one.id === mutation.id)
        for (const field of Object.keys(change?.fields ?? {})) lines.add(`${mutation.id} ${field}`)
        if (!change) continue
        // Said already by somebody else, or kept as the other side of a clash.
        for (const field of Object.keys(mutation.fields)) {
          const isKept = clashes.some(({ fields }) => isSideOf(fields, mutation.id, field))
          if (isKept) lines.add(`${mutation.id} ${field}`)
        }
        const held = all.find(({ id, removed }) => id === mutation.record && !removed)
        const wasSame = Object.entries(mutation.fields).every(
          ([field, wanted]) =>
            lines.has(`${mutation.id} ${field}`) ||
            isSame(held?.fields[field] ?? null, wanted) ||
            changes.some((one) => isSame(one.fields[field]?.[1] ?? undefined, wanted)) ||
            typeof wanted === 'object',
        )
        if (wasSame) lines.add(`${mutation.id} same`)
      }
      return Promise.resolve(lines)
    },
    told() {
      const lines = streams.flatMap((stream) => office.told(stream))
      return Promise.resolve(byRecord(lines))
    },
    done: () => office.done,
    endSessions: () => office.endSessions(),
    backup: () => (copy = office.copy()),
    restore: () => copy?.restore(),
    putBack: () => copy?.putBack(),
    purge(pick) {
      const all = streams.flatMap((stream) => office.records(stream, 'resident'))
      const led = new Set(all.map(({ fields }) => fields['mergedInto']))
      const alone = all.filter(
        ({ id, removed, fields }) => !removed && !fields['mergedInto'] && !led.has(id),
      )
      const chosen = alone[pick % Math.max(1, alone.length)]
      if (chosen) office.purge(chosen.stream, chosen.id)
    },
    bringIn(pick, count) {
      const home = household(streams[pick % streams.length] ?? '')
      const stream = streams.find((one) => office.record(one, home)?.removed === false) ?? ''
      for (let number = 0; number < count; number += 1) {
        brought += 1
        const id = `0000001c-0000-7000-8000-${brought.toString(16).padStart(12, '0')}`
        const fields = { household: home, name: `样例${brought}`, phones: [] }
        office.seed(stream, 'resident', id, fields)
      }
    },
    purged: () => office.purged,
    now: () => clock.now(),
    advance: (milliseconds) => clock.advance(milliseconds),
    settle: () => office.decideImports(),
  }
}

function isSideOf(
  clash: Readonly<Record<string, unknown>>,
  mutation: string,
  field: string,
): boolean {
  const sides = [clash['kept'], clash['lost']] as { readonly mutation?: unknown }[]
  return clash['field'] === field && sides.some((side) => side.mutation === mutation)
}
