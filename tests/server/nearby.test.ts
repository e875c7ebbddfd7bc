/**
 * Services of a community: written by its office, in every worker's pull, and on the page of its stickers.
 * Holds `src/server/routes/ask/nearby-part.ts` and `src/server/db/ask-nearby.ts`.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openAsk, type AskDesk } from './ask-desk.ts'

let ask: AskDesk
beforeAll(async () => {
  ask = await openAsk()
})
afterAll(() => ask.office.close())

it('are kept by the office, read by workers, and told to residents while they are open', async () => {
  const { office } = ask
  const { community } = office.places
  const staff = await office.enter('staff')
  const worker = await office.enter('worker')
  const fields = {
    ...{ name: '样例<助餐点>', serviceKind: 'meals', hours: '每天中午', room: 'full' },
    ...{ telephone: '100-0000-0101', asOf: '2026-11-23' },
  }
  const id = office.ids()
  const refused = await worker.pushed([worker.create(community, 'service', office.ids(), fields)])
  expect(refused.receipts).toMatchObject([{ ok: false }])
  const wrong = await staff.pushed([
    staff.create(community, 'service', office.ids(), { ...fields, telephone: '没有' }),
  ])
  expect(wrong.receipts).toMatchObject([
    { ok: false, problem: 'invalid-fields', fields: [{ field: 'telephone' }] },
  ])
  const { receipts } = await staff.pushed([staff.create(community, 'service', id, fields)])
  expect(receipts).toMatchObject([{ ok: true }])
  const { records } = await worker.pull()
  expect(records.get(id)?.fields).toMatchObject({ name: '样例<助餐点>', room: 'full' })

  const { code } = await ask.made()
  const html = await (await ask.page(`/${code}`)).text()
  for (const words of ['这里的服务点（1）', '样例&lt;助餐点&gt;', '助餐 · 满了', '每天中午']) {
    expect(html).toContain(words)
  }
  expect(html).toContain('href="tel:100-0000-0101"')
  expect(await (await ask.page(`/${code}?l=en`)).text()).toContain('Services here (1)')
  await staff.pushed([
    staff.mutation({
      ...{ stream: community, kind: 'service', record: id, op: 'patch' },
      ...{ fields: { closed: true }, seen: Number.MAX_SAFE_INTEGER },
    }),
  ])
  expect(await (await ask.page(`/${code}`)).text()).not.toContain('样例&lt;助餐点')
})
