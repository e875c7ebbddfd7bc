/**
 * The resident's page on the real server: one tap becomes a request, its code says how it stands, and floods wait.
 * Holds `src/server/routes/ask/code-page.ts`, `src/server/routes/ask/follow-page.ts`,
 * `src/server/routes/ask-office.ts`, `src/server/ledger/receive-asked.ts`, `src/server/db/ask-lists.ts` and
 * `src/server/db/ask-place.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { courseOf } from '#domain/requests/course.ts'
import { residentId } from '#server/db/audit.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { lampItem, openAsk, staffItem, type AskDesk } from './ask-desk.ts'

let ask: AskDesk
beforeAll(async () => {
  ask = await openAsk()
})
afterAll(() => ask.office.close())

describe('the page of a code', () => {
  it('says whose it is and which entrance, offers what is frequent there, and keeps nothing', async () => {
    const { code } = await ask.made()
    const response = await ask.page(`/${code}`)
    const html = await response.text()
    expect(response.status).toBe(200)
    for (const words of ['清风阳光苑 3幢1单元', '样例社区', '119', '120', '110', '从不收钱']) {
      expect(html).toContain(words)
    }
    const order = ['tel:119', 'tel:120', 'tel:110', '楼道灯不亮'].map((one) => html.indexOf(one))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(html.indexOf('垃圾没有清运')).toBeLessThan(html.indexOf('楼道灯不亮'))
    // What is about staff is in no list that strangers see.
    expect(html).not.toContain(staffItem)
    const head = Object.fromEntries(response.headers)
    expect(head).toMatchObject({
      ...{ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
      'x-robots-tag': 'noindex, nofollow',
    })
    expect(head['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(head['set-cookie']).toBeUndefined()
  })

  it('speaks English where it is asked to', async () => {
    const { code } = await ask.made()
    const html = await (await ask.page(`/${code}?l=en`)).text()
    expect(html).toContain('No light in the stairwell')
    expect(html).toContain('<html lang="en">')
  })

  it('is nowhere on the app’s own origin, and the app nowhere on the page’s', async () => {
    const { code } = await ask.made()
    expect((await ask.office.fetch(`/${code}`)).status).toBe(404)
    expect((await ask.office.fetch('/submit', { method: 'POST' })).status).toBe(404)
    expect((await ask.page('/api/session')).status).toBe(404)
    expect((await ask.page('/healthz')).status).toBe(404)
  })
})

describe('one tap', () => {
  it('becomes a request of the sticker’s grid, and its code tells how it stands', async () => {
    const { desk } = ask
    const sticker = await ask.made()
    const { token, html, response } = await ask.asked(sticker.code, { words: '' })
    expect(response.status, html).toBe(200)
    const number = ask.numberIn(html)
    expect(number).toMatch(/^YL-261123-P0-\d\d$/)
    const request = await ask.requestOf(number)
    expect(request).toMatchObject({
      stream: desk.office.places.grid,
      fields: { source: 'page', item: lampItem, where: '清风阳光苑 3幢1单元', site: ask.house },
    })
    const [submit, ...others] = await desk.stepsOf(request?.id ?? '')
    expect(submit).toMatchObject({ actor: 'asker', doneBy: residentId, to: 'submitted' })
    expect(others).toEqual([])
    const open = await ask.send('/follow', { token })
    const page = await open.text()
    expect(open.status).toBe(200)
    for (const words of [number, '楼道灯不亮', '等社区受理', '5个工作日', '11月30日']) {
      expect(page).toContain(words)
    }
    expect((await verifyAudit(desk.office.own)).fault).toBeNull()
  })

  it('seventy times, by two tabs and from behind, is one request', async () => {
    const { code } = await ask.made()
    const { fields, html } = await ask.asked(code)
    const again = await Promise.all(
      Array.from({ length: 69 }, () => ask.send('/submit', fields).then((one) => one.text())),
    )
    expect(new Set(again.map(ask.numberIn))).toEqual(new Set([ask.numberIn(html)]))
    expect(new Set(again.map(ask.whatIn))).toEqual(new Set(['same']))
    const { records } = await ask.desk.staff.pull()
    const same = [...records.values()].filter(
      ({ fields: found }) => found?.['number'] === ask.numberIn(html),
    )
    expect(same).toHaveLength(1)
  })

  it('at the same moment from two tabs is one request', async () => {
    const { code } = await ask.made()
    const token = ask.hashOf(ask.newToken())
    const fields = { code, id: ask.office.ids(), words: '同时', item: lampItem, token }
    const proofs = [await ask.proved(code), await ask.proved(code)]
    const both = await Promise.all(proofs.map((proof) => ask.send('/submit', { ...fields, proof })))
    const pages = await Promise.all(both.map((one) => one.text()))
    expect(new Set(pages.map(ask.numberIn)).size).toBe(1)
    expect(pages.map(ask.whatIn).sort()).toEqual(['first', 'same'])
  })

  it('with other words under the same id is an addition, kept beside the first', async () => {
    const { code } = await ask.made()
    const { fields, html } = await ask.asked(code)
    const more = await ask.send('/submit', { ...fields, words: '三楼也不亮' })
    expect(ask.whatIn(await more.text())).toBe('added')
    const once = await ask.send('/submit', { ...fields, words: '三楼也不亮' })
    expect(ask.whatIn(await once.text())).toBe('same')
    const request = await ask.requestOf(ask.numberIn(html))
    const notes = (await ask.desk.stepsOf(request?.id ?? '')).filter(({ step }) => step === 'note')
    expect(notes).toMatchObject([{ words: '三楼也不亮', actor: 'asker', by: 'link' }])
  })

  it('sent under the id of somebody else’s page is refused, and changes nothing', async () => {
    const { code } = await ask.made()
    const { fields } = await ask.asked(code)
    const other = await ask.send('/submit', {
      ...{ ...fields, words: '别人的话' },
      token: ask.hashOf(ask.newToken()),
    })
    expect(other.status).toBe(409)
    expect(await other.text()).toContain('没有收下')
  })
})

describe('without a script', () => {
  it('is taken by number and telephone, and waits for a person', async () => {
    const { code } = await ask.made()
    const form = { code, id: ask.office.ids(), words: '垃圾没人收', telephone: '10012340078' }
    const response = await ask.send('/submit', form)
    const html = await response.text()
    expect(response.status).toBe(200)
    const number = ask.numberIn(html)
    expect(await ask.requestOf(number)).toBeUndefined()
    const { waiting } = await ask.listed()
    const mine = waiting.find((one) => one.number === number)
    expect(mine).toMatchObject({ why: 'no-proof', words: '垃圾没人收', hasTelephone: true })
    expect(JSON.stringify(mine)).not.toContain('10012340078')
    const done = await ask.toOffice('/admit', {
      ...{ place: mine?.place, waiting: [mine?.id], stream: null, level: null },
    })
    expect(await done.json()).toMatchObject({ ok: true })
    const request = await ask.requestOf(number)
    const steps = await ask.desk.stepsOf(request?.id ?? '')
    expect(steps.map(({ step, to }) => [step, to])).toEqual([
      ['submit', 'waiting'],
      ['admit', 'submitted'],
    ])
    expect(courseOf(steps).state).toBe('submitted')
  })

  it('says in words what is missing, and gives back what was typed', async () => {
    const { code } = await ask.made()
    const id = ask.office.ids()
    const empty = await ask.send('/submit', { code, id, name: '样例' })
    const html = await empty.text()
    expect(empty.status).toBe(422)
    expect(html).toContain('请点一个，或写一句话')
    expect(html).toContain(`value="${id}"`)
    expect(html).toContain('value="样例"')
    const phone = await ask.send('/submit', { code, id, words: '灯', telephone: '一二三' })
    expect(await phone.text()).toContain('不像电话号码')
  })
})

describe('whoever asked', () => {
  async function followed() {
    const { code } = await ask.made()
    const { token, html } = await ask.asked(code)
    const request = await ask.requestOf(ask.numberIn(html))
    return { token, request: request?.id ?? '' }
  }
  const say = (token: string, fields: Readonly<Record<string, string>>) =>
    ask.send('/say', { token, ...fields })
  const stateOf = async (request: string) => courseOf(await ask.desk.stepsOf(request)).state

  it('reads the answer of the office, says that it is not solved, and rates', async () => {
    const { desk } = ask
    const { token, request } = await followed()
    await desk.does(desk.staff, request, 'accept')
    await desk.does(desk.staff, request, 'dispatch', { unit: desk.unit })
    await desk.unitDoes(request, 'answer', {
      ...{ words: '内部的话', wordsForAsker: '灯已换好', ending: 'solved' },
    })
    const before = await (await ask.send('/follow', { token })).text()
    expect(before).toContain('样例照明')
    expect(before).not.toContain('灯已换好')
    await desk.does(desk.staff, request, 'release')
    const page = await (await ask.send('/follow', { token })).text()
    expect(page).toContain('灯已换好')
    expect(page).not.toContain('内部的话')
    const again = await say(token, { act: 'not-solved', words: '还是不亮' })
    expect(again.status).toBe(200)
    const last = (await desk.stepsOf(request)).at(-1)
    expect(last).toMatchObject({ step: 'not-solved', to: 'accepted', words: '还是不亮' })
    expect(last).toMatchObject({ actor: 'asker', doneBy: residentId })
    await desk.does(desk.staff, request, 'answer-self', { ending: 'solved', wordsForAsker: '好了' })
    await say(token, { act: 'rate', content: 'content', solved: 'yes' })
    expect(await stateOf(request)).toBe('closed')
    expect(await (await ask.send('/follow', { token })).text()).toContain('满意')
  })

  it('withdraws, and takes that back within a day and not after it', async () => {
    const { token, request } = await followed()
    await say(token, { act: 'withdraw' })
    expect(await stateOf(request)).toBe('withdrawn')
    await say(token, { act: 'undo' })
    expect(await stateOf(request)).toBe('submitted')
    await say(token, { act: 'withdraw', after: (await ask.desk.lastOf(request)) ?? '' })
    expect(await stateOf(request)).toBe('withdrawn')
    ask.office.clock.at += 25 * 3_600_000
    const late = await (await ask.send('/follow', { token })).text()
    expect(late).not.toContain('value="undo"')
    await say(token, { act: 'undo', after: (await ask.desk.lastOf(request)) ?? '' })
    expect(await stateOf(request)).toBe('withdrawn')
  })

  it('taps twice and is heard once', async () => {
    const { token, request } = await followed()
    const [submit] = await ask.desk.stepsOf(request)
    const fields = { act: 'note', words: '急', after: submit?.id ?? '' }
    const pages = await Promise.all([say(token, fields), say(token, fields), say(token, fields)])
    for (const one of pages) expect(one.status).toBe(200)
    const notes = (await ask.desk.stepsOf(request)).filter(({ step }) => step === 'note')
    expect(notes).toHaveLength(1)
  })

  it('adds words while it waits, withdraws it there, and is told why it was turned away', async () => {
    const { code } = await ask.made()
    const { token, html } = await ask.asked(code, { isPrivate: 'on' })
    const number = ask.numberIn(html)
    await say(token, { act: 'note', words: '是昨天的事' })
    const mine = (await ask.listed()).waiting.find((one) => one.number === number)
    expect(mine).toMatchObject({ why: 'private', additions: ['是昨天的事'] })
    await say(token, { act: 'withdraw' })
    expect((await ask.listed()).waiting.some((one) => one.number === number)).toBe(false)
    await say(token, { act: 'undo' })
    await ask.toOffice('/turn-away', {
      ...{ place: mine?.place, waiting: [mine?.id], reason: 'not-for-office', told: '请找物业' },
    })
    const page = await (await ask.send('/follow', { token })).text()
    expect(page).toContain('请找物业')
    expect(page).toContain('不归本街道管')
    const back = await ask.toOffice('/take-back', { place: mine?.place, waiting: [mine?.id] })
    expect(await back.json()).toMatchObject({ ok: true })
    expect((await ask.listed()).waiting.some((one) => one.number === number)).toBe(true)
  })

  it('sees no telephone and no door, and neither does whoever has the link', async () => {
    const { code } = await ask.made()
    const { token } = await ask.asked(code, { telephone: '10012340078', name: '样例居民' })
    const page = await (await ask.send('/follow', { token })).text()
    expect(page).not.toContain('10012340078')
    expect(page).not.toContain('样例居民')
  })

  it('opens nothing by looking: fifty previews of the link act on nothing', async () => {
    const { token, request } = await followed()
    for (let look = 0; look < 50; look += 1) {
      const preview = await ask.page(`/follow?l=zh-CN`, { method: look % 2 ? 'HEAD' : 'GET' })
      expect(preview.status).toBe(200)
    }
    expect(await ask.desk.stepsOf(request)).toHaveLength(1)
    expect((await ask.send('/follow', { token })).status).toBe(200)
    expect((await ask.page(`/follow?token=${token}`)).status).toBe(200)
    expect(await (await ask.page(`/follow?token=${token}`)).text()).not.toContain(request)
  })

  it('finds nothing by guessing, and the right code still opens', async () => {
    const { token } = await followed()
    for (let guess = 0; guess < 200; guess += 1) {
      const wrong = await ask.send('/follow', { token: ask.newToken() })
      expect(wrong.status).toBe(404)
      if (guess === 0) expect(await wrong.text()).toContain('还没到服务器')
    }
    const mistyped = await ask.send('/follow', { token: token.slice(0, 27) + 'Z' })
    expect([200, 400]).toContain(mistyped.status)
    expect((await ask.send('/follow', { token: token.toLowerCase() })).status).toBe(200)
  })
})
