import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import {
  fieldSentence,
  hotlineProblems,
  hotlineSentence,
  readHotlineRequest,
  toldToAsker,
} from '#domain/requests/hotline.ts'
import type { JudgedStep } from '#domain/requests/course.ts'

const given = { service_code: 'other', outside_number: 'H-1', description: '路灯不亮' }
const problemsOf = (more: object) => {
  const read = readHotlineRequest({ ...given, ...more })
  return read.ok ? [] : read.problems.map(({ field, problem }) => `${field} ${problem}`)
}

describe('what a hotline posts', () => {
  it('is read from text and from JSON, cleaned', () => {
    const read = readHotlineRequest({
      ...{ ...given, outside_number: 20_260_001, description: '  路灯不亮 \u200b', lat: '30.05' },
      ...{ long: 119.95, last_name: '样', first_name: '例', phone: '100 1234 0078' },
      ...{ call_allowed: 'yes', requested_datetime: '2026-11-30T09:00:00+08:00' },
    })
    expect(read).toMatchObject({
      ok: true,
      request: {
        ...{ outsideNumber: '20260001', words: '路灯不亮', latitude: 30.05, longitude: 119.95 },
        ...{ name: '样例', telephone: '10012340078', isToldToUnit: true, item: null },
        askedAt: '2026-11-30T01:00:00.000Z',
      },
    })
  })

  it('is refused field by field', () => {
    expect(problemsOf({ outside_number: '' })).toEqual(['outside_number required'])
    expect(problemsOf({ description: '字'.repeat(1_001) })).toEqual(['description too-long'])
    expect(problemsOf({ lat: 91, long: 0 })).toEqual(['lat too-large'])
    expect(problemsOf({ lat: 30 })).toEqual(['long required'])
    expect(problemsOf({ answer_by: '2026-02-31' })).toEqual(['answer_by not-a-day'])
    expect(problemsOf({ requested_datetime: '2026-11-30 09:00' })).toEqual([
      'requested_datetime not-an-instant',
    ])
    expect(problemsOf({ requested_datetime: '9999-12-31T23:59:59-08:00' })).toEqual([
      'requested_datetime not-an-instant',
    ])
    expect(problemsOf({ phone: 'none' })).toEqual(['phone not-a-telephone'])
  })

  it('of whatever shape never throws, and what is wrong has a sentence in both languages', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names, 'x'), fc.anything()), (values) => {
        const read = readHotlineRequest(values)
        if (read.ok) return
        expect(read.problems.length).toBeGreaterThan(0)
        for (const problem of read.problems) expect(fieldSentence(problem)).toMatch(/。\w/)
      }),
    )
    for (const problem of Object.keys(hotlineProblems) as (keyof typeof hotlineProblems)[]) {
      expect(hotlineSentence(problem)).toMatch(/[\u4e00-\u9fff].*[A-Za-z]/)
    }
  })
})

const names = [
  ...['service_code', 'outside_number', 'description', 'address_string', 'lat', 'long', 'phone'],
  ...['last_name', 'first_name', 'answer_by', 'requested_datetime', 'call_allowed'],
]

describe('what is told', () => {
  const step = (name: JudgedStep['step'], more: Partial<JudgedStep> = {}): JudgedStep => ({
    ...{ id: name, doneBy: 'x', request: 'r', step: name, at: '2026-11-30T01:00:00.000Z' },
    ...{ moved: true, actor: 'staff' },
    ...more,
  })
  it('is a unit’s answer once it is released, and never a note or what was sent back', () => {
    const answer = step('answer', { actor: 'handler', wordsForAsker: '已修好' })
    expect(toldToAsker([step('note', { words: '内部' }), answer])).toEqual([])
    expect(toldToAsker([answer, step('release')])).toMatchObject([{ words: '已修好' }])
    const better = step('answer', { actor: 'handler', wordsForAsker: '真的修好了' })
    expect(toldToAsker([answer, step('send-back'), better, step('release')])).toMatchObject([
      { words: '真的修好了' },
    ])
    const asked = step('ask-extension', { actor: 'handler', wordsForAsker: '再等等' })
    expect(toldToAsker([asked])).toEqual([])
    expect(toldToAsker([step('suspend', { wordsForAsker: '等配件' })])).toMatchObject([
      { words: '等配件' },
    ])
    expect(toldToAsker([step('suspend', { moved: false, wordsForAsker: '等配件' })])).toEqual([])
  })
})
