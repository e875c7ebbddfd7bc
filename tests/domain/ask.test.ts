/** What is pure of the resident's page: stickers, limits, proofs, what is said. */
import { describe, expect, it } from 'vitest'
import { pageProblems, pageWords } from '#domain/ask/page-words.ts'
import { personalNumbers } from '#domain/ask/personal.ts'
import { beginsWithZeros } from '#domain/ask/proof.ts'
import { limitsOf, usualLimits, waitsFor } from '#domain/ask/limits.ts'
import { additionOf, readSubmission, sameSaid } from '#domain/ask/said.ts'
import { judgeSticker, readSticker, shortOfSticker, writeSticker } from '#domain/ask/sticker.ts'

const code = writeSticker(Uint8Array.from({ length: 12 }, (_, at) => at * 17))
const fields = { code, address: 'https://ask.example.cn', name: '清风阳光苑 3幢1单元' }
const codes = [{ fields }]
const id = '00000000-0000-4000-8000-000000000001'

describe('a sticker', () => {
  it('has 22 letters, of which the last two tell a slip of the pen', () => {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{22}$/)
    expect(readSticker(code.toLowerCase())).toBe(code)
    expect(readSticker(`${fields.address}/${code}?l=en`)).toBe(code)
    for (let at = 0; at < code.length; at += 1) {
      const other = code[at] === '7' ? '8' : '7'
      expect(readSticker(code.slice(0, at) + other + code.slice(at + 1))).toBeNull()
    }
  })

  it.each([
    [`https://ask.example.cn/${code}`, 'true'],
    [`ask.example.cn/${code}`, 'true'],
    [code, 'true'],
    [shortOfSticker(code), 'true'],
    [`${code.slice(0, 4)}-${code.slice(4, 8)}`, 'true'],
    [`https://ask.example.cn.evil.example/${code}`, 'elsewhere'],
    [`https://evil.example/ask.example.cn/${code}`, 'elsewhere'],
    [writeSticker(new Uint8Array(12)), 'unknown'],
    ['1234', 'unreadable'],
  ])('%s is judged %s', (given, verdict) => {
    expect(judgeSticker(given, codes).is).toBe(verdict)
  })

  it('is known as stopped', () => {
    const stopped = [{ fields: { ...fields, stopped: '2026-11-23T06:32:00.000Z' } }]
    expect(judgeSticker(code, stopped).is).toBe('stopped')
  })
})

describe('what waits', () => {
  const before = { ofCodeThisHour: 0, ofCodeToday: 0, ofPlaceThisHour: 0 }
  const said = { words: '灯不亮', isPrivate: false }
  it.each([
    ['goes in', said, true, before, null],
    ['has no proof', said, false, before, 'no-proof'],
    ['is for the office', { ...said, isPrivate: true }, true, before, 'private'],
    ['has links', { ...said, words: 'http://a http://b www.c' }, true, before, 'links'],
    ['is the seventh of an hour', said, true, { ...before, ofCodeThisHour: 6 }, 'many'],
    ['is the 21st of a day', said, true, { ...before, ofCodeToday: 20 }, 'many'],
    ['is the 301st of a community', said, true, { ...before, ofPlaceThisHour: 300 }, 'many'],
  ] as const)('%s', (_, words, isProven, counts, why) => {
    expect(waitsFor(words, isProven, counts, usualLimits)).toBe(why)
  })

  it('goes by the numbers of the place', () => {
    const limits = limitsOf({ codeHour: 0 })
    expect(limits).toEqual({ ...usualLimits, codeHour: 0 })
    expect(waitsFor(said, true, before, limits)).toBe('many')
  })
})

describe('a proof', () => {
  it('counts zero bits from the first', () => {
    expect(beginsWithZeros(Uint8Array.of(0, 0x7f), 9)).toBe(true)
    expect(beginsWithZeros(Uint8Array.of(0, 0x80), 9)).toBe(false)
    expect(beginsWithZeros(Uint8Array.of(), 1)).toBe(false)
  })
})

describe('numbers of people', () => {
  it.each([
    ['二楼灯不亮', []],
    ['3幢1单元 2026年11月', []],
    ['打 100 1234 0078', ['telephone']],
    ['０５７１－００００００００', ['telephone']],
    ['200101199001011234', ['identity']],
    ['20010119900101123X 和 10012340078', ['identity', 'telephone']],
  ] as const)('%s', (words, found) => {
    expect(personalNumbers(words)).toEqual(found)
  })
})

describe('what is said', () => {
  it('needs a tap or a sentence, and nothing of a person', () => {
    expect(readSubmission({ id, item: id })).toMatchObject({ ok: true })
    expect(readSubmission({ id, words: '灯' })).toMatchObject({
      submission: { said: { isToldToUnit: false, isPrivate: false, name: null } },
    })
    expect(readSubmission({ id })).toMatchObject({ problems: [{ field: 'words' }] })
    expect(readSubmission({ words: '灯' })).toMatchObject({ problems: [{ field: 'id' }] })
  })

  it('loses letters that nobody sees, and is the same with and without them', () => {
    const [one, two] = ['灯\u202e不亮', '灯不亮'].map((words) => readSubmission({ id, words }))
    if (!one?.ok || !two?.ok) throw new Error('not read')
    expect(sameSaid(one.submission.said)).toBe(sameSaid(two.submission.said))
    expect(additionOf(one.submission.said)).toBe('灯不亮')
  })

  it('takes a broken proof for none', () => {
    for (const proof of ['x', null, {}, { challenge: {}, nonce: 1 }, [1]]) {
      expect(readSubmission({ id, words: '灯', proof })).toMatchObject({
        submission: { proof: null },
      })
    }
  })
})

it('has words for every problem in both languages', () => {
  for (const words of Object.values(pageWords)) {
    for (const problem of pageProblems) expect(words.problems[problem]).not.toBe('')
  }
})
