/**
 * A landlord's link: whoever has it says who came and left, and never changes or sees more of the register.
 * Holds `src/server/routes/ask/landlord-page.ts`, `src/server/routes/ask/landlord.ts`,
 * `src/server/ledger/landlord-says.ts` and `src/server/db/landlord-links.ts`.
 */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAsk, type AskDesk } from './ask-desk.ts'
import type { Device } from './office.ts'
import { settle, type Home } from './sample.ts'

let ask: AskDesk
let worker: Device
let staff: Device
let home: Home
beforeAll(async () => {
  ask = await openAsk()
  const { office } = ask
  worker = await office.enter('worker')
  staff = await office.enter('staff')
  home = await settle(staff, worker, office.places.grid, office.ids, {
    ...{ name: '欧阳样例', phones: ['10012345678'], note: '样例备注' },
  })
  await use('rental')
})
afterAll(() => ask.office.close())

/** Only a let door has a landlord who lives elsewhere. */
async function use(word: string): Promise<void> {
  const { receipts } = await worker.pushed([
    worker.mutation({
      ...{ stream: ask.office.places.grid, kind: 'dwelling', record: home.dwelling, op: 'patch' },
      ...{ fields: { use: word }, seen: Number.MAX_SAFE_INTEGER },
    }),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
}

async function given(more = {}): Promise<{ readonly token: string; readonly id: string }> {
  const { grid } = ask.office.places
  const token = ask.newToken()
  const id = ask.office.ids()
  const { receipts } = await worker.pushed([
    worker.create(grid, 'landlord-link', id, {
      ...{ dwelling: home.dwelling, hash: ask.hashOf(token), made: '2026-10-01', ...more },
    }),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
  return { token, id }
}

const open = async (token: string, l = 'zh-CN') => (await ask.send('/let', { token, l })).text()

async function said(token: string, more: Readonly<Record<string, string>> = {}) {
  const fields = { token, says: 'arrived', id: ask.office.ids(), l: 'zh-CN' }
  const response = await ask.send('/let/say', {
    ...{ ...fields, name: '样例租', count: '2', from: '2026-11-23' },
    ...more,
  })
  return { response, html: await response.text() }
}

async function recordsOf(kind: string) {
  const { records } = await worker.pull()
  return [...records.values()].filter((one) => one.kind === kind)
}

describe('the page', () => {
  it('shows the own door, how many live there and their surnames; no number, note, colour or given name', async () => {
    const { token } = await given()
    const html = await open(token)
    for (const words of [
      '样例苑 3幢1单元301室',
      '现在登记着1人',
      '欧阳*',
      '没变化',
      '来了人',
      '走了人',
    ]) {
      expect(html).toContain(words)
    }
    for (const secret of [
      '样例备注',
      '10012345678',
      '欧阳样',
      '1980',
      '红',
      '关注',
      home.resident,
    ]) {
      expect(html).not.toContain(secret)
    }
    const english = await open(token, 'en')
    expect(english).toContain('1 person is registered')
    expect(english).toContain('Any change in November?')
    expect(gzipSync(html).length).toBeLessThan(15_000)
  })

  it('turns to the other language without losing the code, which stands in no address', async () => {
    const { token } = await given()
    for (const [l, other] of [
      ['zh-CN', 'en'],
      ['en', 'zh-CN'],
    ] as const) {
      const html = await open(token, l)
      const form = /<form class="say" method="post" action="\/let"[^>]*>([\s\S]*?)<\/form>/.exec(
        html,
      )?.[1]
      expect(form).toContain(`name="token" value="${token}"`)
      expect(form).toContain(`name="l" value="${other}"`)
      expect(html).not.toMatch(/href="\/let/)
    }
    const form = await (await ask.page('/let')).text()
    // What the script shows in its place has no link below it that leads back to an empty form.
    expect(form).not.toContain('<footer>')
    expect(form).toContain('href="/let?l=en"')
  })

  it('acts on no GET, and says of a wrong, unknown or stopped code what it is', async () => {
    const { token, id } = await given()
    const page = await ask.page('/let')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('房东码')
    expect((await ask.page(`/let?token=${token}`)).status).toBe(200)
    expect((await ask.send('/let', { token: token.slice(0, -1) })).status).toBe(400)
    expect((await ask.send('/let', { token: ask.newToken() })).status).toBe(404)
    await worker.pushed([
      worker.mutation({
        ...{ stream: ask.office.places.grid, kind: 'landlord-link', record: id, op: 'patch' },
        ...{ fields: { stopped: '2026-11-23' }, seen: Number.MAX_SAFE_INTEGER },
      }),
    ])
    const stopped = await ask.send('/let', { token })
    expect(stopped.status).toBe(410)
    expect(await stopped.text()).toContain('已停用')
    expect((await said(token)).response.status).toBe(410)
  })

  it('answers whatever comes in words, and takes nothing that is wrong', async () => {
    const { token } = await given()
    const before = (await recordsOf('arrival')).length
    const wrong: readonly Readonly<Record<string, string>>[] = [
      ...[{ name: '' }, { name: 'x'.repeat(200) }, { count: '0' }, { count: '100' }, { count: '' }],
      ...[{ from: '2026-02-30' }, { from: '2027-11-23' }, { telephone: '没有' }],
    ]
    for (const one of wrong) {
      const { response, html } = await said(token, one)
      expect(response.status).toBe(422)
      expect(html).toContain('没有收下')
    }
    for (const one of [{ says: 'moved' }, { id: 'x' }, { count: 'many' }]) {
      expect((await said(token, one)).response.status).toBe(400)
    }
    expect((await ask.page('/let/say', { method: 'POST', body: '{}' })).status).toBe(400)
    expect((await recordsOf('arrival')).length).toBe(before)
  })
})

describe('an answer', () => {
  it('is a claim of the landlord beside the dwelling, once however often it is sent', async () => {
    const { token, id } = await given()
    const before = (await recordsOf('arrival')).length
    const page = ask.office.ids()
    expect((await said(token, { id: page, telephone: '100-0000-0000' })).html).toContain('收到了')
    expect((await said(token, { id: page })).html).toContain('没有重复记')
    const arrivals = await recordsOf('arrival')
    expect(arrivals.length - before).toBe(1)
    expect(arrivals.at(-1)?.fields).toMatchObject({
      ...{ dwelling: home.dwelling, speaker: 'landlord', name: '样例租', count: 2 },
      ...{ from: '2026-11-23', telephone: '10000000000' },
    })
    const left = await said(token, { says: 'left', name: '' })
    expect(left.html).toContain('走2人')
    expect((await recordsOf('departure')).at(-1)?.fields).toMatchObject({ name: null, count: 2 })
    const link = (await recordsOf('landlord-link')).find((one) => one.id === id)
    expect(link?.fields).toMatchObject({ says: 'left' })
  })

  it('without any change is one tap a month, and tells the worker', async () => {
    const { token, id } = await given()
    const { html } = await said(token, { says: 'unchanged', name: '', count: '', from: '' })
    expect(html).toContain('您已回复：没变化')
    expect((await said(token, { says: 'unchanged' })).html).toContain('没有重复记')
    const link = (await recordsOf('landlord-link')).find((one) => one.id === id)
    expect(link?.fields).toMatchObject({ says: 'unchanged' })
  })

  it('never edits the register, whatever is said', async () => {
    const { token } = await given()
    const persons = async () => [
      ...(await recordsOf('resident')),
      ...(await recordsOf('household')),
      ...(await recordsOf('dwelling')),
    ]
    const before = JSON.stringify(await persons())
    await said(token, { id: ask.office.ids() })
    await said(token, { says: 'left', count: '99' })
    expect(JSON.stringify(await persons())).toBe(before)
  })

  it('is bounded: a link that is found elsewhere floods nobody', async () => {
    const { token } = await given()
    const statuses: number[] = []
    for (let n = 0; n < 14; n += 1) statuses.push((await said(token)).response.status)
    expect(statuses).toContain(429)
    expect(statuses.every((status) => status === 200 || status === 429)).toBe(true)
  })
})

it('only whoever keeps the register gives a link, and nobody says for the landlord', async () => {
  const { grid } = ask.office.places
  const fields = { dwelling: home.dwelling, hash: 'c'.repeat(64), made: '2026-11-23' }
  const denied = await worker.pushed([
    worker.create(grid, 'landlord-link', ask.office.ids(), { ...fields, says: 'unchanged' }),
    worker.create(grid, 'landlord-link', ask.office.ids(), { ...fields, hash: 'no hash' }),
  ])
  expect(denied.receipts).toMatchObject([
    { ok: false, problem: 'kind-not-yours' },
    { ok: false, problem: 'invalid-fields' },
  ])
})

it('a link of a door that is not let is refused, and one that was given ends with the letting; nothing opens it again', async () => {
  const { grid } = ask.office.places
  const { token, id } = await given()
  await use('own')
  expect((await ask.send('/let', { token })).status).toBe(410)
  expect((await said(token)).response.status).toBe(410)
  const fields = { dwelling: home.dwelling, hash: 'd'.repeat(64), made: '2026-11-23' }
  const { receipts } = await worker.pushed([
    worker.create(grid, 'landlord-link', ask.office.ids(), fields),
  ])
  expect(receipts).toMatchObject([{ ok: false, problem: 'invalid-fields' }])
  await use('rental')
  expect((await ask.send('/let', { token })).status).toBe(200)
  const patch = (stopped: string | null) =>
    worker.pushed([
      worker.mutation({
        ...{ stream: grid, kind: 'landlord-link', record: id, op: 'patch', fields: { stopped } },
        seen: Number.MAX_SAFE_INTEGER,
      }),
    ])
  expect((await patch('2026-11-23')).receipts).toMatchObject([{ ok: true }])
  expect((await patch(null)).receipts).toMatchObject([{ ok: false, problem: 'kind-not-yours' }])
  expect((await ask.send('/let', { token })).status).toBe(410)
  const old = await given({ made: '2025-10-01' })
  expect((await ask.send('/let', { token: old.token })).status).toBe(410)
})

it('whoever asked that their data be used no further is counted there and not named', async () => {
  const { token } = await given()
  expect(await open(token)).toContain('欧阳*')
  const { receipts } = await staff.pushed([
    staff.mutation({
      ...{ stream: ask.office.places.grid, kind: 'resident', record: home.resident, op: 'patch' },
      ...{ fields: { restrictedOn: '2026-11-23' }, seen: Number.MAX_SAFE_INTEGER },
    }),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
  const html = await open(token)
  expect(html).not.toContain('欧阳')
  expect(html).toContain('现在登记着1人')
})
