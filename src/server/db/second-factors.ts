/** Second factors: codes of six digits by RFC 6238 (30 seconds, SHA-1), and codes on paper that open once each. */
import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import type { Database } from './schema.ts'

export interface SecondFactor {
  readonly secret: string
  readonly made_at: Date
  readonly confirmed_at: Date | null
  readonly last_step: number
  readonly recovery: readonly string[]
}

/** 160 bits, as RFC 4226 recommends. */
export const secretBytes = 20
export const recoveryCodes = 10
const periodSeconds = 30

export function bytesToSecret(bytes: Uint8Array): string {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32
}

/** What an authenticator reads from the picture: https://github.com/google/google-authenticator/wiki/Key-Uri-Format. */
export function uriOf(secret: string, login: string): string {
  return totpOf(secret, login).toString()
}

function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({
    ...{ issuer: '五色 Wuse', label, secret: Secret.fromBase32(secret) },
    ...{ algorithm: 'SHA1', digits: 6, period: periodSeconds },
  })
}

/** The step whose code this is, of the present one and one before and after; null where it is none of theirs. */
export function stepOfCode(secret: string, code: string, now: number): number | null {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = totpOf(secret).validate({ token, timestamp: now, window: 1 })
  return delta === null ? null : Math.floor(now / 1000 / periodSeconds) + delta
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Ten letters and digits that nobody mistakes for each other, some 49 bits, in two groups. */
export function makeRecoveryCode(randomBytes: (count: number) => Uint8Array): string {
  const text: string[] = []
  while (text.length < 10) {
    // Above the last whole multiple some letters would come more often than others.
    for (const byte of randomBytes(16)) {
      if (byte < 248 && text.length < 10) text.push(letters[byte % letters.length] ?? '')
    }
  }
  return `${text.slice(0, 5).join('')}-${text.slice(5).join('')}`
}

/** As it is kept; however it was typed. */
export function hashOfRecovery(code: string): string {
  const plain = code.toLowerCase().replace(/[^a-z0-9]/g, '')
  return createHash('sha256').update(`wuse recovery ${plain}`).digest('hex')
}

export async function findFactor(
  db: Kysely<Database>,
  account: string,
): Promise<SecondFactor | undefined> {
  const row = await db
    .selectFrom('second_factor')
    .selectAll()
    .where('account', '=', account)
    .executeTakeFirst()
  return row
}

/** Its row under lock: of two at once with the same code the second one finds it used. */
async function lockFactor(
  trx: Transaction<Database>,
  account: string,
): Promise<SecondFactor | undefined> {
  const row = await trx
    .selectFrom('second_factor')
    .selectAll()
    .where('account', '=', account)
    .forUpdate()
    .executeTakeFirst()
  return row
}

const pendingMs = 15 * 60_000

/** A secret to be confirmed: asked for again within minutes it is the same, since a picture may have been read already. */
export async function beginFactor(
  db: Kysely<Database>,
  account: string,
  secret: string,
  now: Date,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const held = await lockFactor(trx, account)
    if (held?.confirmed_at) throw new Error('a second factor is in force')
    if (held && now.getTime() - new Date(held.made_at).getTime() < pendingMs) return held.secret
    await trx
      .insertInto('second_factor')
      .values({ account, secret, made_at: now })
      .onConflict((conflict) =>
        conflict.column('account').doUpdateSet({ secret, made_at: now, last_step: 0 }),
      )
      .execute()
    return secret
  })
}

/** Puts it in force by its first code; false where the code is wrong, or nothing waits for one. */
export async function confirmFactor(
  trx: Transaction<Database>,
  account: string,
  code: string,
  codes: readonly string[],
  now: number,
): Promise<boolean> {
  const held = await lockFactor(trx, account)
  if (!held || held.confirmed_at) return false
  const step = stepOfCode(held.secret, code, now)
  if (step === null) return false
  await trx
    .updateTable('second_factor')
    .set({ confirmed_at: new Date(now), last_step: step, recovery: hashesOf(codes) })
    .where('account', '=', account)
    .execute()
  return true
}

export type CodeUsed = 'code' | 'recovery' | null

/** Takes a code once: a second time, or an earlier one, is wrong. A recovery code is gone with its use. */
export async function useCode(
  trx: Transaction<Database>,
  account: string,
  code: string,
  now: number,
): Promise<CodeUsed> {
  const held = await lockFactor(trx, account)
  if (!held?.confirmed_at) return null
  const step = stepOfCode(held.secret, code, now)
  const set = trx.updateTable('second_factor').where('account', '=', account)
  if (step !== null) {
    if (step <= Number(held.last_step)) return null
    await set.set({ last_step: step }).execute()
    return 'code'
  }
  const hash = hashOfRecovery(code)
  if (!held.recovery.includes(hash)) return null
  const left = held.recovery.filter((one) => one !== hash)
  await set.set({ recovery: JSON.stringify(left) }).execute()
  return 'recovery'
}

export async function setRecovery(
  trx: Transaction<Database>,
  account: string,
  codes: readonly string[],
): Promise<void> {
  await trx
    .updateTable('second_factor')
    .set({ recovery: hashesOf(codes) })
    .where('account', '=', account)
    .execute()
}

export async function dropFactor(db: Kysely<Database>, account: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('second_factor')
    .where('account', '=', account)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

function hashesOf(codes: readonly string[]): string {
  return JSON.stringify(codes.map(hashOfRecovery))
}
