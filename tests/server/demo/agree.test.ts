/**
 * Device and server side by side: every resident and dwelling of the whole demo register has the same colour, by the
 * same rules, until the same day, at several dates, with people's word in between and under another scheme.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, dayAt, instantToDay, type Day } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { levelKeys } from '#domain/level.ts'
import type { Override } from '#domain/override.ts'
import type { Scheme } from '#domain/scheme.ts'
import { createRegister } from '#app/register/create-register.ts'
import { helpFor } from '#app/register/help.ts'
import type { Coloured, WritableRegister } from '#app/register/register.ts'
import { colourByCalendar } from '#server/colours/calendar.ts'
import { recolourStale } from '#server/colours/recolour.ts'
import { insertRecords, loadStream } from '#server/db/records.ts'
import type { RecordRow } from '#server/db/record-row.ts'
import { migrate } from '#server/db/migrate.ts'
import type { Db } from '#server/db/schema.ts'
import { transact } from '#server/db/transact.ts'
import { colourStream } from '#server/colours/fill.ts'
import { fillDemo } from '#server/demo-fill.ts'
import { kinds } from '#domain/record.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTestDatabase } from '#tests/support/database.ts'

/** A Friday afternoon before a weekend; working days and holidays lie ahead. */
const start = Date.UTC(2026, 8, 18, 6)
const dayMs = 86_400_000

let db: Db
let drop: () => Promise<void>
let register: WritableRegister
let streams: string[]
const ids = createCountedIds(0x77)

beforeAll(async () => {
  ;({ db, drop } = await createTestDatabase())
  await migrate(db)
  await fillDemo(db, {
    now: start,
    ids,
    randomBytes: (count) => new Uint8Array(count).fill(7),
    password: 'sample-password-1',
    residents: null,
  })
  streams = (await db.selectFrom('stream').select('id').orderBy('id').execute()).map(
    (row) => row.id,
  )
  await speakByHand()
  register = createRegister()
  register.readHelpBy(helpFor)
  for (const stream of streams) await pull(stream)
}, 300_000)
afterAll(() => drop())

/** Every nineteenth subject has a word of somebody, of any kind. */
async function speakByHand() {
  const day = dayAt(start)
  for (const stream of streams) {
    const rows = await loadStream(db, stream, ['resident', 'dwelling'])
    const spoken = rows.filter((_, index) => index % 19 === 0)
    for (const [index, row] of spoken.entries()) {
      const { reasons = '' } =
        (await db
          .selectFrom('subject')
          .select('rules as reasons')
          .where('stream', '=', stream)
          .where('id', '=', row.id)
          .executeTakeFirst()) ?? {}
      const override: Override = {
        id: ids(),
        colour: levelKeys[index % levelKeys.length] ?? 'red',
        words: '样例',
        from: addDays(day, (index % 5) - 2),
        until: addDays(day, (index % 5) + (index % 40)),
        by: ids(),
        over: index % 3 === 0 ? [] : reasons.split(' '),
        ...(index % 2 === 0 ? { review: { verdict: 'agreed', by: ids(), on: day } } : {}),
        ...(index % 11 === 0 ? { withdrawnOn: day } : {}),
      }
      await db
        .updateTable('record')
        .set({ fields: JSON.stringify({ ...row.fields, overrides: [override] }) as never })
        .where('stream', '=', stream)
        .where('id', '=', row.id)
        .execute()
    }
    await transact(db, (trx) => colourStream(trx, stream, { now: start, ids }))
  }
}

/** What a device would have after a pull of everything. */
async function pull(stream: string) {
  const rows: RecordRow[] = await loadStream(
    db,
    stream,
    kinds.filter((kind) => kind !== 'reveal'),
  )
  register.applyPages([
    {
      type: 'page',
      stream,
      epoch: 1,
      from: 0,
      to: Math.max(0, ...rows.map((row) => row.version)),
      reset: true,
      records: rows.map(({ kind, id, version, fields, at, by }) => ({
        kind,
        id,
        version,
        fields: { ...fields },
        ...(at === null ? {} : { at }),
        ...(by === null ? {} : { by }),
      })),
      changes: [],
    },
  ])
}

const told = ({ colour, reasons, until }: Pick<Coloured, 'colour' | 'reasons' | 'until'>) =>
  `${colour} ${reasons.map(({ rule }) => rule).join(' ')} until ${until ?? 'for ever'}`

async function compare(day: Day): Promise<number> {
  const rows = await db.selectFrom('subject').selectAll().execute()
  const differing: string[] = []
  for (const { id, kind, colour, rules, until, due } of rows) {
    if (kind === 'household') {
      const call = register.due(id, day)
      const own = `${call?.colour} due on ${call?.on}`
      const server = `${colour} due on ${due}`
      if (own !== server) differing.push(`${kind} ${id}: ${own}, server ${server}`)
      continue
    }
    const own =
      kind === 'resident' ? register.colourOfResident(id, day) : register.colourOfDwelling(id, day)
    const server = `${colour} ${rules} until ${until ?? 'for ever'}`
    if (told(own) !== server) differing.push(`${kind} ${id}: ${told(own)}, server ${server}`)
  }
  expect(differing.slice(0, 5)).toEqual([])
  const callable = [...register.all('household')].filter(
    ({ id, fields }) => !fields.endedOn && register.residents(id).length > 0,
  )
  expect(rows.filter(({ kind }) => kind === 'household').length).toBe(callable.length)
  return rows.length
}

it('agree on the day of the first fill, and on every date to which the calendar brings them', async () => {
  const counted = await compare(dayAt(start))
  expect(counted).toBeGreaterThan(45_000)
  for (const days of [1, 3, 40, 130]) {
    const now = start + days * dayMs
    await colourByCalendar(db, { now, ids })
    expect(await compare(instantToDay(new Date(now).toISOString()))).toBe(counted)
  }
})

it('agree under a scheme with every kind of condition, on its first day and later', async () => {
  const root = await db
    .selectFrom('place')
    .select('id')
    .where('parent', 'is', null)
    .executeTakeFirstOrThrow()
  const scheme: Scheme = {
    ...defaultScheme,
    schemeVersion: 2,
    holidays: [...defaultScheme.holidays, '2027-02-08'],
    levels: defaultScheme.levels.filter(({ key }) => key !== 'blue'),
    rules: [
      ...defaultScheme.rules.filter(({ level }) => level !== 'blue'),
      {
        key: 'between-birthdays',
        subject: 'resident',
        level: 'orange',
        when: {
          all: [
            {
              any: [
                { fact: 'age', op: 'is', value: 45 },
                { fact: 'age', op: 'at-most', value: 3 },
              ],
            },
            { not: { all: [{ fact: 'floating', op: 'is', value: true }] } },
          ],
        },
        words: '{age}岁',
        wordsEn: 'aged {age}',
      },
      {
        key: 'let-somehow',
        subject: 'dwelling',
        level: 'yellow',
        when: { fact: 'use', op: 'any-of', value: ['rental', 'business'] },
        words: '出租',
        wordsEn: 'let',
      },
    ],
  }
  const day = 130
  await transact(db, (trx) =>
    insertRecords(trx, root.id, [{ kind: 'scheme', id: ids(), fields: { ...scheme } }]),
  )
  await pull(root.id)
  let moved = 0
  await recolourStale(db, { now: start + day * dayMs, ids }, () => (moved += 1))
  expect(moved).toBeGreaterThan(20)
  await compare(instantToDay(new Date(start + day * dayMs).toISOString()))
  for (const days of [180]) {
    const now = start + days * dayMs
    await colourByCalendar(db, { now, ids })
    await compare(instantToDay(new Date(now).toISOString()))
  }
})
