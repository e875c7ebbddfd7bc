/** First pulls of many devices at once: an entry each in the office's chain, written together. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { officeChain } from '#server/db/audit.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { statementsOf } from '#tests/support/watch-statements.ts'
import { openOffice, type Office } from '../office.ts'
import { settle } from '../sample.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
  const admin = await office.enter('admin')
  await settle(admin, admin, office.places.grid, office.ids)
})
afterAll(() => office.close())

it('each is on record once, with what is unusual about it', async () => {
  const devices = await Promise.all(
    Array.from({ length: 20 }, (_, n) => office.enter(n % 2 ? 'colleague' : 'worker')),
  )
  const statements = await statementsOf(async () => {
    const pulls = await Promise.all(devices.map((device) => device.pull()))
    for (const { ended, records } of pulls) {
      expect(ended).toBe(true)
      expect(records.size).toBeGreaterThan(3)
    }
  })
  const locks = statements.filter(({ text }) => /from chain .*for update/.test(text))
  expect(locks.length).toBeLessThan(devices.length)
  const entries = await office.db
    .selectFrom('audit')
    .select(['device', 'facts'])
    .where('chain', '=', officeChain)
    .where('act', '=', 'pull')
    .execute()
  expect(entries.map(({ device }) => device).sort()).toEqual(devices.map(({ id }) => id).sort())
  for (const { facts } of entries) {
    expect(facts).toMatchObject({ role: 'worker', count: 1, places: 1, unusual: ['device'] })
  }
  // Pulled once more and from the beginning, though it was never shown to have come: nothing new is said.
  await Promise.all(devices.map((device) => device.pull()))
  expect(await verifyAudit(office.own)).toMatchObject({ fault: null })
})
