import { expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import {
  countFaults,
  draftOfPolicy,
  isDaysRight,
  isNoticeNew,
  nextPolicy,
  textFault,
  type PolicyDraft,
} from '#app/views/policy-draft.ts'
import { today } from '../register/grid-of-samples.ts'

const filled = { ...defaultPolicy, owner: '样例街道', office: '样例社区', officeContact: '窗口' }
const draft = draftOfPolicy(filled)
const withDays = (days: Partial<PolicyDraft['days']>): PolicyDraft => ({
  ...draft,
  days: { ...draft.days, ...days },
})

it('opens without a fault, and saves as the next version what nobody changed', () => {
  expect(countFaults(draft)).toBe(0)
  const next = nextPolicy(filled, draft, today)
  expect(next.policyVersion).toBe(filled.policyVersion + 1)
  expect(next.noticeVersion).toBe(filled.noticeVersion)
  expect(next).toMatchObject({ from: today, keepGoneDays: filled.keepGoneDays, owner: '样例街道' })
})

it('takes whole days within their bounds alone', () => {
  const typed = ['', '29', '30', '3650', '3651', '30.5', '-30', '三十']
  expect(typed.map((text) => isDaysRight('keepGoneDays', text))).toEqual([
    ...[false, false, true, true, false, false, false, false],
  ])
  expect(countFaults(withDays({ answerDays: '0', sessionDays: 'x' }))).toBe(2)
})

it('names braces that nothing fills in, and an empty text', () => {
  expect(textFault(' ')).toBe('required')
  expect(textFault('样例 {样例} 样例')).toEqual(['{样例}'])
  expect(textFault(filled.noticeText)).toBeNull()
  const values = { ...filled, noticeText: '', noticeTextEn: '{sample}' }
  expect(countFaults({ ...draft, values })).toBe(2)
})

it('tells everybody again only where a text is another one', () => {
  const changed = { ...draft, values: { ...filled, noticeText: `${filled.noticeText}。` } }
  expect([isNoticeNew(filled, draft), isNoticeNew(filled, changed)]).toEqual([false, true])
  expect(nextPolicy(filled, changed, today).noticeVersion).toBe(filled.noticeVersion + 1)
})

it('keeps no name of spaces', () => {
  const values = { ...filled, owner: '  ', office: ' 样例社区 ' }
  expect(nextPolicy(filled, { ...draft, values }, today)).toMatchObject({
    owner: null,
    office: '样例社区',
  })
})
