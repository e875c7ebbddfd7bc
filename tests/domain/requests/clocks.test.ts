/** Dues read from steps, the time ledger, supervision, numbers and masked words. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { defaultLimits, errandDueOf, isInTime, promiseOf } from '#domain/requests/clocks.ts'
import { dueOf } from '#domain/requests/due.ts'
import { hasMaskedWords, maskWords } from '#domain/requests/mask-words.ts'
import { readRequestNumber, requestNumber } from '#domain/requests/number.ts'
import { supervisionNow, supervisionsOf } from '#domain/requests/supervision.ts'
import { timeLedger } from '#domain/requests/time-ledger.ts'
import { answer, at, createHandled, createStory, time, unitA } from './story.ts'

const limitsOf = (level: keyof typeof defaultLimits) => defaultLimits[level]
const moment = (text: string) => Date.parse(at(text))
const hours = 3_600_000

describe('the promise', () => {
  it('runs from the door, is an estimate before acceptance, and stops while suspended', () => {
    const story = createStory()
    story.tell('worker', 'submit', { at: '11-25 10:00' })
    expect(promiseOf(story.steps, limitsOf, time)).toMatchObject({
      ...{ at: moment('12-02 17:30'), isEstimate: true, round: 1 },
    })
    story.tell('staff', 'accept', { at: '11-25 10:30' })
    story.tell('staff', 'dispatch', { at: '11-25 11:00', unit: unitA })
    story.tell('handler', 'sign', { at: '11-25 11:30', handlerOf: unitA })
    const suspension = { reason: 'parts', until: '2026-12-05', wordsForAsker: '等配件' }
    story.tell('staff', 'suspend', { at: '11-27 10:00', ...suspension })
    expect(promiseOf(story.steps, limitsOf, time)?.suspendedAt).toBe(moment('11-27 10:00'))
    story.tell('handler', 'resume', { at: '12-01 09:00', handlerOf: unitA })
    expect(promiseOf(story.steps, limitsOf, time)).toMatchObject({
      ...{ at: moment('12-04 17:30'), isEstimate: false, suspendedAt: null },
    })
    story.tell('staff', 'set-level', { at: '12-01 14:00', level: 'urgent' })
    expect(promiseOf(story.steps, limitsOf, time)?.at).toBe(moment('12-02 14:00'))
  })

  it('of a second round has three working days of its own', () => {
    const story = createHandled()
    story.tell('handler', 'answer', { at: '11-26 15:00', handlerOf: unitA, ...answer })
    story.tell('staff', 'release', { at: '11-26 16:00' })
    story.tell('asker', 'not-solved', { at: '11-30 20:00' })
    expect(promiseOf(story.steps, limitsOf, time)).toMatchObject({
      ...{ at: moment('12-03 17:30'), round: 2 },
    })
  })

  it('E18: the errand of a request that was long on the way is due with the promise', () => {
    const story = createStory()
    story.tell('worker', 'submit', { at: '11-30 10:00', arrives: '12-02 09:00' })
    story.tell('staff', 'accept', { at: '12-02 09:30' })
    story.tell('staff', 'dispatch', { at: '12-02 10:00', unit: unitA })
    expect(errandDueOf(story.steps, limitsOf, time)).toBe(moment('12-07 17:30'))
  })

  it('and the errand of a unit are both moved by a suspension, and by more time', () => {
    const story = createHandled()
    const due = () => errandDueOf(story.steps, limitsOf, time)
    expect(due()).toBe(moment('12-02 17:30'))
    const suspension = { reason: 'parts', until: '2026-12-05', wordsForAsker: '等配件' }
    story.tell('staff', 'suspend', { at: '11-27 10:00', ...suspension })
    story.tell('handler', 'resume', { at: '12-01 09:00', handlerOf: unitA })
    expect(due()).toBe(moment('12-04 17:30'))
    story.tell('staff', 'extend', { at: '12-03 10:00', days: 10, wordsForAsker: '等配件' })
    expect(due()).toBe(moment('12-18 17:30'))
  })

  it('is not shortened by a level that a worker only proposes', () => {
    const story = createHandled()
    story.tell('worker', 'propose-level', { at: '11-26 10:00', level: 'urgent' })
    expect(errandDueOf(story.steps, limitsOf, time)).toBe(moment('12-02 17:30'))
  })

  it('R17: is the day that another system was promised, where that is earlier', () => {
    const story = createStory()
    story.tell('asker', 'submit', { at: '11-25 10:00', until: '2026-11-30' })
    expect(promiseOf(story.steps, limitsOf, time)?.at).toBe(moment('11-30 17:30'))
  })

  it('is kept by the moment of doing, if the word of it comes within a working day', () => {
    const due = moment('12-02 17:30')
    expect(isInTime(due, moment('12-02 17:00'), moment('12-03 17:00'), time)).toBe(true)
    expect(isInTime(due, moment('12-02 17:00'), moment('12-04 09:00'), time)).toBe(false)
    expect(isInTime(due, moment('12-02 17:31'), moment('12-02 17:32'), time)).toBe(false)
  })
})

describe('the time ledger', () => {
  it('says who held it, and its parts sum to the whole', () => {
    const story = createStory()
    story.tell('worker', 'submit', { at: '11-25 10:00', arrives: '11-26 09:12' })
    story.tell('staff', 'accept', { at: '11-26 09:40' })
    story.tell('staff', 'dispatch', { at: '11-26 09:40', unit: unitA })
    story.tell('handler', 'answer', { at: '11-27 17:30', handlerOf: unitA, ...answer })
    const ledger = timeLedger(story.steps, moment('11-27 17:30'), time)
    expect(ledger).toEqual([
      // 11-25 10:00 to 11-26 09:12: six hours of Wednesday and 42 minutes of Thursday.
      { holder: 'way', unit: null, spent: 6 * hours + 42 * 60_000 },
      { holder: 'office', unit: null, spent: 28 * 60_000 },
      { holder: 'unit', unit: unitA, spent: 6 * hours + 20 * 60_000 + 7.5 * hours },
    ])
    const sum = ledger.reduce((total, { spent }) => total + spent, 0)
    expect(sum).toBe(time.timeBetween(moment('11-25 10:00'), moment('11-27 17:30')))
  })

  it('sums to the whole however the request went', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(gaps, fc.boolean(), (minutes, byClock) => {
        const base = moment('10-09 09:00')
        const stamps = minutes.reduce<number[]>(
          (all, gap) => [...all, (all.at(-1) ?? base) + gap * 60_000],
          [],
        )
        const clock = (index: number) =>
          new Date((stamps[index] ?? base) + 8 * hours).toISOString().slice(5, 16).replace('T', ' ')
        const story = createStory()
        story.tell('worker', 'submit', { at: '10-09 09:00', arrives: clock(0) })
        story.tell('staff', 'accept', { at: clock(1) })
        story.tell('staff', 'dispatch', { at: clock(2), unit: unitA })
        story.tell('handler', 'sign', { at: clock(3), handlerOf: unitA })
        story.tell('handler', 'answer', { at: clock(4), handlerOf: unitA, ...answer })
        const end = stamps[5] ?? base
        const sum = timeLedger(story.steps, end, time, byClock).reduce(
          (all, { spent }) => all + spent,
          0,
        )
        expect(sum).toBe(byClock ? end - base : time.timeBetween(base, end))
      }),
    )
  })
})

describe('supervision', () => {
  const due = dueOf(moment('11-25 10:00'), { unit: 'working-days', count: 5 }, [], time)

  it('reminds on the working day before, and speaks at the due, two and five working days after it', () => {
    expect(supervisionsOf(due, false, time)).toEqual([
      { level: 0, at: moment('12-01 09:00') },
      { level: 1, at: moment('12-02 17:30') },
      { level: 2, at: moment('12-04 17:30') },
      { level: 3, at: moment('12-09 17:30') },
    ])
  })

  it('E24: the second one waits for the holiday to end', () => {
    const before = { at: moment('09-29 17:30'), unit: 'working-days' as const, suspendedAt: null }
    expect(supervisionsOf(before, false, time)[2]).toEqual({ level: 2, at: moment('10-08 17:30') })
  })

  it('of a limit in hours has no reminder, and speaks at night only where it is urgent', () => {
    const night = { at: moment('02-17 01:30'), unit: 'clock-hours' as const, suspendedAt: null }
    expect(supervisionsOf(night, true, time)[0]).toEqual({ level: 1, at: night.at })
    expect(supervisionsOf(night, false, time)[0]).toEqual({ level: 1, at: moment('02-24 08:30') })
  })

  it('is silent while the request is suspended', () => {
    expect(supervisionsOf({ ...due, suspendedAt: moment('11-27 10:00') }, false, time)).toEqual([])
  })

  it('says the highest that is over, once', () => {
    const plan = supervisionsOf(due, false, time)
    expect(supervisionNow(plan, null, moment('11-30 12:00'))).toBeNull()
    expect(supervisionNow(plan, null, moment('12-01 09:00'))).toBe(0)
    expect(supervisionNow(plan, 0, moment('12-01 10:00'))).toBeNull()
    expect(supervisionNow(plan, 0, moment('12-05 10:00'))).toBe(2)
    expect(supervisionNow(plan, 2, moment('12-05 10:00'))).toBeNull()
  })
})

describe('a number', () => {
  const parts = { letters: 'JJQ', at: at('11-25 10:00'), tag: '07', count: 3 }

  it('is short, and counts the day in China', () => {
    expect(requestNumber(parts)).toBe('JJQ-261125-07-03')
    expect(requestNumber({ ...parts, at: '2026-11-25T16:30:00.000Z' })).toBe('JJQ-261126-07-03')
  })

  it.each(['jjq 261125 07 3', 'JJQ26112507 03', 'ＪＪＱ－261125－07－03', ' JJQ-261125-07-03 '])(
    'is found as somebody types it: %s',
    (text) => {
      expect(readRequestNumber(text)).toBe('JJQ-261125-07-03')
    },
  )

  it.each(['', 'JJQ', '261125', '王*兰', 'JJQ-26112-07-03'])('%s is none', (text) => {
    expect(readRequestNumber(text)).toBeNull()
  })
})

describe('words for a unit', () => {
  it.each([
    ['电话10012340078，急', '电话***********，急'],
    ['打 100 1234 0078 或 0571-00000000', '打 ************* 或 *************'],
    ['身份证 200101199001010011 老人', '身份证 ****************** 老人'],
    ['２００１０１１９９００１０１００１１', '******************'],
    ['20010119900101001X', '******************'],
    ['护照E12345678', '护照E********'],
  ])('%s: all of them are masked', (words, masked) => {
    expect(maskWords(words)).toBe(masked)
    expect(hasMaskedWords(words)).toBe(true)
  })

  it.each(['3幢1单元302楼道灯不亮', '11月25日10:00', '水漏了2天，303室', '110、119、120'])(
    '%s stays',
    (words) => {
      expect(maskWords(words)).toBe(words)
    },
  )

  it('hold no run of seven digits any more, wherever numbers stand', () => {
    const number = fc.integer({ min: 1_000_000, max: 99_999_999_999 }).map(String)
    const word = fc.constantFrom('灯坏了', '，', '请打', ' ', '或者', '。')
    fc.assert(
      fc.property(fc.array(fc.oneof(number, word), { maxLength: 12 }), (pieces) => {
        expect(maskWords(pieces.join('，'))).not.toMatch(/\d{7}/)
      }),
    )
  })
})
