/**
 * What strangers may send to the resident's page: codes of others, odd input, floods; each has an answer in words.
 * Holds `src/server/routes/ask/app.ts` and `src/server/routes/ask/challenge.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idBornIn } from '#domain/born-ids.ts'
import { judgeSticker, shortOfSticker, stickerAddress, writeSticker } from '#domain/ask/sticker.ts'
import { openAsk, rubbishItem, type AskDesk } from './ask-desk.ts'

let ask: AskDesk
beforeAll(async () => {
  ask = await openAsk()
})
afterAll(() => ask.office.close())

describe('a code on a wall', () => {
  it('is known offline by its address or its first letters, and its copy elsewhere is not', async () => {
    const sticker = await ask.made()
    const codes = [{ fields: sticker }]
    expect(judgeSticker(stickerAddress(sticker), codes)).toMatchObject({
      is: 'true',
      isWhole: true,
    })
    expect(judgeSticker(shortOfSticker(sticker.code), codes)).toMatchObject({ is: 'true' })
    const fake = `https://ask-office.example/${sticker.code}`
    expect(judgeSticker(fake, codes)).toMatchObject({ is: 'elsewhere' })
    expect(judgeSticker('0'.repeat(8), codes)).toMatchObject({ is: 'unknown' })
  })

  it('reaches the worker’s phone, and never a department’s', async () => {
    const { id } = await ask.made()
    expect((await ask.desk.worker.pull()).records.has(id)).toBe(true)
    expect((await ask.desk.handler.pull()).records.has(id)).toBe(false)
  })

  it('that was stopped gives the telephone and takes nothing', async () => {
    const { office } = ask
    const sticker = await ask.made()
    const { community } = office.places
    const set = { place: community, telephone: '0571-00000000', codeHour: 6, codeDay: 20 }
    const done = await ask.toOffice('/page', { ...set, placeHour: 300 })
    expect(await done.json()).toMatchObject({ ok: true })
    await ask.toOffice('/codes/stop', { codes: [{ stream: sticker.stream, id: sticker.id }] })
    const page = await ask.page(`/${sticker.code}`)
    expect(page.status).toBe(410)
    expect(await page.text()).toContain('0571-00000000')
    const { response } = await ask.asked(sticker.code)
    expect(response.status).toBe(410)
  })

  it('that is none of ours says so', async () => {
    const page = await ask.page('/0123456789ABCDEFGHJKMN')
    expect(page.status).toBe(404)
    expect(await page.text()).toContain('不是我们的')
    expect((await ask.page(`/${encodeURIComponent("<script>alert('x')</script>")}`)).status).toBe(
      404,
    )
  })

  it('of another subdistrict’s server opens nothing here', async () => {
    const code = writeSticker(new Uint8Array(12).fill(9))
    expect((await ask.page(`/${code}`)).status).toBe(404)
  })

  it('is replaced by another one in one act', async () => {
    const old = await ask.made()
    const id = idBornIn(old.stream, ask.office.ids())
    const done = await ask.toOffice('/codes/make', {
      codes: [{ stream: old.stream, id, name: old.name, building: ask.house }],
      replaces: { stream: old.stream, id: old.id },
    })
    expect(await done.json()).toMatchObject({ ok: true })
    expect(await ask.codeOf(old.id)).toMatchObject({ replacedBy: id })
    expect((await ask.page(`/${old.code}`)).status).toBe(410)
    expect((await ask.page(`/${(await ask.codeOf(id)).code}`)).status).toBe(200)
  })
})

describe('odd input', () => {
  it('is answered in words, never with a fault', async () => {
    const { code } = await ask.made()
    const id = ask.office.ids()
    const long = await ask.send('/submit', { code, id, words: '长'.repeat(350_000) })
    expect(long.status).toBe(413)
    expect(await long.text()).toContain('1000字')
    const just = await ask.send('/submit', { code, id, words: '长'.repeat(1_001) })
    expect(just.status).toBe(422)
    const types = ['application/json', 'text/plain', 'multipart/form-data']
    for (const type of types) {
      const response = await ask.page('/submit', {
        ...{ method: 'POST', headers: { 'content-type': type }, body: '{"a":1}' },
      })
      expect(response.status).toBe(400)
    }
    const foreign = await ask.send(
      '/submit',
      { code, id, words: '灯' },
      { 'sec-fetch-site': 'cross-site' },
    )
    expect(foreign.status).toBe(400)
    for (const bad of [
      '\u0000',
      '\ud800',
      '<img src=x onerror=alert(1)>',
      '"><script>',
      '{}',
      '[]',
    ]) {
      for (const field of [
        'words',
        'name',
        'telephone',
        'door',
        'item',
        'id',
        'code',
        'token',
        'proof',
      ]) {
        const response = await ask.send('/submit', {
          code,
          id: ask.office.ids(),
          words: '灯',
          [field]: bad,
        })
        expect(response.status, `${field} ${bad}`).toBeLessThan(500)
        const html = await response.text()
        expect(html).not.toContain('<img src=x')
        expect(html).not.toContain('"><script>')
      }
      for (const path of ['/follow', '/say', '/challenge']) {
        const response = await ask.send(path, { token: bad, act: bad, after: bad, code: bad })
        expect(response.status).toBeLessThan(500)
      }
    }
  })

  it('loses letters that turn the direction of what follows, and keeps numbers for who reads them', async () => {
    const { code } = await ask.made()
    const words = '灯坏了\u202e 请打 100 1234 0078，证号 200101199001011234\u2066'
    const { html } = await ask.asked(code, { words })
    const request = await ask.requestOf(ask.numberIn(html))
    expect(request?.fields?.['words']).toBe('灯坏了 请打 100 1234 0078，证号 200101199001011234')
  })
})

describe('what came over a limit', () => {
  it('waits, and neighbours at other doors do not', async () => {
    const { code } = await ask.made('清风阳光苑 4幢1单元', { building: null })
    const first: string[] = []
    for (let sent = 0; sent < 7; sent += 1) {
      const { html } = await ask.asked(code, { words: `第 ${sent} 件`, item: rubbishItem })
      first.push(ask.numberIn(html))
    }
    const { waiting } = await ask.listed()
    expect(waiting.filter(({ number }) => first.includes(number))).toMatchObject([{ why: 'many' }])
    const other = await ask.made('清风阳光苑 5幢1单元', { building: null })
    const { html } = await ask.asked(other.code)
    expect(await ask.requestOf(ask.numberIn(html))).toBeDefined()
  })

  it('is the same for a proof that was used before, or was made for another door', async () => {
    const [one, two] = [await ask.made(), await ask.made()]
    const proof = await ask.proved(one.code)
    const stateOf = async (code: string) => {
      const { html } = await ask.asked(code, { proof })
      return (await ask.listed()).waiting.find(({ number }) => number === ask.numberIn(html))?.why
    }
    expect(await stateOf(one.code)).toBeUndefined()
    expect(await stateOf(one.code)).toBe('no-proof')
    expect(await stateOf(two.code)).toBe('no-proof')
  })

  it('is turned away by code and hour, and taken back for 30 days', async () => {
    const sticker = await ask.made()
    const numbers: string[] = []
    for (let sent = 0; sent < 5; sent += 1) {
      const form = { code: sticker.code, id: ask.office.ids(), words: `广告 ${sent}` }
      numbers.push(ask.numberIn(await (await ask.send('/submit', form)).text()))
    }
    const group = (await ask.listed()).groups.find(({ code }) => code === sticker.id)
    expect(group?.count).toBe(5)
    const chosen = { place: group?.place, group: { code: sticker.id, hour: group?.hour } }
    await ask.toOffice('/turn-away', { ...chosen, reason: 'abuse', told: '不予办理' })
    const after = await ask.listed()
    expect(after.waiting.some(({ number }) => numbers.includes(number))).toBe(false)
    expect(after.away.find(({ code }) => code === sticker.id)?.count).toBe(5)
    ask.office.clock.at += 29 * 24 * 3_600_000
    const staff = await ask.office.enter('staff')
    await ask.toOffice('/take-back', chosen, staff)
    const back = await ask.listed(staff)
    expect(back.waiting.filter(({ number }) => numbers.includes(number))).toHaveLength(5)
    await ask.toOffice('/turn-away', { ...chosen, reason: 'abuse', told: '不予办理' }, staff)
    ask.office.clock.at += 31 * 24 * 3_600_000
    await ask.office.server.runCalendar()
    const later = await ask.office.enter('staff')
    expect((await ask.listed(later)).away.some(({ code }) => code === sticker.id)).toBe(false)
    const kept = await ask.office.db
      .selectFrom('ask_request')
      .select('said')
      .where('code', '=', sticker.id)
      .execute()
    expect(kept.every(({ said }) => said === null)).toBe(true)
  })
})
