/**
 * Whoever comes with a follow-up code or a number is found by it: in the own places alone, and by a hash alone.
 * Holds `src/server/db/find-request.ts`.
 */
import * as v from 'valibot'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tokensWith } from '#domain/requests/follow-code.ts'
import { foundRequestSchema } from '#protocol/requests.ts'
import { protocolVersion } from '#protocol/version.ts'
import { hashFollowCode, makeFollowCode } from '#app/acts/follow-codes.ts'
import type { Device } from './office.ts'
import { openDesk, type Desk } from './request-desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.office.close())

const find = (wanted: object, device: Device = desk.staff) =>
  desk.office.post('/api/requests/find', { protocol: protocolVersion, ...wanted }, device.pass)
const found = async (wanted: object, device?: Device) =>
  v.parse(foundRequestSchema, await (await find(wanted, device)).json()).found

/** A request with a code, as the worker's phone sends it. */
async function taken() {
  const { code, hash } = await makeFollowCode()
  const request = desk.taken()
  const mutations = request.mutations.map((one) =>
    one.kind === 'asker'
      ? { ...one, fields: { ...one.fields, tokens: tokensWith([], hash, desk.now()) } }
      : one,
  )
  await desk.goodOf(desk.worker, mutations)
  const asker = mutations.find(({ kind }) => kind === 'asker')?.record ?? ''
  return { id: request.id, code, hash, asker }
}
/** A new code, made on what the device last pulled. */
async function another(device: Device, asker: string, seen?: Awaited<ReturnType<Device['pull']>>) {
  const held = (seen ?? (await device.pull())).records.get(asker)
  if (!held) throw new Error('the asker is gone')
  const { hash } = await makeFollowCode()
  const before = (held.fields?.['tokens'] ?? []) as ReturnType<typeof tokensWith>
  const after = tokensWith(before, hash, desk.now())
  // As the app sends a set: what is new or changed, by its key.
  const patch = device.patch(held, { tokens: { add: after } })
  return { hash, patch }
}

describe('a follow-up code', () => {
  it('finds its request by the hash that travelled with it, and stands nowhere itself', async () => {
    const { id, code, hash } = await taken()
    expect(await hashFollowCode(code)).toBe(hash)
    expect(await found({ hash })).toMatchObject({ request: id, isCodeEnded: false })
    const { rows } = await sql<{ text: string }>`
      select fields::text as text from record union all select fields::text from change
      union all select facts::text from audit union all select receipt::text from answer`.execute(
      desk.office.db,
    )
    expect(rows.some(({ text }) => text.includes(hash))).toBe(true)
    expect(rows.some(({ text }) => text.includes(code))).toBe(false)
  })

  it('ends with the next one, and of two that were handed out without a signal both open', async () => {
    const { id, hash, asker } = await taken()
    const [workers, offices] = [await desk.worker.pull(), await desk.staff.pull()]
    const one = await another(desk.worker, asker, workers)
    const other = await another(desk.staff, asker, offices)
    await desk.goodOf(desk.worker, [one.patch])
    await desk.goodOf(desk.staff, [other.patch])
    expect(await found({ hash })).toMatchObject({ request: id, isCodeEnded: true })
    for (const living of [one.hash, other.hash]) {
      expect(await found({ hash: living })).toMatchObject({ request: id, isCodeEnded: false })
    }
    // On record: who, when, and by which field.
    const { rows } = await sql<{ account: string }>`
      select account::text from change where record = ${asker}::uuid and fields ? 'tokens'
        and op = 'patch' order by version`.execute(desk.office.db)
    expect(rows.map(({ account }) => account)).toEqual([desk.worker.account, desk.staff.account])
  })

  it('goes along where its request is merged', async () => {
    const survivor = await desk.dispatched({ number: 'JJQ-261123-07-09' })
    const { id, hash } = await taken()
    await desk.does(desk.staff, id, 'accept')
    await desk.does(desk.staff, id, 'merge', { into: survivor.id })
    expect(await found({ hash })).toMatchObject({ request: id, state: 'merged' })
  })
})

describe('who looks', () => {
  it('finds by number too, in the own places alone; unknown and not theirs are the same', async () => {
    const { id, hash } = await taken()
    expect(await found({ number: 'JJQ-261123-07-01' })).toMatchObject({ request: id })
    expect(await found({ number: 'JJQ-261123-07-77' })).toBeNull()
    expect(await found({ hash: 'f'.repeat(64) })).toBeNull()
    const { db, places } = desk.office
    await sql`update account_place set place = ${places.otherCommunity}::uuid
      where account = ${desk.staff.account}::uuid`.execute(db)
    expect(await found({ hash })).toBeNull()
    expect(await found({ number: 'JJQ-261123-07-01' })).toBeNull()
  })

  it('is an office, and a question without either or of another shape is refused', async () => {
    const { hash } = await taken()
    for (const device of [desk.worker, desk.handler]) {
      expect((await find({ hash }, device)).status).toBe(403)
    }
    const wrong = [{}, { hash: 'x' }, { hash: null }, { number: '' }, { number: 'x'.repeat(99) }]
    for (const wanted of wrong) expect((await find(wanted)).status).toBe(400)
  })

  it('reads no name, no telephone and no words', async () => {
    const { hash } = await taken()
    const text = await (await find({ hash })).text()
    expect(text).not.toMatch(/样例居民|10012340078|灯不亮/)
  })
})
