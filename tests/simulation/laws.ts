/** What must hold once a village is quiet, whatever happened before. */
import { expect } from 'vitest'
import { kinds } from '#domain/record.ts'
import type { Seat, VillageOffice } from './village.ts'

/** 2. Whatever a person was told is saved is applied, superseded with both values kept, or listed as needing attention. */
export async function expectNothingLost(
  office: VillageOffice,
  seats: readonly Seat[],
): Promise<void> {
  const inOrder = await office.applied()
  const applied = new Set(inOrder)
  expect(inOrder.length, 'nothing is applied twice').toBe(applied.size)
  const history = await office.history()
  for (const seat of seats) {
    const { unsent } = seat.tab.app.sync.getState()
    const refused = new Set(
      unsent.filter((item) => item.state === 'refused').map((item) => item.mutation.id),
    )
    for (const [id, mutation] of seat.acknowledged) {
      if (refused.has(id)) continue
      expect(applied.has(id), `${id} of ${seat.worker.login} was saved and is nowhere`).toBe(true)
      if (mutation.op !== 'patch') continue
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
  for (const id of [...office.residents.map((resident) => resident.id), ...made]) {
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
      const lines = register.history(id).filter(({ op }) => op !== 'create')
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
