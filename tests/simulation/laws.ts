/** What must hold once a village is quiet, whatever happened before. */
import { expect } from 'vitest'
import type { Import, ImportPart } from '#domain/import.ts'
import { kinds, mergedIntoOf, parentOf } from '#domain/record.ts'
import { historyIn } from '#app/register/history-of.ts'
import type { OfficeRecord, Seat, VillageOffice } from './village.ts'

/** 2. Whatever a person was told is saved is applied, superseded with both values kept, or listed as needing attention. */
export async function expectNothingLost(
  office: VillageOffice,
  seats: readonly Seat[],
): Promise<void> {
  const inOrder = await office.applied()
  const applied = new Set(inOrder)
  expect(inOrder.length, 'nothing is applied twice').toBe(applied.size)
  const history = await office.history()
  const purged = office.purged()
  for (const seat of seats) {
    const { unsent } = seat.tab.app.sync.getState()
    const refused = new Set(
      unsent.filter((item) => item.state === 'refused').map((item) => item.mutation.id),
    )
    for (const [id, mutation] of seat.acknowledged) {
      if (refused.has(id)) continue
      expect(applied.has(id), `${id} of ${seat.worker.login} was saved and is nowhere`).toBe(true)
      if (mutation.op !== 'patch' || purged.has(mutation.record)) continue
      for (const field of Object.keys(mutation.fields)) {
        // A value that was there already leaves no line, and needs none.
        expect(history.has(`${id} ${field}`) || history.has(`${id} same`), `${id} ${field}`).toBe(
          true,
        )
      }
    }
  }
}

/**
 * Whoever was there or was taken in is there, in one grid, unless somebody took the record back; and a record that was
 * merged leads to one that counts, beside it.
 */
export async function expectPeopleStand(
  office: VillageOffice,
  seats: readonly Seat[],
): Promise<void> {
  const standing = new Map<string, { readonly stream: string; readonly into: unknown }>()
  for (const stream of office.streams) {
    for (const { id, kind, fields } of await office.records(stream)) {
      if (kind !== 'resident') continue
      expect(standing.has(id), `${id} stands in one grid`).toBe(false)
      standing.set(id, { stream, into: fields['mergedInto'] ?? null })
    }
  }
  const applied = new Set(await office.applied())
  const saved = seats.flatMap((seat) => [...seat.acknowledged.values()])
  const done = saved.filter(({ id, kind }) => kind === 'resident' && applied.has(id))
  const takenBack = new Set(done.flatMap(({ op, record }) => (op === 'remove' ? [record] : [])))
  const made = done.flatMap(({ op, record }) => (op === 'create' ? [record] : []))
  const purged = office.purged()
  for (const id of [...office.residents.map((resident) => resident.id), ...made]) {
    if (purged.has(id)) continue
    expect(standing.has(id), `${id} was taken back or is there`).toBe(!takenBack.has(id))
  }
  for (const [id, { stream }] of standing) {
    const passed = new Set<unknown>()
    for (let last: unknown = id; last !== null; last = standing.get(last as string)?.into) {
      expect(passed.has(last), `${id} leads in no circle`).toBe(false)
      passed.add(last)
      expect(standing.get(last as string)?.stream, `${id} is beside what it leads to`).toBe(stream)
    }
  }
}

/**
 * A roster that was sent is decided, and stands whole or not at all: all that it makes is there, or nothing of it. And
 * nobody is brought in twice, however many rosters name them.
 */
export async function expectWholeRosters(
  office: VillageOffice,
  seats: readonly Seat[],
): Promise<void> {
  const standing = new Map<string, OfficeRecord & { readonly stream: string }>()
  for (const stream of office.streams) {
    for (const record of await office.records(stream)) {
      standing.set(record.id, { ...record, stream })
    }
  }
  const rosters = new Map(
    (await office.records(office.community))
      .filter(({ kind }) => kind === 'import')
      .map(({ id, fields }) => [id, fields as Partial<Import>]),
  )
  const applied = new Set(await office.applied())
  const purged = office.purged()
  for (const { id, kind, record, fields } of seats.flatMap((seat) => [
    ...seat.acknowledged.values(),
  ])) {
    if (kind !== 'import-part' || !applied.has(id)) continue
    const { import: whole, items } = fields as ImportPart
    const { outcome } = rosters.get(whole) ?? {}
    expect(outcome, `roster ${whole} of part ${record} is decided`).toBeTruthy()
    const made = items.filter(({ op }) => op === 'create').map((item) => item.record)
    const there = made.filter((one) => purged.has(one) || standing.has(one))
    expect(there, `what roster ${whole} made, ${outcome}`).toEqual(
      outcome === 'written' ? made : made.filter((one) => purged.has(one)),
    )
  }
  // An office cannot know whom it does not see; and whoever merges records may copy a number.
  const seen = new Set(await office.scopeOf(office.workers.at(-1)?.id ?? ''))
  const numbers = seats
    .flatMap((seat) => [...seat.acknowledged.values()])
    .filter(({ kind }) => kind === 'import-part')
    .flatMap(({ fields }) => (fields as ImportPart).items)
    .flatMap(({ op, record, fields }) => {
      const made = standing.get(record)
      const counts = op === 'create' && made?.kind === 'resident' && seen.has(made.stream)
      const number = fields['documentNumber']
      return counts && !made.fields['mergedInto'] && typeof number === 'string' ? [number] : []
    })
  expect(
    numbers.filter((number, at) => numbers.indexOf(number) !== at),
    'brought in twice',
  ).toEqual([])
}

/** Every record stands beside what it stands in. */
export async function expectParentsBeside(office: VillageOffice): Promise<void> {
  for (const stream of office.streams) {
    const records = await office.records(stream)
    const here = new Set(records.map(({ id }) => id))
    for (const { id, kind, fields } of records) {
      const parent = mergedIntoOf(kind, fields) ?? parentOf(kind, fields)
      if (parent) expect(here.has(parent), `${kind} ${id} stands in ${parent}`).toBe(true)
    }
  }
}

/** A merged record stays as it was: whatever comes for it means the one that counts, or is told. */
export function expectMergedUntouched(office: VillageOffice): void {
  const merged = new Set<string>()
  for (const { record, fields } of office.done?.() ?? []) {
    const { mergedInto } = fields
    // A second merge of the same two changes nothing.
    if (Object.keys(fields).length === 0) continue
    if (mergedInto?.[1]) merged.add(record)
    else if (mergedInto) merged.delete(record)
    else
      expect(merged.has(record), `${record} was merged before ${Object.keys(fields).join()}`).toBe(
        false,
      )
  }
}

/** Clocks of a simulated day go years wrong; what they dated stands within the days that really were. */
export async function expectTrueMoments(office: VillageOffice): Promise<void> {
  for (const stream of office.streams) {
    for (const { id, kind, fields } of await office.records(stream)) {
      if (kind !== 'visit') continue
      const at = Date.parse(String(fields['at']))
      expect(at, `${id} is not of the future`).toBeLessThanOrEqual(office.now())
      expect(at, `${id} is of these days`).toBeGreaterThan(office.now() - 3 * 86_400_000)
    }
  }
}

/** Ids by the record that each is about. */
export function byRecord(
  changes: readonly { readonly id: string; readonly record: string }[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const lines = new Map<string, Set<string>>()
  for (const { id, record } of changes) {
    const known = lines.get(record)
    if (known) known.add(id)
    else lines.set(record, new Set([id]))
  }
  return lines
}

/** 1, 3 and 4. All devices of a scope and the office agree, to the last version; nobody holds more than that. */
export async function expectAgreement(
  office: VillageOffice,
  seats: readonly Seat[],
): Promise<void> {
  const told = await office.told()
  for (const seat of seats) {
    for (const { mutation } of seat.tab.app.sync.getState().unsent) {
      await seat.tab.app.syncActs.giveUp(mutation.id)
    }
    const scope = [...(await office.scopeOf(seat.worker.id))].sort()
    const { register } = seat.tab.app
    const held = kinds
      .flatMap((kind) => [...register.all(kind)])
      .map(({ id, kind, stream, version, fields }) => ({ id, kind, stream, version, fields }))
    const there = await Promise.all(
      scope.map(async (stream) =>
        (await office.records(stream)).map(({ id, kind, version, fields }) => ({
          id,
          kind,
          stream,
          version,
          fields,
        })),
      ),
    )
    expect(byId(held), `what ${seat.worker.login} shows`).toEqual(byId(there.flat()))
    for (const { id, kind } of held) {
      if (kind !== 'resident' && kind !== 'household') continue
      const lines = historyIn(register, id).filter(({ op }) => op !== 'create')
      const ids = lines.map((line) => line.id).sort()
      expect(ids, `what ${seat.worker.login} is told about ${id}`).toEqual(
        [...(told.get(id) ?? [])].sort(),
      )
    }
    const cursors = Object.entries(seat.disk()?.cursors ?? {})
    const heads = await Promise.all(scope.map(async (id) => [id, await office.cursor(id)] as const))
    // Of an empty stream there need be no page to keep a cursor by.
    expect(filled(cursors)).toEqual(filled(heads))
    const onDisk = new Set((seat.disk()?.pages ?? []).map((page) => page.stream))
    expect([...onDisk].filter((stream) => !scope.includes(stream))).toEqual([])
  }
}

const byId = <T extends { readonly id: string }>(list: readonly T[]) =>
  [...list].sort((a, b) => (a.id < b.id ? -1 : 1))
const filled = (cursors: readonly (readonly [string, { readonly version: number }])[]) =>
  cursors.filter(([, { version }]) => version > 0).sort(([a], [b]) => (a < b ? -1 : 1))
