/**
 * What every machine has a copy of, so that a push asks its grid and its device alone: rules and names of places
 * (`place-rules.ts`, `mend-place-rules.ts`, `rule-contents.ts`). Equal to what the records say, whoever writes them.
 */
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { schemeOf } from '#server/colours/scheme.ts'
import { mendPlaceRules } from '#server/db/mend-place-rules.ts'
import { namesOfPlaces } from '#server/db/place-tree.ts'
import { refillPlaceRules } from '#server/db/place-rules.ts'
import { insertRecords, loadRecords, writeRecords } from '#server/db/records.ts'
import { contentsOf, keepContents } from '#server/db/rule-contents.ts'
import { allRules, rulesAbove } from '#server/db/rules-above.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'
import { statementsOf } from '#tests/support/watch-statements.ts'
import { openDesk, type Desk } from '../request-desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.office.close())

async function everything(): Promise<readonly object[]> {
  const { rows } = await sql<object>`
    select place, id, kind, version, by, mark, fields from place_rule order by place, id`.execute(
    desk.office.db,
  )
  return rows
}

describe('rules of places', () => {
  const save = (place: string, policyVersion: number) => {
    const { admin, office, goodOf } = desk
    const fields = { ...samplePolicy, policyVersion }
    return goodOf(admin, [admin.create(place, 'policy', office.ids(), fields)])
  }
  const policiesAt = async (place: string) => {
    const above = await rulesAbove(desk.office.db, [place], ['policy'])
    return allRules(above.get(place) ?? [], 'policy').map(
      ({ fields }) => (fields as { policyVersion: number }).policyVersion,
    )
  }

  it('are there with their records, and go with them', async () => {
    const { admin, office, goodOf } = desk
    const { subdistrict, grid } = office.places
    await save(subdistrict, 2)
    expect(await policiesAt(grid)).toEqual([2])
    const approval = admin.create(subdistrict, 'approval', office.ids(), {
      ...{ acts: ['reveal'], roles: ['worker'], reason: '样例', from: '2026-11-23' },
      until: '2026-11-30',
    })
    await goodOf(admin, [approval])
    const found = async () =>
      (await everything()).filter((row) => (row as { id: string }).id === approval.record)
    expect(await found()).toMatchObject([{ kind: 'approval', place: subdistrict }])
    const removed = (await loadRecords(office.db, [subdistrict], [approval.record])).map((row) => ({
      ...{ ...row, version: row.version + 1, removed: true },
      fields: {},
    }))
    await office.db.transaction().execute((trx) => writeRecords(trx, removed))
    expect(await found()).toEqual([])
    const before = await everything()
    await refillPlaceRules(office.db)
    expect(await everything()).toEqual(before)
  })

  it('are known by their marks: their words are read once, and nobody changes them', async () => {
    const { subdistrict, grid } = desk.office.places
    await save(subdistrict, 2)
    await policiesAt(grid)
    const again = await statementsOf(() => policiesAt(grid))
    expect(again.filter(({ text }) => /fields/.test(text))).toEqual([])
    await save(subdistrict, 3)
    expect(await policiesAt(grid)).toEqual([2, 3])
    const above = await rulesAbove(desk.office.db, [grid], ['policy'])
    const [first] = allRules(above.get(grid) ?? [], 'policy')
    expect(() => Object.assign(first?.fields as object, { policyVersion: 9 })).toThrow(TypeError)
  })

  it('keep a bounded number of words', () => {
    const rows = Array.from({ length: 600 }, (_, n) => ({ mark: `样例 ${n}`, fields: { n } }))
    keepContents(rows)
    expect(contentsOf(rows)).toBeNull()
    expect(contentsOf(rows.slice(-500))).toEqual(rows.slice(-500))
  })

  it('say what places are called', async () => {
    const { office } = desk
    const { community } = office.places
    const names = { placeKind: 'community', name: '样例社区', code: '330100001001' }
    const fields = { ...names, letters: 'YL' }
    await office.db
      .transaction()
      .execute((trx) => insertRecords(trx, community, [{ kind: 'place', id: community, fields }]))
    expect((await namesOfPlaces(office.db, [community])).get(community)).toEqual({
      ...{ kind: 'community', name: names.name, code: names.code, order: null },
    })
    const above = await rulesAbove(office.db, [community], [])
    expect(above.get(community)?.[0]).toEqual({ place: community, placeFields: fields, rules: [] })
  })

  it('are copied anew where a server of before saved, changed or took one away', async () => {
    const { office } = desk
    const { subdistrict, community, grid } = office.places
    await save(subdistrict, 2)
    await save(subdistrict, 3)
    await mendPlaceRules(office.db)
    const whole = await everything()
    expect(await mendPlaceRules(office.db)).toEqual([])
    await sql`delete from place_rule where kind = 'policy'`.execute(office.db)
    await sql`insert into place_rule (place, id, kind, version, mark, fields)
      values (${community}, ${office.ids()}, 'policy', 1, '', '{}')`.execute(office.db)
    expect([...(await mendPlaceRules(office.db))].sort()).toEqual([subdistrict, community].sort())
    expect(await everything()).toEqual(whole)
    expect(await policiesAt(grid)).toEqual([2, 3])
    expect((await schemeOf(office.db, grid)).scheme.schemeVersion).toBe(1)
  })
})
