/**
 * The table of people asked of the server: its trace, its pace, and slices of what leaves as a file.
 * Holds `src/server/routes/table.ts`.
 */
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idBornIn } from '#domain/born-ids.ts'
import { ageGroupOf } from '#domain/minor.ts'
import {
  sliceOfTable,
  tableAnswerSchema,
  tableCountPath,
  tablePath,
  type TableAnswer,
} from '#protocol/table.ts'
import { insertRecords } from '#server/db/records.ts'
import { transact } from '#server/db/transact.ts'
import { openOffice, problemOf, type Device, type Office } from './office.ts'
import { fillGrids, tableAsked } from './table-people.ts'

let office: Office
const devices = new Map<string, Device>()

beforeAll(async () => {
  office = await openOffice()
  await fillGrids(office)
})
afterAll(() => office.close())

const post = async (login: string, path: string, more: object) => {
  const device = devices.get(login) ?? (await office.enter(login))
  devices.set(login, device)
  // Each question has its own minutes: the pace is another test's matter.
  office.clock.at += 60_000
  const body = { ...tableAsked(office.places.subdistrict), ...more }
  return office.post(path, body, device.pass)
}
const ask = async (more: object, login = 'admin'): Promise<TableAnswer> => {
  const response = await post(login, tablePath, more)
  expect(response.status).toBe(200)
  return v.parse(tableAnswerSchema, await response.json())
}

describe('the trace', () => {
  const entries = () =>
    office.db.selectFrom('audit').selectAll().where('act', '=', 'table').orderBy('seq').execute()

  it('says who read how many of which place by which columns and filters, and no value', async () => {
    const before = (await entries()).length
    const filter = { estate: '样例苑', colours: ['red'], odd: '样例' }
    const { rows } = await ask({ filter, columns: ['name', 'phones'] })
    await post('admin', tableCountPath, { filter })
    const said = (await entries()).slice(before)
    expect(said).toMatchObject([
      {
        ...{ account: office.accounts['admin']?.id, record: office.places.subdistrict },
        facts: {
          ...{ role: 'admin', purpose: 'check', count: rows.length, columns: 'name,phones' },
          ...{ filters: 'colours,estate', sort: null },
        },
      },
      { facts: { counted: true, filters: 'colours,estate' } },
    ])
    expect(JSON.stringify([said, office.log])).not.toMatch(/样例|样\*/)
  })

  it('a page that cannot be noted answers nothing', async () => {
    await office.db.schema.alterTable('audit').renameTo('audit_away').execute()
    try {
      const response = await post('admin', tablePath, {})
      expect(response.status).toBe(500)
      expect(await response.text()).not.toContain('rows')
    } finally {
      await office.db.schema.alterTable('audit_away').renameTo('audit').execute()
    }
  })

  it('whoever reads through a subdistrict is slowed, and told how long', async () => {
    office.clock.at += 3_600_000
    const staff = await office.enter('staff')
    const body = { ...tableAsked(office.places.community), filter: { estate: '没有' } }
    for (let n = 0; n < 60; n += 1) {
      expect((await office.post(tablePath, body, staff.pass)).status).toBe(200)
    }
    const slowed = await office.post(tablePath, body, staff.pass)
    expect(slowed.status).toBe(429)
    expect(await slowed.json()).toMatchObject({ problem: 'too-many-attempts', retryAfter: 2 })
  })
})

describe('what leaves as a file', () => {
  const leaving = () => ({
    ...{ stream: office.places.subdistrict, open: true, format: 'workbook' },
    ...{ recipient: 'own', ground: 'duty' },
  })
  const columns = ['name', 'phones', 'birth']
  /** Who lives there now, and how many of them are minors. */
  const people = async () => {
    const rows = await office.db
      .selectFrom('record')
      .select('fields')
      .where('kind', '=', 'resident')
      .where('removed', '=', false)
      .execute()
    const here = rows.filter(({ fields }) => !fields['movedOutOn'] && !fields['diedOn'])
    const minors = here.filter(({ fields }) => ageGroupOf(fields, '2026-11-23') !== null)
    return { here: here.length, minors: minors.length }
  }

  it('comes in slices, in full where it was asked for so, and leaves minors out', async () => {
    const answer = await ask({ columns, leaving: leaving() })
    const { minors, here } = await people()
    expect(minors).toBeGreaterThan(0)
    expect([answer.left, answer.minors]).toEqual([minors, 0])
    expect(answer.rows.length + minors).toBe(here)
    expect(answer.rows.length).toBeLessThanOrEqual(sliceOfTable)
    expect(JSON.stringify(answer)).toContain('10012340077')
    const masked = await ask({ columns, leaving: { ...leaving(), open: false } })
    expect(JSON.stringify(masked)).not.toContain('10012340077')
    const said = await office.db
      .selectFrom('audit')
      .select('facts')
      .where('act', '=', 'table')
      .orderBy('seq', 'desc')
      .limit(2)
      .execute()
    expect(said.map(({ facts }) => facts)).toMatchObject([
      { open: false, left: minors },
      { open: true, format: 'workbook', recipient: 'own', ground: 'duty', left: minors },
    ])
  })

  it('is on record at its first slice where its export will be noted, also if no other follows', async () => {
    const { community, grid } = office.places
    const begun = () =>
      office.db
        .selectFrom('audit')
        .selectAll()
        .where('act', '=', 'export')
        .where('chain', '=', community)
        .orderBy('seq')
        .execute()
    const before = (await begun()).length
    const more = { columns, place: community, leaving: { ...leaving(), stream: community } }
    await ask(more, 'staff')
    const said = (await begun()).slice(before)
    expect(said).toMatchObject([
      {
        ...{ account: office.accounts['staff']?.id, record: null },
        facts: {
          ...{ sheet: 'residents', masked: false, purpose: 'check', format: 'workbook' },
          ...{ recipient: 'own', ground: 'duty', begun: true },
        },
      },
    ])
    await ask({ ...more, cursor: { stream: grid, id: null } }, 'staff')
    await ask({ columns, place: community }, 'staff')
    expect((await begun()).length).toBe(before + 1)
  })

  const approval = (stream: string) => ({
    kind: 'approval' as const,
    id: idBornIn(stream, office.ids()),
    by: office.accounts['auditor']?.id ?? '',
    fields: {
      ...{ acts: ['export'], roles: ['admin'], reason: '样例', from: '2026-11-01' },
      until: '2027-05-01',
    },
  })
  const put = (stream: string) =>
    transact(office.db, (trx) => insertRecords(trx, stream, [approval(stream)]))

  it('an approval of one grid lets minors of that grid out, and of no other', async () => {
    const { grid, farGrid, otherGrid, subdistrict } = office.places
    const of = async (place: string) => {
      const { minors, left } = await ask({
        columns,
        place,
        leaving: { ...leaving(), stream: grid },
      })
      return { minors, left }
    }
    const before = { own: await of(grid), far: await of(farGrid), all: await of(subdistrict) }
    expect([before.own.minors, before.far.minors, before.all.minors]).toEqual([0, 0, 0])
    expect(before.far.left).toBeGreaterThan(0)
    await put(grid)
    expect(await of(grid)).toEqual({ minors: before.own.left, left: 0 })
    for (const place of [farGrid, otherGrid]) expect((await of(place)).minors).toBe(0)
    expect((await of(farGrid)).left).toBe(before.far.left)
    expect(await of(subdistrict)).toEqual({
      ...{ minors: before.own.left, left: before.all.left - before.own.left },
    })
  })

  it('with minors under an approval of the place in which it is written down, and of no other', async () => {
    const { subdistrict, community } = office.places
    const { minors } = await people()
    await put(community)
    expect((await ask({ columns, leaving: leaving() })).left).toBe(minors)
    await put(subdistrict)
    expect(await ask({ columns, leaving: leaving() })).toMatchObject({ left: 0, minors })
    const foreign = { ...leaving(), stream: subdistrict }
    const refused = await post('staff', tablePath, { place: community, leaving: foreign })
    expect(await problemOf(refused)).toBe('stream-not-yours')
  })

  it.each(['worker', 'gate', 'handler', 'auditor'])('for no %s', async (login) => {
    const { subdistrict, community, grid } = office.places
    for (const place of [subdistrict, community, grid]) {
      const more = { columns, place, leaving: { ...leaving(), stream: place } }
      const response = await post(login, tablePath, more)
      expect([response.status, await problemOf(response)]).toEqual([403, 'not-allowed'])
    }
  })

  it('goes on for nobody whose account was moved between two slices', async () => {
    const { grid, community, otherCommunity } = office.places
    const account = office.accounts['staff']?.id ?? ''
    const more = { columns, place: community, leaving: { ...leaving(), stream: community } }
    const { rows } = await ask(more, 'staff')
    const last = rows.find(({ stream }) => stream === grid)
    const cursor = { stream: grid, id: last?.id ?? '' }
    expect((await post('staff', tablePath, { ...more, cursor })).status).toBe(200)
    const moveTo = (place: string) =>
      office.db.updateTable('account_place').set({ place }).where('account', '=', account).execute()
    await moveTo(otherCommunity)
    try {
      const next = await post('staff', tablePath, { ...more, cursor })
      expect([next.status, await problemOf(next)]).toEqual([403, 'stream-not-yours'])
      const own = { ...leaving(), stream: otherCommunity }
      for (const sort of [null, { column: 'birth', descending: false }]) {
        const asked = { columns, place: otherCommunity, leaving: own, sort, cursor }
        expect(await problemOf(await post('staff', tablePath, asked))).toBe('changed-meanwhile')
      }
    } finally {
      await moveTo(community)
    }
  })
})
