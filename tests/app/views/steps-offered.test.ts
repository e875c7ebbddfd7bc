/** Which steps are offered, to whom, and which of them stands on the filled button. */
import { describe, expect, it } from 'vitest'
import {
  countsOffline,
  errandSteps,
  sortSteps,
  stepsInBulk,
  stepsOffered,
} from '#app/views/steps-offered.ts'
import { isAsked, missingFields } from '#app/views/step-fields.ts'

const at = (state: 'submitted' | 'accepted' | 'handling', asks = {}) => ({
  course: { state, asks } as never,
})

describe('the steps of a request', () => {
  it('are those of the role, and an answer to an ask only where something is asked', () => {
    expect(stepsOffered(at('submitted'), 'worker')).toContain('settle')
    expect(stepsOffered(at('submitted'), 'staff')).toContain('accept')
    expect(stepsOffered(at('submitted'), 'auditor')).toEqual([])
    expect(stepsOffered(at('handling'), 'staff')).not.toContain('refuse-ask')
    const asked = stepsOffered(at('handling', { extension: { at: '', by: '' } }), 'staff')
    expect(asked).toContain('refuse-ask')
    expect(asked).not.toContain('grant-return')
  })

  it('put the likeliest first and what ends the matter last', () => {
    const { first, others, endings } = sortSteps(stepsOffered(at('accepted'), 'staff'))
    expect(first).toBe('dispatch')
    expect(others).toContain('note')
    expect(endings).toEqual(
      expect.arrayContaining(['merge', 'invalidate', 'withdraw', 'hand-outside']),
    )
    expect([...others, ...endings]).not.toContain('dispatch')
    expect(sortSteps([])).toEqual({ first: null, others: [], endings: [] })
  })

  it('leave out what no person makes on a page', () => {
    const { first, others, endings } = sortSteps(['submit', 'admit', 'note'])
    expect([first, others, endings]).toEqual(['note', [], []])
  })

  it('are for several requests those that all of them may take', () => {
    expect(stepsInBulk([], 'staff')).toEqual([])
    expect(stepsInBulk([at('submitted')], 'staff')).toContain('accept')
    expect(stepsInBulk([at('submitted'), at('accepted')], 'staff')).toEqual(['invalidate'])
  })

  it('count at once at a door, and once the office has it at a desk', () => {
    expect(countsOffline('settle', 'worker')).toBe(true)
    expect(countsOffline('dispatch', 'staff')).toBe(false)
  })
})

it('offers the answer of an errand that was signed on this device a moment ago', () => {
  const errand = { fields: { state: 'assigned' } }
  const signed = { version: 0, fields: { step: 'sign' } }
  const offered = (steps: readonly object[]) => errandSteps({ errand, steps } as never)
  expect(offered([])).toContain('sign')
  expect(offered([signed])).not.toContain('sign')
  expect(offered([signed])).toContain('answer')
  // What the office has says so by the state of the errand itself.
  expect(offered([{ ...signed, version: 7 }])).toContain('sign')
})

describe('the form of a step', () => {
  it('asks whether it is solved only where somebody was reached', () => {
    expect(isAsked('call-back', 'solved', {})).toBe(false)
    expect(isAsked('call-back', 'solved', { reached: true })).toBe(true)
    expect(isAsked('call-back', 'content', { reached: false })).toBe(false)
    expect(isAsked('rate', 'solved', {})).toBe(true)
  })

  it('says what must be filled and is not', () => {
    expect(missingFields('dispatch', {})).toEqual(['unit'])
    expect(missingFields('dispatch', { unit: 'x' })).toEqual([])
    expect(missingFields('call-back', { reached: false })).toEqual([])
    expect(missingFields('note', { words: '' })).toEqual(['words'])
  })
})
