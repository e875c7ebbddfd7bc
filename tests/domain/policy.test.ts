import { describe, expect, it } from 'vitest'
import { defaultPolicy, faultOfPolicy, fieldsOff, newestPolicy } from '#domain/policy-in-force.ts'
import { fieldsThatMayBeOff, purposes, requestPurposes } from '#domain/purpose.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import { askerSchema, requestSchema } from '#domain/requests/request.ts'
import { residentSchema } from '#domain/resident.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'

/** What places a person or is set by the office itself asks nothing of anybody. */
const without = ['household', 'overrides', 'noticeOn', 'noticeVersion']

describe('the purpose catalogue', () => {
  it('names for every field of a resident why it is asked, in both languages', () => {
    const fields = Object.keys(residentSchema.entries).filter((field) => !without.includes(field))
    expect(Object.keys(purposes).sort()).toEqual(fields.sort())
    for (const { zh, en } of Object.values(purposes)) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/)
      expect(en).toMatch(/^[A-Z]/)
    }
  })

  it('names as well what is asked when a request is taken', () => {
    // What the office or the device sets by itself asks nothing of anybody.
    const set = ['number', 'siteKind', 'item', 'itemName', 'level', 'source', 'at', 'request']
    const asked = [
      ...Object.keys(requestSchema.pipe[0].entries),
      ...Object.keys(askerSchema.entries),
    ]
      .filter((field) => !set.includes(field))
      .map((field) => (/^(latitude|longitude)$/.test(field) ? 'position' : field))
    expect(Object.keys(requestPurposes).sort()).toEqual([...new Set(asked)].sort())
  })

  it('lets nothing be left out that the register or a colour cannot be without', () => {
    expect(fieldsThatMayBeOff).not.toContain('name')
    expect(fieldsThatMayBeOff).not.toContain('birth')
    expect(fieldsThatMayBeOff).toContain('workplace')
  })
})

describe('a policy', () => {
  const next = { ...samplePolicy, policyVersion: 2 }

  it('that the product starts with is one', () => {
    expect(problemsOfNew('policy', defaultPolicy)).toEqual([])
  })

  it('follows on the newest, and a new text has a new number', () => {
    expect(faultOfPolicy(next, defaultPolicy)).toBeNull()
    expect(faultOfPolicy({ ...next, policyVersion: 1 }, defaultPolicy)).toBe('moved-on')
    expect(faultOfPolicy({ ...next, policyVersion: 3 }, defaultPolicy)).toBe('moved-on')
    expect(faultOfPolicy({ ...next, noticeText: '新的' }, defaultPolicy)).toBe('wrong')
    expect(faultOfPolicy({ ...next, noticeVersion: 3 }, defaultPolicy)).toBe('wrong')
    const told = { ...next, noticeTextEn: 'new', noticeVersion: 3 }
    expect(faultOfPolicy(told, defaultPolicy)).toBeNull()
    expect(faultOfPolicy({ ...next, off: ['birth'] }, defaultPolicy)).toBe('wrong')
  })

  it('whose notice names an empty placeholder, or one that nobody knows, is none', () => {
    for (const name of ['owner', 'office', 'officeContact']) {
      expect(faultOfPolicy({ ...next, [name]: ' ' }, defaultPolicy)).toBe('notice')
    }
    const said = { ...next, noticeText: '我们是{什么}', noticeVersion: 3 }
    expect(faultOfPolicy(said, defaultPolicy)).toBe('notice')
    const plain = { ...defaultPolicy, policyVersion: 2, noticeVersion: 3 }
    const texts = { noticeText: '没有占位', noticeTextEn: 'none' }
    expect(faultOfPolicy({ ...plain, ...texts }, defaultPolicy)).toBeNull()
  })

  it('that counts is the newest, in whatever order they came', () => {
    const third = { ...next, policyVersion: 3 }
    expect(newestPolicy([third, next])).toBe(third)
    expect(newestPolicy([])).toBe(defaultPolicy)
  })

  it('finds new values of what is not asked, and leaves old ones and their clearing alone', () => {
    const policy = { ...next, off: ['workplace', 'tags'] }
    expect(fieldsOff(policy, {}, { workplace: '厂', name: '甲' })).toEqual(['workplace'])
    expect(fieldsOff(policy, { workplace: '厂' }, { workplace: '厂' })).toEqual([])
    expect(fieldsOff(policy, { workplace: '厂' }, { workplace: null })).toEqual([])
    expect(fieldsOff(policy, { workplace: '厂' }, { workplace: '店' })).toEqual(['workplace'])
    expect(fieldsOff(policy, {}, { tags: [] })).toEqual([])
  })
})
