/** The notice that people are told: true, filled in, and of the policy that counts. */
import { describe, expect, it } from 'vitest'
import {
  emptyPlaceholders,
  noticeLines,
  placeholders,
  unknownPlaceholders,
} from '#domain/notice.ts'
import { colourLimits } from '#domain/colour-limits.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import { sampleOffice, samplePolicy } from '#tests/support/sample-policy.ts'

const unnamed = { owner: '（无）', office: '本街道', officeContact: '社区办公室' }
const told = (language: 'zh' | 'en', policy = samplePolicy) =>
  noticeLines(policy, language, ['姓名', '电话'], unnamed).join('\n')

describe.each(['zh', 'en'] as const)('the product’s own notice in %s', (language) => {
  it('names who handles the data and how to reach them, what is asked, for how long, and who answers when', () => {
    for (const value of Object.values(sampleOffice)) expect(told(language)).toContain(value)
    for (const value of ['姓名', '180', '1095', '15']) expect(told(language)).toContain(value)
    expect(told(language)).not.toMatch(/[{}]/)
  })

  it('says what the policy says now', () => {
    const policy = { ...samplePolicy, keepGoneDays: 365, keepAskersDays: 90, answerDays: 7 }
    expect(told(language, policy)).toContain('365')
    expect(told(language, policy)).not.toContain('180')
  })

  it('claims encryption of phones and tablets alone, for the server has none', () => {
    const claims = told(language)
      .split(/[。.;\n]/)
      .filter((sentence) => /加密|encrypt/i.test(sentence))
    expect(claims).toHaveLength(1)
    expect(claims[0]).toMatch(/手机和平板|phones and tablets/)
  })

  it('says what people may ask, and what a colour never decides', () => {
    const rights =
      language === 'zh'
        ? ['查看', '复制', '更正', '删除', '限制处理', '撤回同意', '说明', '由人重新决定']
        : [
            'see',
            'copy',
            'correct',
            'delete',
            'restrict',
            'withdraw',
            'explanation',
            'person decide',
          ]
    for (const right of rights) expect(told(language)).toContain(right)
    const never = language === 'zh' ? ['补助', '住房', '入学'] : ['benefits', 'housing', 'school']
    for (const one of never) {
      expect(told(language)).toContain(one)
      expect(colourLimits[language].never).toContain(one)
    }
  })

  it('can be told before the office has said who it is', () => {
    expect(told(language, defaultPolicy)).toContain(unnamed.office)
    expect(told(language, defaultPolicy)).not.toMatch(/[{}]/)
  })

  it('has its placeholders in both languages', () => {
    const text = language === 'en' ? defaultPolicy.noticeTextEn : defaultPolicy.noticeText
    for (const [zh, en] of Object.values(placeholders)) {
      expect(text.includes(language === 'en' ? en : zh)).toBe(true)
    }
  })
})

describe('a placeholder', () => {
  it('that stands for nothing is found', () => {
    expect(unknownPlaceholders('{单位}和{什么}和{什么}')).toEqual(['{什么}'])
    expect(unknownPlaceholders('{office} and {days}')).toEqual([])
  })

  it('is empty where the notice names what the policy leaves out', () => {
    expect(emptyPlaceholders(defaultPolicy).sort()).toEqual(['office', 'officeContact', 'owner'])
    expect(emptyPlaceholders(samplePolicy)).toEqual([])
    const plain = { ...defaultPolicy, noticeText: '您好', noticeTextEn: 'Hello' }
    expect(emptyPlaceholders(plain)).toEqual([])
  })
})
