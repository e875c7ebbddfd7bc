/**
 * The page of a stairwell's fund: for whoever has its code, in two languages, without a script, and it moves nothing.
 * Holds `src/server/routes/ask/fund-page.ts`, `src/server/routes/ask/fund-routes.ts` and `src/server/db/ask-fund.ts`.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from 'kysely'
import { writeFollowCode } from '#domain/requests/follow-code.ts'
import { shownHash } from '#domain/funds/chain.ts'
import { hashOfText } from '#server/db/hashing-text.ts'
import type { Device } from './office.ts'
import { building } from './sample.ts'
import { openAsk, type AskDesk } from './ask-desk.ts'

let ask: AskDesk
let worker: Device
let staff: Device
const token = writeFollowCode(new Uint8Array(16).fill(9))
const other = writeFollowCode(new Uint8Array(16).fill(8))

beforeAll(async () => {
  ask = await openAsk()
  worker = await ask.office.enter('worker')
  staff = await ask.office.enter('staff')
})
afterAll(() => ask.office.close())

async function fill() {
  const { ids, places } = ask.office
  const { grid } = places
  const fund = ids()
  const on = '2026-11-20'
  const house = ids()
  await staff.pushed([
    staff.create(grid, 'building', house, building()),
    staff.create(grid, 'fund', fund, {
      ...{
        name: '楼道<灯>改造',
        where: '清风阳光苑 3幢1单元',
        openedOn: on,
        page: hashOfText(token),
      },
      building: house,
      agreed: '11月18日楼道议事，12户同意',
    }),
  ])
  const enter = (fields: object) =>
    worker.create(grid, 'fund-entry', ids(), { fund, on, ...fields })
  const given = enter({ entryKind: 'received', cents: 50_000, giver: '三楼一户' })
  const named = enter({ entryKind: 'received', cents: 10_050, giver: '四楼一户' })
  const spent = enter({ entryKind: 'spent', cents: 12_001, payee: '样例五金店', what: '声控灯8只' })
  const wrong = enter({ entryKind: 'spent', cents: 700, payee: '样例店', what: '多记的' })
  const waits = enter({ entryKind: 'pledged', cents: 99, giver: '五楼一户' })
  await worker.pushed([
    ...[given, named, spent, wrong, waits],
    worker.create(grid, 'fund-giver', ids(), { entry: named.record, name: '样例甲' }),
  ])
  const back = enter({ entryKind: 'corrected', cents: 700, reverses: wrong.record, what: '重复' })
  await worker.pushed([back])
  for (const { record: entry } of [given, named, spent, wrong, back]) {
    await staff.pushed([staff.create(grid, 'fund-check', ids(), { entry, says: 'agree' })])
  }
  return { fund, spent: spent.record }
}

it('shows sums, each expense, givers without names unless they agreed, and the code to compare', async () => {
  const { fund, spent } = await fill()
  const opened = await ask.send('/fund', { token })
  expect(opened.status).toBe(200)
  expect(opened.headers.get('x-robots-tag')).toContain('noindex')
  expect(opened.headers.get('cache-control')).toBe('no-store')
  const page = await opened.text()
  for (const words of [
    ...['楼道&lt;灯&gt;改造', '清风阳光苑 3幢1单元', '样例社区记的账', '12户同意'],
    ...['600.50 元', '120.01 元', '480.49 元', '付给 样例五金店', '声控灯8只'],
    ...['三楼一户', '四楼一户 (样例甲)', '第3号', '冲正第4号', '已由第5号冲正', '−7.00'],
    ...['另有 1 笔等第二个人确认', '没有凭证照片'],
  ]) {
    expect(page).toContain(words)
  }
  const { rows } = await sql<{ hash: string }>`
    select fields->>'hash' as hash from record where kind = 'fund-check'
    order by (fields->>'no')::int desc limit 1`.execute(ask.office.db)
  const plain = page.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')
  expect(plain).toContain(shownHash(rows[0]?.hash ?? ''))
  // Nothing by which anybody could pay, share, or find the page.
  expect(page).not.toContain(fund)
  expect(page).not.toMatch(/五楼|href="https?:|share|分享/)
  const english = await (await ask.send('/fund', { token, l: 'en' })).text()
  for (const words of ['Left', '¥480.49', 'Paid to 样例五金店', 'Taken back by no. 5']) {
    expect(english).toContain(words)
  }
  await sql`update record set fields = jsonb_set(fields, '{cents}', '12000') where id = ${spent}`.execute(
    ask.office.db,
  )
  expect(await (await ask.send('/fund', { token })).text()).toContain('第3号起对不上')
})

it('is found by its code alone, and a code that was changed ends the one before', async () => {
  expect(await (await ask.page('/fund')).text()).toContain('name="token"')
  // A code in an address opens nothing: it is no page of ours.
  expect((await ask.page(`/fund/${token}`)).status).toBe(404)
  const unknown = await ask.send('/fund', { token: other })
  expect([unknown.status, await unknown.text()]).toEqual([
    404,
    expect.stringContaining('没有这个码的账目'),
  ])
  const typo = await ask.send('/fund', {
    token: `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`,
  })
  expect([typo.status, await typo.text()]).toEqual([400, expect.stringContaining('码里有字不对')])
  expect((await ask.send('/voucher', { token, photo: other })).status).toBe(404)
  const { records } = await staff.pull()
  const fund = [...records.values()].find(({ kind }) => kind === 'fund')!
  await staff.pushed([staff.patch(fund, { page: hashOfText(other) })])
  expect((await ask.send('/fund', { token })).status).toBe(404)
  expect((await ask.send('/fund', { token: other })).status).toBe(200)
  // What a device has opens nothing: it is the hash of the code, and no code itself.
  const plain = { ...fund.fields, page: other }
  const { receipts } = await staff.pushed([
    staff.create(ask.office.places.grid, 'fund', ask.office.ids(), plain),
  ])
  expect(receipts).toMatchObject([{ ok: false, fields: [{ field: 'page' }] }])
  // Somebody writes the code of a printed sheet into an account of their own: nobody is shown that one.
  const { ids, places } = ask.office
  const copy = { name: '冒充', where: '别处', openedOn: '2026-11-20', page: hashOfText(other) }
  await staff.pushed([staff.create(places.grid, 'fund', ids(), copy)])
  const doubled = await ask.send('/fund', { token: other })
  expect([doubled.status, await doubled.text()]).toEqual([404, expect.not.stringContaining('冒充')])
})
