/**
 * The hashes of the audit log, SHA-256 in base64url. An entry's hash covers the one before it, so that nothing in
 * the middle can be changed, left out or put in. What a change set is covered by a salted commitment: emptied for
 * good, it leaves the fact that somebody changed these fields, and nothing from which the values could be guessed.
 */
import { createHash, randomBytes } from 'node:crypto'

/** JSON with sorted keys: the same text before a value went into the database and after it came back. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const parts = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
  return `{${parts.join(',')}}`
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** Of any JSON value: the same for the same value, however its keys stand. */
export function hashOfValue(value: unknown): string {
  return hashOf(canonical(value))
}

/** Kept beside the values and gone with them; nobody has to make it twice, so its chance is no argument. */
export function newSalt(): string {
  return randomBytes(16).toString('base64url')
}

export function commitmentOf(salt: string, fields: unknown): string {
  return hashOf(`${salt} ${canonical(fields)}`)
}

/** All that is known for ever of a change: everything but its values. `received_at` in ISO 8601 UTC. */
export interface SealedChange {
  readonly id: string
  readonly version: number
  readonly kind: string
  readonly record: string
  readonly op: string
  readonly device: string
  readonly seq: number
  readonly batch: string | null
  readonly account: string
  readonly at: string
  readonly corrected_at: string
  readonly received_at: string
  readonly commitment: string
}

/** In the order of version and id. */
export function digestOfChanges(changes: readonly SealedChange[]): string {
  const digest = createHash('sha256')
  for (const one of [...changes].sort(byVersion)) {
    digest.update(
      `${JSON.stringify([
        ...[one.id, one.version, one.kind, one.record, one.op, one.device, one.seq, one.batch],
        ...[one.account, one.at, one.corrected_at, one.received_at, one.commitment],
      ])}\n`,
    )
  }
  return digest.digest('base64url')
}

function byVersion(a: SealedChange, b: SealedChange): number {
  return a.version - b.version || (a.id < b.id ? -1 : 1)
}

/** An entry without its own hash. */
export interface Unsealed {
  readonly chain: string
  readonly seq: number
  readonly at: string
  readonly act: string
  readonly account: string | null
  readonly device: string | null
  readonly record: string | null
  readonly facts: unknown
  readonly previous: string
}

export function hashOfEntry(entry: Unsealed): string {
  const { chain, seq, at, act, account, device, record, facts, previous } = entry
  return hashOf(
    canonical(['wuse audit 1', chain, seq, at, act, account, device, record, facts, previous]),
  )
}
