/**
 * Help for a person brings somebody sooner, at once, in whatever grid it was asked for; and goes with the request.
 * Holds `src/server/colours/help.ts` and `src/server/db/help.ts`.
 */
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { helpFor } from '#app/register/help.ts'
import { mendHelp } from '#server/db/help.ts'
import { statementsOf } from '#tests/support/watch-statements.ts'
import { answer, openDesk, type Desk } from './request-desk.ts'
import { settle, type Home } from './sample.ts'

let desk: Desk
let home: Home
const item = '0190f5c6-0000-7000-8000-00000000c0c1'
const today = '2026-11-23'

async function saveCatalogue(catalogueVersion: number, isHelp: boolean) {
  const { admin, office, goodOf } = desk
  const items = [
    {
      ...{ id: item, group: '帮忙', groupEn: 'Help', name: '样例帮忙', nameEn: 'Sample help' },
      ...{ level: 'ordinary', isHelp },
    },
  ]
  const fields = { name: '样例清单', catalogueVersion, items }
  await goodOf(admin, [admin.create(office.places.subdistrict, 'catalogue', office.ids(), fields)])
}

beforeEach(async () => {
  desk = await openDesk()
  const { staff, worker, office } = desk
  home = await settle(staff, worker, office.places.grid, office.ids)
  await saveCatalogue(1, true)
})
afterEach(() => desk.office.close())

/** As the server has it, and as a device works it out of what it pulled. */
async function colourNow(resident = home.resident): Promise<string | undefined> {
  const row = await desk.office.db
    .selectFrom('subject')
    .select('colour')
    .where('id', '=', resident)
    .executeTakeFirst()
  const register = createRegister()
  register.readHelpBy(helpFor)
  const { pages } = await desk.worker.pull()
  register.applyPages(pages)
  const here = register.colourOfResident(resident, today)
  expect(here.colour).toBe(row?.colour)
  return row?.colour
}
const ask = async (more: object = {}, asker: object = {}) => {
  const request = desk.taken('样例要人帮忙', { item, ...more })
  const mutations = request.mutations.map((one) =>
    one.kind === 'asker' ? { ...one, fields: { ...one.fields, ...asker } } : one,
  )
  await desk.goodOf(desk.worker, mutations)
  return request
}

it('a request of help colours the person at once, and its withdrawal takes that back', async () => {
  expect(await colourNow()).toBe('green')
  const request = await ask({ site: home.resident, siteKind: 'resident' })
  expect(await colourNow()).toBe('yellow')
  const { records } = await desk.worker.pull()
  const said = [...records.values()].findLast(({ kind }) => kind === 'colour')
  expect(said?.fields).toMatchObject({
    reasons: [{ rule: 'open-help', facts: { openHelp: 'JJQ-261123-07-01' } }],
  })
  await desk.does(desk.worker, request.id, 'withdraw')
  expect(await colourNow()).toBe('green')
})

it('is as good where somebody else’s door is named and the person was recognised', async () => {
  const request = await ask(
    { site: home.dwelling, siteKind: 'dwelling' },
    { resident: home.resident },
  )
  expect(await colourNow()).toBe('yellow')
  await desk.does(desk.staff, request.id, 'accept')
  await desk.does(desk.staff, request.id, 'dispatch', { unit: desk.unit })
  await desk.unitDoes(request.id, 'sign')
  await desk.unitDoes(request.id, 'answer', answer)
  await desk.does(desk.staff, request.id, 'release')
  expect(await colourNow()).toBe('yellow')
  await desk.does(desk.worker, request.id, 'call-back', { reached: true, solved: true })
  expect(await colourNow()).toBe('green')
})

it('of no other matter anything changes', async () => {
  await ask({ item: null, site: home.resident, siteKind: 'resident' })
  expect(await colourNow()).toBe('green')
})

it('in another grid colours the person with the calendar’s next round', async () => {
  const { office, staff } = desk
  const { places, ids } = office
  const away = ids()
  const at = new Date(office.clock.now()).toISOString()
  const make = (kind: 'request' | 'request-step' | 'asker', id: string, fields: object) =>
    staff.create(places.otherGrid, kind, id, { ...fields })
  const asked = {
    number: 'JJQ-261123-09-01',
    words: '样例',
    level: 'ordinary',
    source: 'desk',
    at,
    item,
  }
  const first = ids()
  await desk.goodOf(staff, [
    make('request', away, asked),
    make('request-step', first, { request: away, step: 'submit', at, level: 'ordinary' }),
    make('asker', ids(), { request: away, resident: home.resident }),
  ])
  const waiting = async () =>
    (await office.db.selectFrom('help').select(['residents', 'look_again']).execute()).map(
      ({ residents, look_again }) => [residents, look_again],
    )
  expect(await waiting()).toEqual([[[home.resident], [home.resident]]])
  const colour = async () => {
    await office.server.runCalendar()
    const row = await office.db
      .selectFrom('subject')
      .select('colour')
      .where('id', '=', home.resident)
      .executeTakeFirst()
    return row?.colour
  }
  expect(await colour()).toBe('yellow')
  expect(await waiting()).toEqual([[[home.resident], []]])
  // A step that changes nothing for a colour is not written on every machine.
  const accepted = make('request-step', ids(), { request: away, step: 'accept', at, after: first })
  await desk.goodOf(staff, [accepted])
  expect(await waiting()).toEqual([[[home.resident], []]])
  const last = { request: away, step: 'withdraw', at, after: accepted.record }
  await desk.goodOf(staff, [make('request-step', ids(), last)])
  expect(await waiting()).toEqual([[[], [home.resident]]])
  expect(await colour()).toBe('green')
  expect(await waiting()).toEqual([])
})

it('is found again where a server of before wrote it, or its end', async () => {
  const { office } = desk
  const request = await ask({ site: home.resident, siteKind: 'resident' })
  const rows = async () =>
    office.db.selectFrom('help').select(['residents', 'is_open', 'look_again']).execute()
  const before = await rows()
  await office.db.deleteFrom('help').execute()
  await mendHelp(office.own)
  expect(await rows()).toEqual([
    { residents: [home.resident], is_open: true, look_again: [home.resident] },
  ])
  expect(before).toMatchObject([{ residents: [home.resident], is_open: true }])
  await sql`update request_state set is_help = false where request = ${request.id}::uuid`.execute(
    office.db,
  )
  await mendHelp(office.own)
  expect(await rows()).toMatchObject([{ residents: [] }])
  const there = await statementsOf(() => mendHelp(office.own))
  expect(there.filter(({ text }) => /^\s*(?:insert|update|delete)/.test(text))).toEqual([])
})

it('follows the catalogue, which says what is help for a person', async () => {
  await ask({ site: home.resident, siteKind: 'resident' })
  expect(await colourNow()).toBe('yellow')
  await saveCatalogue(2, false)
  await desk.office.server.runCalendar()
  await desk.office.server.runCalendar()
  expect(await colourNow()).toBe('green')
})
