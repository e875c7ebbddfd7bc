/** A ledger held against the register: what is known already, at which door, for whom, and what is asked first. */
import { describe, expect, it } from 'vitest'
import type { LedgerRow } from '#domain/requests/read-ledger.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createLedgerHold, type LedgerAnswers } from '#app/views/ledger-against.ts'
import { building, dwelling, gridA, page, record, uuid } from '../register/grid-of-samples.ts'

const at = '2026-11-20T01:00:00.000Z'
const lamp = {
  ...{ id: uuid(40), group: '公共', groupEn: 'Public', name: '楼道灯不亮', nameEn: 'Lamp' },
  level: 'ordinary',
}
const register = createRegister()
register.applyPages([
  page(gridA, [
    record('place', 60, { placeKind: 'subdistrict', name: '样例街道' }),
    record('place', 61, { placeKind: 'community', name: '样例社区', parent: uuid(60) }),
    record('place', 62, { placeKind: 'unit', name: '社区办公室', parent: uuid(61) }),
    record('place', 1, { placeKind: 'grid', name: '第一网格', parent: uuid(61) }, { id: gridA }),
    ...[building(100, '3幢', 1, '样例苑'), dwelling(110, 100, '1', '302')],
    record('catalogue', 50, {
      ...{ name: '样例清单', catalogueVersion: 1 },
      units: [{ id: uuid(30), name: '样例物业维修组' }],
      items: [
        lamp,
        { ...lamp, id: uuid(41), name: '投诉', nameEn: 'Complaint', isStaffOnly: true },
      ],
    }),
    record('request', 10, {
      ...{ number: 'JJQ-261120-07-01', words: '样例', level: 'ordinary', source: 'door', at },
      ...{ item: uuid(40), site: uuid(100), siteKind: 'building' },
    }),
    record('request-step', 11, {
      ...{ request: uuid(10), step: 'submit', at, received: at, actor: 'staff', moved: true },
      ...{ to: 'submitted', outsideNumber: 'TZ-OLD' },
    }),
  ]),
])
const door = { grid: '', estate: '', building: '', unit: '', floor: '', room: '', address: '' }
const row = (more: Partial<LedgerRow> = {}): LedgerRow => ({
  ...{ sheet: '样例', number: 2, ledgerNumber: null, itemText: '', holderText: '', words: '样例' },
  ...{ door, where: null, name: null, telephone: null, unclearPhone: null, reported: null },
  ...{ promised: null, level: null, source: 'telephone', problems: [] },
  ...more,
})
const none: LedgerAnswers = { items: {}, holders: {}, grid: gridA, taken: {} }
const holdAs = (
  role: 'staff' | 'worker',
  one: Partial<LedgerRow>,
  answers: Partial<LedgerAnswers> = {},
) => {
  const viewer = { role, account: uuid(8), now: Date.parse('2026-11-23T05:00:00Z') }
  return createLedgerHold(register, viewer)([row(one)], { ...none, ...answers })[0]!
}
const hold = (one: Partial<LedgerRow>, answers: Partial<LedgerAnswers> = {}) =>
  holdAs('staff', one, answers)

describe('a row of a ledger', () => {
  it('stands at the door that its columns name, or at the building that its words name', () => {
    const flat = { ...door, estate: '样例苑', building: '3幢', unit: '1', room: '302' }
    expect(hold({ door: flat })).toMatchObject({
      ...{ site: { kind: 'dwelling', id: uuid(110) }, stream: gridA, isTaken: true },
    })
    expect(hold({ door: { ...door, address: '样例苑3幢1楼楼道' } }).site).toEqual({
      ...{ kind: 'building', id: uuid(100) },
    })
  })

  it('without a door goes into the grid that somebody chose, and nowhere before that', () => {
    expect(hold({})).toMatchObject({ site: null, stream: gridA, isTaken: true })
    expect(hold({}, { grid: '' })).toMatchObject({ stream: null, isTaken: false })
  })

  it('asks for a kind and a holder that nobody here is called by, until that is answered', () => {
    const open = hold({ itemText: '不认识的', holderText: '哪个组' })
    expect(open).toMatchObject({ problems: ['item-open', 'holder-open'], isTaken: false })
    const answers = { items: { 不认识的: uuid(40) }, holders: { 哪个组: '' } }
    expect(hold({ itemText: '不认识的', holderText: '哪个组' }, answers)).toMatchObject({
      ...{ problems: [], item: { id: uuid(40) }, unit: null, isTaken: true },
    })
    expect(hold({ itemText: ' 楼道灯不亮 ', holderText: '样例物业维修组' })).toMatchObject({
      ...{ problems: [], item: { id: uuid(40) }, unit: uuid(30) },
    })
  })

  it('that was brought in before, or is like a request at the same building, waits for a word', () => {
    const before = hold({ ledgerNumber: 'tz-old' })
    expect(before).toMatchObject({ before: uuid(10), isTaken: false })
    const like = { itemText: 'Lamp', door: { ...door, address: '样例苑3幢' } }
    expect(hold(like)).toMatchObject({ similar: [uuid(10)], isTaken: false })
    expect(hold(like, { taken: { 0: true } }).isTaken).toBe(true)
    expect(hold({}, { taken: { 0: false } }).isTaken).toBe(false)
  })

  it('of a kind that offices alone hold goes to the office, to no unit and to no door', () => {
    const complaint = {
      itemText: '投诉',
      holderText: '样例物业维修组',
      door: { ...door, address: '样例苑3幢' },
    }
    expect(hold(complaint)).toMatchObject({ ...{ stream: uuid(62), unit: null, site: null } })
    expect(holdAs('worker', complaint)).toMatchObject({ item: null, isTaken: false })
  })

  it('says that units will read its words with numbers masked, and keeps what was wrong with it', () => {
    expect(hold({ words: '请打 10012340078' }).isMasked).toBe(true)
    expect(hold({ words: '灯不亮' }).isMasked).toBe(false)
    expect(hold({ problems: ['closed'] })).toMatchObject({ problems: ['closed'], isTaken: false })
  })
})
