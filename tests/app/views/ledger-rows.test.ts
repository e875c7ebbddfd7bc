import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import {
  ledgerAnswersOffered,
  ledgerQuestions,
  maskSample,
  requestsLike,
  showOf,
  unitNameOf,
} from '#app/views/ledger-rows.ts'
import { gridA, page, record, uuid } from '../register/grid-of-samples.ts'

type Held = Parameters<typeof showOf>[0]

function held(more: Partial<Held> = {}, row: object = {}): Held {
  return {
    ...{ problems: [], item: null, unit: null, site: null, stream: null, before: null },
    ...{ similar: [], isMasked: false, isTaken: true },
    ...more,
    row: { itemText: '路灯', holderText: '', ...row } as Held['row'],
  }
}

it('falls under one of four: taken, asked, doubled, wrong', () => {
  expect(showOf(held())).toBe('taken')
  expect(showOf(held({ isTaken: false }))).toBe('taken')
  expect(showOf(held({ problems: ['item-open'], isTaken: false }))).toBe('asked')
  // What is asked can be answered, whatever else is wrong with it.
  expect(showOf(held({ problems: ['no-own-office', 'holder-open'] }))).toBe('asked')
  expect(showOf(held({ problems: ['no-own-office'] }))).toBe('wrong')
  expect(showOf(held({ isTaken: false, before: uuid(5) }))).toBe('doubled')
  expect(showOf(held({ isTaken: false, similar: [uuid(5)] }))).toBe('doubled')
  expect(showOf(held({ isTaken: true, before: uuid(5) }))).toBe('taken')
})

it('asks once for all rows alike, and goes on asking what was answered, so that it can be changed', () => {
  const open = held({ problems: ['item-open'] })
  const none = { items: {}, holders: {}, grid: '', taken: {} }
  expect(ledgerQuestions([open, open, held()], none)).toEqual({
    ...{ items: [{ text: '路灯', count: 2 }], holders: [], placeless: 3 },
  })
  const answered = { ...none, items: { 路灯: uuid(9) }, holders: { 样例组: '' } }
  const rows = [
    held({}, { holderText: '样例组' }),
    held({ site: { kind: 'building', id: uuid(2) } }),
  ]
  expect(ledgerQuestions(rows, answered)).toEqual({
    items: [{ text: '路灯', count: 2 }],
    holders: [{ text: '样例组', count: 1 }],
    placeless: 1,
  })
})

it('shows of samples no name, no telephone, and no long number of a column that nobody named', () => {
  expect(maskSample('name', '样例甲')).not.toContain('例')
  expect(maskSample('telephone', '10012345678')).toMatch(/^100\*+5678$/)
  expect(maskSample(null, '10012345678')).toMatch(/\*/)
  expect(maskSample('words', '灯不亮'.repeat(20))).toHaveLength(30)
})

it('names the requests that are here already, and the unit that has it', () => {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '第一网格' }),
      record('place', 40, { placeKind: 'unit', name: '样例物业维修组' }),
      record('request', 5, { number: 'JJQ-261123-07-5', words: '样例' }),
    ]),
  ])
  expect(requestsLike(register, held({ before: uuid(5), similar: [uuid(77)] }))).toEqual([
    { id: uuid(5), number: 'JJQ-261123-07-5' },
  ])
  expect(unitNameOf(register, null)).toBeUndefined()
  expect(unitNameOf(register, uuid(40))).toBe('样例物业维修组')
  const offered = ledgerAnswersOffered(register, 'staff', false)
  expect(offered.holders).toEqual([{ value: uuid(40), label: '样例物业维修组' }])
  expect(offered.grids).toEqual([{ value: uuid(1), label: '第一网格' }])
  expect(offered.items).toEqual([])
})
