/**
 * Looking into the audit log: who may, what they see of whose places, by which filter, and that the look itself is noted.
 * Holds `src/server/routes/audit.ts`.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditAnswer } from '#protocol/audit.ts'
import { protocolVersion } from '#protocol/version.ts'
import { openOffice, problemOf, type Device, type Office } from './office.ts'
import { settle, type Home } from './sample.ts'

let office: Office
let worker: Device
let home: Home
const devices: Record<string, Device> = {}

beforeAll(async () => {
  office = await openOffice()
  for (const login of ['worker', 'staff', 'stranger', 'admin', 'auditor', 'handler']) {
    devices[login] = await office.signIn(login)
  }
  worker = devices['worker'] as Device
  home = await settle(devices['staff'] as Device, worker, office.places.grid, office.ids)
})
afterAll(() => office.close())

const ask = (login: string, question: object = {}) =>
  office.post(
    '/api/audit',
    { protocol: protocolVersion, ...question },
    (devices[login] as Device).pass,
  )
const read = async (login: string, question: object = {}) => {
  const response = await ask(login, question)
  expect(response.status).toBe(200)
  return (await response.json()) as AuditAnswer
}

it('is for the auditor and the administrator alone', async () => {
  for (const login of ['worker', 'staff', 'stranger', 'handler']) {
    const response = await ask(login)
    expect([login, response.status, await problemOf(response)]).toEqual([login, 403, 'not-allowed'])
  }
  for (const login of ['admin', 'auditor'])
    expect((await read(login)).entries.length).toBeGreaterThan(3)
  const before = await office.post('/api/audit', { protocol: protocolVersion })
  expect(await problemOf(before)).toBe('not-signed-in')
  for (const wrong of [{ account: 'x' }, { from: '2026-13-40T99:00:00.000Z' }, { acts: 'all' }]) {
    expect(await problemOf(await ask('auditor', wrong))).toBe('malformed')
  }
})

it('names the device that did it and the one or the account that it was about, and notes what is taken away', async () => {
  const { entries } = await read('admin')
  const own = entries.find(({ act, by }) => act === 'audit-read' && by?.name)
  const listed = await office.db.selectFrom('device').select(['id', 'name']).execute()
  const nameOf = (id: string | null) => listed.find((device) => device.id === id)?.name
  expect(own?.deviceName).toBeTruthy()
  for (const { device, deviceName } of entries) expect(deviceName ?? undefined).toBe(nameOf(device))
  const account = await office.db
    .selectFrom('account')
    .select(['id', 'name'])
    .where('login', '=', 'worker')
    .executeTakeFirstOrThrow()
  await ask('admin', { record: account.id })
  const about = (await read('admin', { record: account.id })).entries
  for (const entry of about) expect(entry.recordName).toBe(account.name)
  expect(about.length).toBeGreaterThan(0)
  await ask('admin', { taken: true })
  const [newest] = (await read('admin', { acts: ['audit-read'] })).entries.filter(
    ({ facts }) => facts['taken'],
  )
  expect(newest).toMatchObject({ by: { role: 'admin' }, facts: { taken: true } })
})

it('tells who, when, which record and which fields, and no value', async () => {
  office.clock.at += 60_000
  const { records } = await worker.pull()
  const resident = records.get(home.resident)
  if (!resident) throw new Error('nobody')
  const at = new Date(office.clock.now()).toISOString()
  const reveal = { subject: home.resident, field: 'phones', purpose: 'contact', at }
  await worker.pushed([
    worker.patch(resident, { note: '样例秘密', marriage: '10' }),
    worker.create(office.places.grid, 'reveal', office.ids(), reveal),
  ])
  const question = { record: home.resident, acts: ['change', 'reveal'] }
  const answer = await read('auditor', question)
  const told = answer.entries.map(({ act, by, fields, facts }) => [act, by?.name, fields, facts])
  expect(told).toHaveLength(3)
  expect(told[2]).toEqual(['change', 'worker', [], { op: 'create', emptied: false }])
  for (const line of [
    ['change', 'worker', ['note', 'marriage'], { op: 'patch', emptied: false }],
    ['reveal', 'worker', [], { field: 'phones', purpose: 'contact', role: 'worker', moment: at }],
  ]) {
    expect(told).toContainEqual(line)
  }
  expect(JSON.stringify(answer)).not.toMatch(/样例秘密/)
  const again = await read('auditor', { record: home.resident, acts: ['audit-read'] })
  expect(again.entries).toMatchObject([
    { act: 'audit-read', by: { name: 'auditor' } },
    { act: 'audit-read', by: { name: 'auditor' } },
  ])
})

it('goes back page by page without a gap or a repetition, by account and by time', async () => {
  const { records } = await worker.pull()
  const resident = records.get(home.resident)
  if (!resident) throw new Error('nobody')
  const at = new Date(office.clock.now()).toISOString()
  const one = () => ({ subject: home.resident, field: 'name', purpose: 'verify', at })
  await worker.pushed(
    Array.from({ length: 130 }, () =>
      worker.create(office.places.grid, 'reveal', office.ids(), one()),
    ),
  )
  office.clock.at += 60_000
  const seen: string[] = []
  let before: AuditAnswer['next'] | undefined
  for (;;) {
    const question = { account: worker.account, acts: ['reveal'], ...(before ? { before } : {}) }
    const page: AuditAnswer = await read('auditor', question)
    seen.push(...page.entries.map(({ id }) => id))
    if (!page.next) break
    expect(page.entries).toHaveLength(60)
    before = page.next
  }
  expect(seen).toHaveLength(131)
  expect(new Set(seen).size).toBe(131)
  const later = await read('auditor', {
    acts: ['reveal'],
    from: new Date(office.clock.now()).toISOString(),
  })
  expect(later.entries).toEqual([])
})

it('gives the unusual ones alone: reads at night, by a further device, of more than a place, once more', async () => {
  const auditor = () => read('auditor', { unusual: true })
  const told = async () =>
    (await auditor()).entries.map(({ act, facts }) => [act, facts['unusual']])
  // What happened so far was by day, each by its first device; the offices' pulls took no persons of two grids.
  const before = (await told()).length
  const plain = await office.enter('colleague')
  await plain.pull()
  expect(await told()).toHaveLength(before)

  // A further device of the same account, in the middle of the night, and then the same from nothing again.
  // From half past two until ten in the evening; the auditor's pass is good for eight hours.
  office.clock.at += 7.5 * 3_600_000
  const second = await office.enter('colleague')
  const { cursors } = await second.pull()
  await second.pull(cursors)
  await second.pull()
  const after = await auditor()
  expect(after.entries.slice(0, 2).map(({ act, facts }) => [act, facts['unusual']])).toEqual([
    ['pull', ['night', 'again']],
    ['pull', ['night', 'device']],
  ])
  expect(after.entries.every(({ facts }) => Array.isArray(facts['unusual']))).toBe(true)
  // Beside the other filters, and never a change: those say nothing of the kind.
  expect((await read('auditor', { unusual: true, acts: ['reveal'] })).entries).toEqual([])
  expect((await read('auditor', { unusual: true, record: home.resident })).entries).toEqual([])
  expect((await read('auditor', { unusual: true, acts: ['change'] })).entries).toEqual([])
  expect((await read('auditor', { acts: ['pull'] })).entries.length).toBeGreaterThan(
    after.entries.length,
  )
})

it('of other places nothing is told to whoever oversees a part', async () => {
  await office.db
    .insertInto('account_place')
    .values({ account: office.accounts['auditor']?.id ?? '', place: office.places.otherCommunity })
    .execute()
  await office.db
    .deleteFrom('account_place')
    .where('account', '=', office.accounts['auditor']?.id ?? '')
    .where('place', '=', office.places.subdistrict)
    .execute()
  const part = await read('auditor')
  expect(new Set(part.entries.map(({ by }) => by?.name))).toEqual(new Set(['stranger', 'auditor']))
  expect(
    (await read('auditor', { record: home.resident, acts: ['change', 'reveal'] })).entries,
  ).toEqual([])
})
