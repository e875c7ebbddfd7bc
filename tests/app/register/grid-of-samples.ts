/** A small grid as the server would send it, and the mutations of a worker on it. */
import type { Kind } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { PageLine, WireChange, WireRecord } from '#protocol/pull.ts'

export const today = '2026-11-23'

export function uuid(number: number): string {
  return `0190f5c6-0000-7000-8000-${String(number).padStart(12, '0')}`
}

export const gridA = uuid(1)
export const gridB = uuid(2)

export function record(
  kind: Kind,
  id: number,
  fields: Record<string, unknown>,
  more: Partial<WireRecord> = {},
): WireRecord {
  return {
    kind,
    id: uuid(id),
    version: id,
    fields,
    at: '2026-11-01T01:00:00.000Z',
    ...more,
  }
}

export function page(
  stream: string,
  records: readonly WireRecord[],
  more: Partial<PageLine> = {},
): PageLine {
  const to = Math.max(0, ...records.map((one) => one.version))
  return {
    type: 'page',
    stream,
    epoch: 1,
    from: 0,
    to,
    records: [...records],
    changes: [],
    ...more,
  }
}

export function change(id: number, of: number, more: Partial<WireChange> = {}): WireChange {
  return {
    id: uuid(id),
    record: uuid(of),
    version: id,
    op: 'patch',
    at: '2026-11-20T01:00:00.000Z',
    fields: { note: ['old', 'new'] },
    ...more,
  }
}

let seq = 0
export function mutation(
  op: Mutation['op'],
  kind: Kind,
  id: number,
  fields: Record<string, unknown> = {},
  more: Partial<Mutation> = {},
): Mutation {
  seq += 1
  return {
    id: uuid(900_000 + seq),
    device: uuid(99),
    seq,
    at: `${today}T01:00:00.000Z`,
    batch: null,
    stream: gridA,
    kind,
    record: uuid(id),
    op,
    fields,
    seen: 0,
    ...more,
  }
}

export const building = (id: number, name: string, order: number, estate = '清风阳光苑') =>
  record('building', id, { estate, name, storeys: 6, units: 2, order })
export const dwelling = (id: number, of: number, unit: string | null, room: string) =>
  record('dwelling', id, { building: uuid(of), unit, floor: Number(room.slice(0, -2)), room })
export const household = (id: number, of: number, more: Record<string, unknown> = {}) =>
  record('household', id, { dwelling: uuid(of), ...more })
export const resident = (
  id: number,
  of: number,
  name: string,
  more: Record<string, unknown> = {},
) =>
  record('resident', id, {
    household: uuid(of),
    name,
    birth: '1985-06-15',
    verifiedOn: '2026-11-01',
    ...more,
  })
export const visit = (id: number, of: number, at: string, more: Record<string, unknown> = {}) =>
  record('visit', id, {
    household: uuid(of),
    channel: 'door',
    outcome: 'met',
    unchanged: true,
    at,
    ...more,
  })
