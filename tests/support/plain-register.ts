import type { Kind, RegisterRecord } from '#domain/record.ts'
import { applied } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { WireRecord } from '#protocol/pull.ts'
import type { Rec, WritableRegister } from '#app/register/register.ts'

type Based = WireRecord & { readonly stream: string }

/** Base plus pending without any index: enough to see what sync does. */
export function createPlainRegister(): WritableRegister {
  const base = new Map<string, Based>()
  let pending: Mutation[] = []
  const listeners = new Set<() => void>()
  let revision = 0
  const changed = () => {
    revision += 1
    for (const listener of listeners) listener()
  }
  const get = (kind: Kind, id: string): RegisterRecord | undefined => {
    const held = base.get(id)
    let fields = held && !held.removed ? held.fields : undefined
    let stream = held?.stream
    for (const mutation of pending) {
      if (mutation.record !== id || mutation.kind !== kind) continue
      stream ??= mutation.stream
      fields = mutation.op === 'remove' ? undefined : applied(kind, fields, mutation)
    }
    if (!fields || !stream) return undefined
    return { kind, id, stream, version: held?.version ?? 0, fields } as unknown as RegisterRecord
  }
  const all = (kind: Kind) => {
    const ids = new Set<string>()
    for (const record of base.values()) if (record.kind === kind) ids.add(record.id)
    for (const mutation of pending) if (mutation.kind === kind) ids.add(mutation.record)
    return [...ids].flatMap((id) => get(kind, id) ?? [])
  }
  const absent = (): never => {
    throw new Error('not in the plain register')
  }
  return {
    get revision() {
      return revision
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get: <K extends Kind>(kind: K, id: string) => get(kind, id) as Rec<K> | undefined,
    all: <K extends Kind>(kind: K) => all(kind) as Rec<K>[],
    isPending: (record) => pending.some((mutation) => mutation.record === record),
    applyPages(pages) {
      for (const page of pages) {
        if (page.reset)
          for (const [id, held] of base) if (held.stream === page.stream) base.delete(id)
        for (const record of page.records) base.set(record.id, { ...record, stream: page.stream })
      }
      changed()
    },
    applyOwn(mutations) {
      pending = [...pending, ...mutations]
      changed()
    },
    settle(ids) {
      pending = pending.filter((mutation) => !ids.includes(mutation.id))
      changed()
    },
    dropStream(stream) {
      for (const [id, held] of base) if (held.stream === stream) base.delete(id)
      changed()
    },
    clear() {
      base.clear()
      pending = []
      changed()
    },
    scheme: absent,
    grids: absent,
    pathOf: absent,
    buildings: absent,
    dwellings: absent,
    households: absent,
    formerHouseholds: absent,
    residents: absent,
    formerResidents: absent,
    visits: absent,
    history: absent,
    byDocument: absent,
    colourOfResident: absent,
    colourOfDwelling: absent,
    colourOfHousehold: absent,
    distribution: absent,
    due: absent,
    today: absent,
    search: absent,
  }
}
