/**
 * An import on the server: whole or not at all, once however often, against another one at the same time, and back.
 * Holds `src/server/ledger/import-apply.ts`, `src/server/ledger/import-plan.ts`, `src/server/ledger/import-undo.ts`
 * and `src/server/ledger/undo-plan.ts`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Import, ImportItem } from '#domain/import.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { alwaysOurs } from '#server/keepers/background.ts'
import { loadRecords, loadStream } from '#server/db/records.ts'
import { createServer } from '#server/server.ts'
import { openOffice, type Device, type Office } from './office.ts'
import { building, dwelling, household, resident, settle, visit, type Home } from './sample.ts'

let office: Office
let staff: Device
let worker: Device
let home: Home
let grid: string
let number = 0

beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())
beforeEach(async () => {
  staff = await office.enter('staff')
  worker = await office.enter('worker')
  grid = office.places.grid
  home = await settle(staff, worker, grid, office.ids, { phones: ['10012345678'] })
})

/** A machine that does other work as well takes its time. */
const patience = { timeout: 20_000, interval: 50 }

/** Sample people have numbers of a division that nobody has. */
const sampleNumber = () => `E20${String((number += 1)).padStart(6, '0')}`

interface Bring {
  readonly items: readonly ImportItem[]
  readonly bases?: Import['bases']
  readonly partSize?: number
  readonly more?: Partial<Import>
}

async function headOf(stream: string): Promise<number> {
  const row = await office.db
    .selectFrom('stream')
    .select('head')
    .where('id', '=', stream)
    .executeTakeFirstOrThrow()
  return row.head
}

/** The mutations of an import as a device sends them: itself, and behind it its parts. */
async function importOf(device: Device, { items, bases, partSize = 2, more }: Bring) {
  const id = office.ids()
  const parts = Array.from({ length: Math.ceil(items.length / partSize) }, (_, index) =>
    items.slice(index * partSize, (index + 1) * partSize),
  )
  const fields = {
    title: '样例花名册.xlsx',
    parts: parts.length,
    rows: items.length,
    added: items.length,
    changed: 0,
    bases: bases ?? [{ stream: grid, version: await headOf(grid) }],
    ...more,
  }
  const { community } = office.places
  const mutations: Mutation[] = [
    device.create(community, 'import', id, fields),
    ...parts.map((part, index) =>
      device.create(community, 'import-part', office.ids(), {
        import: id,
        part: index + 1,
        items: [...part],
      }),
    ),
  ]
  return { id, mutations }
}

async function bring(device: Device, what: Bring) {
  const { id, mutations } = await importOf(device, what)
  const { receipts } = await device.pushed(mutations)
  return { id, receipts, outcome: await outcomeOf(id) }
}

async function recordOf(id: string) {
  const [record] = await loadRecords(office.db, [office.places.community], [id])
  return record
}

/** What came of it, once the server has said so. */
async function outcomeOf(id: string): Promise<Partial<Import>> {
  return vi.waitFor(async () => {
    const fields = (await recordOf(id))?.fields as Import
    expect(fields.outcome).toBeTruthy()
    return fields
  }, patience)
}

const make = (
  kind: ImportItem['kind'],
  record: string,
  fields: ImportItem['fields'],
  stream = grid,
): ImportItem => ({ stream, kind, record, op: 'create', fields, seen: 0 })

/** A house with people in it. */
function village(count: number, more: object = {}) {
  const ids = { building: office.ids(), dwelling: office.ids(), household: office.ids() }
  const people = Array.from({ length: count }, () => office.ids())
  const items = [
    ...people.map((id) =>
      make('resident', id, {
        ...resident(ids.household),
        documentType: '414',
        documentNumber: sampleNumber(),
        ...more,
      }),
    ),
    make('building', ids.building, building({ name: '9幢' })),
    make('dwelling', ids.dwelling, dwelling(ids.building)),
    make('household', ids.household, household(ids.dwelling)),
  ]
  return { ...ids, people, items }
}

async function patchPhones(person: string, phones: readonly string[]): Promise<ImportItem> {
  const [held] = await loadRecords(office.db, [grid], [person])
  return {
    stream: grid,
    kind: 'resident',
    record: person,
    op: 'patch',
    fields: { phones: { add: [...phones] } },
    seen: held?.version ?? 0,
  }
}

const living = async (ids: readonly string[]) =>
  (await loadRecords(office.db, [grid], ids)).filter(({ removed }) => !removed)

/** The subjects as the database counts them, against the tallies kept beside them. */
async function tallyOf(stream: string): Promise<number> {
  const rows = await office.db
    .selectFrom('tally')
    .select('n')
    .where('stream', '=', stream)
    .where('kind', '=', 'resident')
    .execute()
  return rows.reduce((sum, { n }) => sum + n, 0)
}

describe('an import', () => {
  it('is written when its last part has come, in one go, in whatever order it names things', async () => {
    const { items, people, household: family } = village(3)
    const before = await tallyOf(grid)
    const { id, mutations } = await importOf(staff, {
      items: [...items, await patchPhones(home.resident, ['10000000001'])],
    })
    const last = mutations.pop()
    await staff.pushed(mutations)
    await office.server.fetch(new Request('http://office.test/healthz'))
    expect((await recordOf(id))?.fields).not.toHaveProperty('outcome')
    expect(await living([family, ...people])).toEqual([])

    await staff.pushed([last])
    expect(await outcomeOf(id)).toMatchObject({ outcome: 'written' })
    expect(await living([family, ...people])).toHaveLength(4)
    const [changed] = await living([home.resident])
    expect(changed?.fields['phones']).toEqual(['10012345678', '10000000001'])
    expect(await tallyOf(grid)).toBe(before + 3)
    // Its parts held people; they are of no more use.
    expect(await loadStream(office.db, office.places.community, ['import-part'])).toEqual([])
    // The log says who, and holds it together.
    const log = await office.db
      .selectFrom('change')
      .select(['record', 'account', 'op'])
      .where('batch', '=', id)
      .execute()
    expect(log).toHaveLength(7)
    expect(new Set(log.map(({ account }) => account))).toEqual(new Set([staff.account]))
  })

  it('comes to every device that sees the grid', async () => {
    const { cursors } = await worker.pull()
    const { items, people } = village(2)
    const { id } = await bring(staff, { items })
    const pulled = await worker.pull(cursors)
    for (const person of people) expect(pulled.records.get(person)?.kind).toBe('resident')
    expect(pulled.records.get(id)).toMatchObject({ kind: 'import', fields: { outcome: 'written' } })
    expect([...pulled.records.values()].map(({ kind }) => kind)).not.toContain('import-part')
  })

  it('says which office gave it, in the log too; what it wrote has its moment and its author', async () => {
    const { items, people } = village(1)
    const more = { source: '样例公安', sourceEntry: '人口', sourceOn: '2026-11-20' }
    const item = await patchPhones(home.resident, ['10000000002'])
    const { id } = await bring(staff, { items: [...items, item], more })
    // Another change of the same person afterwards has a moment of its own.
    office.clock.at += 1_000
    const target = { id: home.resident, stream: grid, kind: 'resident' as const, version: 9 }
    await staff.pushed([staff.patch(target, { workplace: '样例' })])
    const { records, pages } = await worker.pull()
    const brought = records.get(id)
    expect(brought).toMatchObject({ fields: more, by: staff.account })
    const { at, by } = brought ?? {}
    expect(records.get(people[0] ?? '')).toMatchObject({ at, by })
    const lines = pages
      .flatMap(({ changes }) => changes)
      .filter(({ record }) => record === home.resident)
    const of = (field: string) => lines.filter(({ fields }) => field in fields).at(-1)
    expect(of('phones')).toMatchObject({ at, by })
    expect(of('workplace')).toBeDefined()
    expect(of('workplace')?.at).not.toBe(at)
    const entry = await office.db
      .selectFrom('audit')
      .select('facts')
      .where('act', '=', 'import')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    expect(entry.facts).toMatchObject(more)
  })

  it('sent twice is written once', async () => {
    const { items, people } = village(2)
    const { id, mutations } = await importOf(staff, { items })
    await staff.pushed(mutations)
    await outcomeOf(id)
    const head = await headOf(grid)
    const { receipts } = await staff.pushed(mutations)
    expect(receipts.every(({ ok }) => ok)).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await headOf(grid)).toBe(head)
    expect(await living(people)).toHaveLength(2)
  })

  it('with one thing that cannot be is refused whole, and says why', async () => {
    const { items, people } = village(3)
    const head = await headOf(grid)
    const strange = make('resident', office.ids(), { ...resident(home.household), name: '' })
    const { outcome } = await bring(staff, { items: [...items, strange] })
    expect(outcome).toMatchObject({ outcome: 'refused', reason: 'invalid-fields' })
    expect(await living(people)).toEqual([])
    expect(await headOf(grid)).toBe(head)
  })

  it('that is refused names the row of the roster and the field, and never a value', async () => {
    const { items, household: family } = village(1)
    const bad = {
      ...make('resident', office.ids(), { ...resident(family), workplace: '甲'.repeat(200) }),
      ...{ sheet: '花名册', row: 12 },
    }
    const { outcome } = await bring(staff, { items: [...items, bad] })
    expect(outcome).toMatchObject({ outcome: 'refused', reason: 'invalid-fields' })
    expect(outcome.refusedAt).toEqual({
      ...{ kind: 'resident', sheet: '花名册', row: 12, field: 'workplace' },
    })
  })

  it('reaches no grid that is not its author’s', async () => {
    const far = office.places.farGrid
    const record = office.ids()
    const { outcome } = await bring(staff, {
      items: [make('building', record, building(), far)],
    })
    expect(outcome).toMatchObject({ outcome: 'refused', reason: 'stream-not-yours' })
    expect(await loadRecords(office.db, [far], [record])).toEqual([])
  })

  it('is nothing for a grid worker, and nobody writes the server’s word into it', async () => {
    const { items } = village(1)
    const { mutations } = await importOf(worker, { items })
    const { receipts } = await worker.pushed(
      mutations.map((mutation) => ({ ...mutation, stream: grid })),
    )
    expect(receipts.map((receipt) => !receipt.ok && receipt.problem)).toEqual(
      receipts.map(() => 'kind-not-yours'),
    )
    const forged = await importOf(staff, { items, more: { outcome: 'written' } })
    const [first, ...parts] = (await staff.pushed(forged.mutations)).receipts
    expect(first).toMatchObject({ ok: false, problem: 'kind-not-yours' })
    for (const part of parts) expect(part).toMatchObject({ problem: 'reference-missing' })
  })

  it('that died with its tablet after half of its parts leaves nothing, and can be let go', async () => {
    const { items, people } = village(4)
    const { id, mutations } = await importOf(staff, { items })
    await staff.pushed(mutations.slice(0, 3))
    expect((await recordOf(id))?.fields).not.toHaveProperty('outcome')
    await askBack(await office.enter('staff'), id)
    expect(await outcomeOf(id)).toMatchObject({ outcome: 'undone' })
    // Found again on another day, the tablet sends the rest: too late, and it changes nothing.
    await staff.pushed(mutations.slice(3))
    await vi.waitFor(
      async () =>
        expect(await loadStream(office.db, office.places.community, ['import-part'])).toEqual([]),
      30_000,
    )
    expect(await living(people)).toEqual([])
    expect((await recordOf(id))?.fields['outcome']).toBe('undone')
  })

  it('that a killed server had not begun is written by the next one', async () => {
    const own = await openOffice()
    try {
      const device = await own.enter('staff')
      await own.server.stop()
      const record = own.ids()
      const id = own.ids()
      const { community, grid: there } = own.places
      await device.pushed([
        device.create(community, 'import', id, {
          title: '样例',
          parts: 1,
          rows: 1,
          added: 0,
          changed: 0,
          bases: [],
        }),
        device.create(community, 'import-part', own.ids(), {
          import: id,
          part: 1,
          items: [make('building', record, building(), there)],
        }),
      ])
      const read = async () => (await loadRecords(own.db, [community], [id]))[0]?.fields['outcome']
      expect(await read()).toBeUndefined()
      const next = createServer({
        db: own.db,
        clock: own.clock,
        ids: own.ids,
        randomBytes: (count) => new Uint8Array(count),
        log: { write: () => undefined },
        staticDir: null,
        secureCookies: false,
        background: alwaysOurs,
      })
      await vi.waitFor(async () => expect(await read()).toBe('written'), patience)
      await next.stop()
      expect(await loadRecords(own.db, [there], [record])).toHaveLength(1)
    } finally {
      await own.close()
    }
  })
})

describe('two imports of the same people at once', () => {
  it('do not double anybody: the second one is told to compare anew', async () => {
    const bases = [{ stream: grid, version: await headOf(grid) }]
    const one = village(3)
    const other = village(3)
    const colleague = await office.enter('staff')
    const first = await importOf(staff, { items: one.items, bases })
    const second = await importOf(colleague, { items: other.items, bases })
    await Promise.all([staff.pushed(first.mutations), colleague.pushed(second.mutations)])
    const outcomes = [await outcomeOf(first.id), await outcomeOf(second.id)]
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['overtaken', 'written'])
    expect((await living([...one.people, ...other.people])).length).toBe(3)
  })

  it('nor where a worker entered the same number meanwhile', async () => {
    const bases = [{ stream: grid, version: await headOf(grid) }]
    const same = { documentType: '414', documentNumber: sampleNumber() }
    const theirs = office.ids()
    await worker.pushed([
      worker.create(grid, 'resident', theirs, { ...resident(home.household), ...same }),
    ])
    const { items, people } = village(1, same)
    const { outcome } = await bring(staff, { items, bases })
    expect(outcome.outcome).toBe('overtaken')
    expect(await living(people)).toEqual([])
  })

  it('nor where another import brought the number into another grid meanwhile', async () => {
    const { otherGrid } = office.places
    const there = await settle(staff, staff, otherGrid, office.ids)
    const number = sampleNumber()
    const bases = await Promise.all(
      [grid, otherGrid].map(async (stream) => ({ stream, version: await headOf(stream) })),
    )
    const person = (stream: string, inHousehold: string) =>
      make(
        'resident',
        office.ids(),
        { ...resident(inHousehold), documentType: '414', documentNumber: number },
        stream,
      )
    const first = await bring(staff, { items: [person(grid, home.household)], bases })
    expect(first.outcome.outcome).toBe('written')
    const second = await bring(staff, { items: [person(otherGrid, there.household)], bases })
    expect(second.outcome.outcome).toBe('overtaken')
  })

  it('after the first was taken back are no hindrance', async () => {
    const bases = [{ stream: grid, version: await headOf(grid) }]
    const { id } = await bring(staff, { items: village(2).items, bases })
    await askBack(staff, id)
    await vi.waitFor(
      async () => expect((await recordOf(id))?.fields['outcome']).toBe('undone'),
      patience,
    )
    const again = village(2)
    expect((await bring(staff, { items: again.items, bases })).outcome.outcome).toBe('written')
    expect(await living(again.people)).toHaveLength(2)
  })
})

async function askBack(device: Device, id: string) {
  const record = await recordOf(id)
  const { receipts } = await device.pushed([
    device.patch(
      {
        kind: 'import',
        id,
        version: record?.version ?? 0,
        stream: office.places.community,
        fields: {},
      },
      { undoAsked: new Date(office.clock.now()).toISOString() },
    ),
  ])
  expect(receipts.every(({ ok }) => ok)).toBe(true)
}

async function answered(id: string) {
  return vi.waitFor(async () => {
    const fields = (await recordOf(id))?.fields as Import
    expect(fields.undoAsked && fields.outcome === 'written').toBeFalsy()
    return fields
  }, 30_000)
}

describe('taking an import back', () => {
  it('undoes it whole: what it made is gone, what it changed is as it was, the colours too', async () => {
    const before = await living([home.resident])
    const tally = await tallyOf(grid)
    const { items, people, household: family } = village(3)
    const changes = [await patchPhones(home.resident, ['10000000002'])]
    const { id } = await bring(staff, { items: [...items, ...changes] })
    expect(await tallyOf(grid)).toBe(tally + 3)
    const { cursors } = await worker.pull()
    await askBack(staff, id)
    expect(await answered(id)).toMatchObject({ outcome: 'undone' })
    expect(await living([family, ...people])).toEqual([])
    const after = await living([home.resident])
    expect(after.map(({ fields }) => fields)).toEqual(before.map(({ fields }) => fields))
    expect(await tallyOf(grid)).toBe(tally)
    // Devices hear of it as of any change.
    const pulled = await worker.pull(cursors)
    for (const person of people) expect(pulled.records.get(person)?.removed).toBe(true)
    expect(pulled.records.get(home.resident)?.fields).toMatchObject({ phones: ['10012345678'] })
  })

  it.each(['a visit', 'a resident more', 'a change of one person', 'a question about a person'])(
    'is refused after %s, with who and when, and changes nothing',
    async (what) => {
      const { items, people, household: family } = village(2)
      const { id } = await bring(staff, { items })
      const [person] = await living(people.slice(0, 1))
      const at = new Date(office.clock.now()).toISOString()
      const acts = {
        'a visit': () => worker.create(grid, 'visit', office.ids(), visit(family, at)),
        'a resident more': () => worker.create(grid, 'resident', office.ids(), resident(family)),
        'a change of one person': () =>
          worker.mutation({
            stream: grid,
            kind: 'resident',
            record: person?.id ?? '',
            op: 'patch',
            fields: { note: '样例' },
            seen: person?.version ?? 0,
          }),
        'a question about a person': () =>
          worker.create(grid, 'inquiry', office.ids(), {
            ...{ resident: person?.id ?? '', wants: 'see' },
            ...{ receivedOn: '2026-11-23', due: '2026-12-08' },
          }),
      }
      const act = acts[what as keyof typeof acts]()
      await worker.pushed([act])
      const head = await headOf(grid)
      await askBack(staff, id)
      const fields = await answered(id)
      expect(fields).toMatchObject({ outcome: 'written', undoAsked: null })
      expect(fields.builtOn).toEqual([
        { kind: act.kind, record: act.record, by: worker.account, at },
      ])
      expect(await living(people)).toHaveLength(2)
      expect(await headOf(grid)).toBe(head)
    },
  )

  it('brings back whom it moved to another grid, with what is theirs', async () => {
    const { otherGrid } = office.places
    const there = await settle(staff, staff, otherGrid, office.ids)
    const [before] = await living([home.resident])
    const tallies = await Promise.all([grid, otherGrid].map(tallyOf))
    const move: ImportItem = {
      ...{ stream: grid, kind: 'resident', record: home.resident, op: 'patch', to: otherGrid },
      fields: { household: there.household, addressChangedOn: '2026-11-23' },
      seen: before?.version ?? 0,
    }
    const [base, otherBase] = [await headOf(grid), await headOf(otherGrid)]
    const { id, outcome } = await bring(staff, {
      items: [move],
      bases: [
        { stream: grid, version: base },
        { stream: otherGrid, version: otherBase },
      ],
    })
    expect(outcome).toMatchObject({ outcome: 'written' })
    expect(await living([home.resident])).toEqual([])
    const elsewhere = await loadRecords(office.db, [otherGrid], [home.resident])
    expect(elsewhere[0]?.fields['household']).toBe(there.household)
    await askBack(staff, id)
    expect(await answered(id)).toMatchObject({ outcome: 'undone' })
    const [after] = await living([home.resident])
    // A date that was not there before is there as nothing.
    expect(after?.fields).toEqual({ ...before?.fields, addressChangedOn: null })
    const [sign] = await loadRecords(office.db, [otherGrid], [home.resident])
    expect(sign).toMatchObject({ removed: true, movedTo: grid })
    // Work that was late, from a device that saw the person in either grid, finds them.
    const note = (stream: string, text: string) =>
      staff.mutation({
        ...{ stream, kind: 'resident', record: home.resident, op: 'patch' },
        ...{ fields: { note: text }, seen: 0 },
      })
    const { receipts } = await staff.pushed([note(grid, '一'), note(otherGrid, '二')])
    expect(receipts.every(({ ok }) => ok)).toBe(true)
    expect(await Promise.all([grid, otherGrid].map(tallyOf))).toEqual(tallies)
  })

  it.each(['the same grid', 'another grid'])(
    'brings back whom it moved to the household that they left, which has gone to %s',
    async (where) => {
      const { otherGrid } = office.places
      const there = await settle(staff, staff, otherGrid, office.ids)
      const aside = await settle(staff, staff, grid, office.ids)
      const [before] = await living([home.resident])
      const isFar = where === 'another grid'
      const move: ImportItem = {
        ...{ stream: grid, kind: 'resident', record: home.resident, op: 'patch' },
        ...(isFar ? {} : { to: otherGrid }),
        fields: { household: isFar ? aside.household : there.household },
        seen: before?.version ?? 0,
      }
      const bases = await Promise.all(
        [grid, otherGrid].map(async (stream) => ({ stream, version: await headOf(stream) })),
      )
      const { id, outcome } = await bring(staff, { items: [move], bases })
      expect(outcome).toMatchObject({ outcome: 'written' })
      const [left] = await living([home.household])
      const { receipts } = await staff.pushed([
        staff.mutation({
          ...{ stream: grid, kind: 'household', record: home.household, op: 'patch' },
          ...{ to: otherGrid, fields: { dwelling: there.dwelling }, seen: left?.version ?? 0 },
        }),
      ])
      expect(receipts).toMatchObject([{ ok: true }])
      await askBack(staff, id)
      const said = await answered(id)
      if (isFar) {
        // It wrote nothing in that grid.
        expect(said).toMatchObject({ outcome: 'written', builtOn: [{ record: home.household }] })
        return
      }
      expect(said).toMatchObject({ outcome: 'undone' })
      const [after] = await loadRecords(office.db, [otherGrid], [home.resident])
      expect(after).toMatchObject({ removed: false, fields: { household: home.household } })
    },
  )

  it('of one that was never written leaves what was there', async () => {
    const { outcome, id } = await bring(staff, {
      items: [make('resident', office.ids(), { ...resident(home.household), name: '' })],
    })
    expect(outcome.outcome).toBe('refused')
    await askBack(staff, id)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await recordOf(id))?.fields['outcome']).toBe('refused')
    expect(await living([home.resident])).toHaveLength(1)
  })
})

describe('the parts of an import', () => {
  const answers = async (device: Device, ...mutations: readonly Mutation[]) =>
    (await device.pushed(mutations)).receipts.map((one) => (one.ok ? null : one.problem))

  it('come from its own account and device; anybody else’s are refused, and none is dropped', async () => {
    const admin = await office.enter('admin')
    const { items, people } = village(3)
    const { id, mutations } = await importOf(admin, { items })
    const [whole, first, second, third] = mutations
    if (!whole || !first || !second || !third) throw new Error('too few parts')
    expect(await answers(admin, whole, first)).toEqual([null, null])
    const elsewhere = office.ids()
    const foreign = (device: Device, part: number) =>
      device.create(office.places.community, 'import-part', office.ids(), {
        ...{ import: id, part },
        items: [make('building', elsewhere, building({ name: '8幢' }), office.places.farGrid)],
      })
    const other = await office.enter('admin')
    for (const device of [staff, other]) {
      expect(await answers(device, foreign(device, 2), foreign(device, 3))).toEqual([
        'not-allowed',
        'not-allowed',
      ])
    }
    expect(await answers(admin, second, third)).toEqual([null, null])
    expect(await outcomeOf(id)).toMatchObject({ outcome: 'written' })
    expect(await living(people)).toHaveLength(3)
    expect(await loadRecords(office.db, [office.places.farGrid], [elsewhere])).toEqual([])
  })

  it('are each taken once by their number, in one push and in several, and none beyond their count', async () => {
    const { items, people } = village(3)
    const { id, mutations } = await importOf(staff, { items })
    const [whole, first, second, third] = mutations
    if (!whole || !first || !second || !third) throw new Error('too few parts')
    const again = (part: number) =>
      staff.create(office.places.community, 'import-part', office.ids(), { ...second.fields, part })
    expect(await answers(staff, whole, first, second)).toEqual([null, null, null])
    staff.rewind(second.seq)
    expect(await answers(staff, again(2), again(4))).toEqual(['record-exists', 'not-allowed'])
    const last = { ...third, seq: second.seq + 3 }
    const doubled = { ...last, id: office.ids(), record: office.ids(), seq: second.seq + 4 }
    expect(await answers(staff, last, doubled)).toEqual([null, 'record-exists'])
    expect(await outcomeOf(id)).toMatchObject({ outcome: 'written' })
    expect(await living(people)).toHaveLength(3)
    staff.rewind(second.seq + 4)
    // After it was decided nothing of it is taken that would be nowhere.
    expect(await answers(staff, again(1))).toEqual(['reference-missing'])
  })

  it('are applied only while their author may bring them in', async () => {
    const admin = await office.enter('admin')
    const { items } = village(2)
    const { id, mutations } = await importOf(admin, { items })
    const last = mutations.at(-1)
    if (!last) throw new Error('no part')
    expect(await answers(admin, ...mutations.slice(0, -1))).not.toContain('not-allowed')
    const account = admin.account
    const set = (role: string) =>
      office.db.updateTable('account').set({ role }).where('id', '=', account).execute()
    // The last part comes while the account is another one's already, as on a server of before.
    await answers(admin, { ...last, record: office.ids() })
    expect((await outcomeOf(id)).outcome).toBe('written')
    const second = await importOf(admin, { items: village(2).items, bases: [] })
    const waiting = second.mutations.at(-1)
    if (!waiting) throw new Error('no part')
    await answers(admin, ...second.mutations.slice(0, -1))
    await set('auditor')
    try {
      expect(await answers(admin, waiting)).toEqual(['kind-not-yours'])
    } finally {
      await set('admin')
    }
  })
})

it('an import is taken back only by whom every place of it belongs to', async () => {
  const admin = await office.enter('admin')
  const { farGrid, community } = office.places
  const far = { building: office.ids() }
  const items = [
    ...village(1).items,
    make('building', far.building, building({ name: '7幢' }), farGrid),
  ]
  const bases = [
    { stream: grid, version: await headOf(grid) },
    { stream: farGrid, version: await headOf(farGrid) },
  ]
  const { id } = await bring(admin, { items, bases })
  const undo = (device: Device) =>
    device.mutation({
      ...{ stream: community, kind: 'import', record: id, op: 'patch', seen: 99 },
      fields: { undoAsked: new Date(office.clock.now()).toISOString() },
    })
  const { receipts } = await staff.pushed([undo(staff)])
  expect(receipts).toMatchObject([{ ok: false, problem: 'stream-not-yours' }])
  expect((await recordOf(id))?.fields).toMatchObject({ outcome: 'written' })
  expect((await admin.pushed([undo(admin)])).receipts).toMatchObject([{ ok: true }])
  await vi.waitFor(
    async () => expect((await recordOf(id))?.fields).toMatchObject({ outcome: 'undone' }),
    patience,
  )
  expect(await loadRecords(office.db, [farGrid], [far.building])).toMatchObject([{ removed: true }])
})
