/** Ledgers as offices keep them: their headers, days, telephones and states, and what is wrong with a row. */
import { describe, expect, it } from 'vitest'
import { guessLedgerField, ledgerTemplate } from '#domain/requests/ledger-columns.ts'
import { planLedgerRow, reportedAt } from '#domain/requests/plan-ledger.ts'
import { findLedger, readLedger } from '#domain/requests/read-ledger.ts'
import type { Cell, Sheet } from '#domain/roster/sheet.ts'

const today = '2026-11-23'
const sheetOf = (...rows: readonly (readonly Cell[])[]): Sheet => ({
  name: '台账',
  merged: [],
  rows: rows.map((cells, at) => ({ number: at + 1, cells })),
})
const header = [
  '序号',
  '工单编号',
  '诉求类别',
  '主要内容',
  '地址',
  '反映人',
  '联系电话',
  '受理时间',
  '截止日期',
  '责任单位',
  '办理状态',
]
const good = [
  1,
  'TZ-1',
  '路灯',
  '样例灯不亮',
  '样例苑3幢',
  '样例甲',
  '100 1234 5678',
  '2026/11/20 9:30',
  '2026.12.1',
  '样例物业',
  '办理中',
]
const read = (...rows: readonly (readonly Cell[])[]) => {
  const table = findLedger(sheetOf(['样例街道诉求台账'], header, ...rows))
  if (!table) throw new Error('no ledger was found')
  return readLedger(table, today)
}
const problemsOf = (change: Readonly<Record<number, Cell>>) =>
  read(good.map((cell, at) => (at in change ? (change[at] ?? null) : cell)))[0]?.problems

describe('the header', () => {
  it('is found below titles, and each column of it named', () => {
    const table = findLedger(sheetOf(['样例街道诉求台账'], header, good))
    expect(table?.columns.map(({ field }) => field)).toEqual([
      ...[null, 'number', 'item', 'words', 'place', 'name', 'telephone', 'reported', 'promised'],
      ...['holder', 'status'],
    ])
    expect(findLedger(sheetOf(['姓名', '身份证号'], ['样例甲', 'E20000001']))).toBeNull()
    expect(findLedger(sheetOf())).toBeNull()
  })

  it('is told from what is no part of a request, and guessed where it holds a known one', () => {
    for (const text of ['经办人', '身份证号', '备注', '满意度']) {
      expect(guessLedgerField(text).field).toBeNull()
    }
    expect(guessLedgerField('市民诉求内容描述')).toEqual({ field: 'words', confidence: 'likely' })
    expect(guessLedgerField('诉求人电话')).toEqual({ field: 'telephone', confidence: 'sure' })
  })

  it('of the template is known in every column, and its example is a good row', () => {
    const headers = ledgerTemplate.map((column) => column.header)
    const example = ledgerTemplate.map((column) => column.example)
    const table = findLedger(sheetOf(headers, example))
    expect(table?.columns.every(({ confidence }) => confidence === 'sure')).toBe(true)
    expect(table && readLedger(table, today)[0]?.problems).toEqual([])
  })
})

describe('a row', () => {
  it('is read with its days, telephone and words', () => {
    expect(read(good)[0]).toMatchObject({
      ...{ number: 3, ledgerNumber: 'TZ-1', itemText: '路灯', holderText: '样例物业' },
      ...{ words: '样例灯不亮', where: '样例苑3幢', name: '样例甲', telephone: '10012345678' },
      ...{ reported: '2026-11-20', promised: '2026-12-01', problems: [] },
    })
  })

  it('says what is wrong with it', () => {
    expect(problemsOf({ 2: '', 3: '' })).toEqual(['no-matter'])
    expect(problemsOf({ 7: '' })).toEqual(['no-day'])
    expect(problemsOf({ 7: '昨天' })).toEqual(['no-day'])
    expect(problemsOf({ 7: '2026-11-24' })).toEqual(['day-ahead'])
    expect(problemsOf({ 8: '尽快' })).toEqual(['promise-unclear'])
    expect(problemsOf({ 8: '2026-11-19' })).toEqual(['promise-before'])
    expect(problemsOf({ 3: '样'.repeat(1_001) })).toEqual(['too-long'])
    expect(problemsOf({ 10: '已办结' })).toEqual(['closed'])
    expect(problemsOf({ 10: '未办结' })).toEqual([])
    expect(read(good, good).map(({ problems }) => problems)).toEqual([[], ['number-twice']])
    expect(read(good.map((cell, at) => (at === 6 ? '见系统' : cell)))[0]).toMatchObject({
      ...{ telephone: null, unclearPhone: '见系统', problems: [] },
    })
  })

  it('keeps in words a kind that the catalogue does not have, and begins no later than now', () => {
    const [row] = read(good)
    if (!row) throw new Error('no row')
    const now = '2026-11-23T02:00:00.000Z'
    const planned = { row, stream: 's', site: null, item: null, unit: null }
    const [request] = planLedgerRow(planned, { now, newId: () => 'id', numberOf: () => 'n' })
    expect(request?.fields).toMatchObject({ words: '路灯：样例灯不亮', item: null })
    expect(reportedAt('2026-11-23', now)).toBe(now)
    expect(reportedAt('2026-11-20', now)).toBe('2026-11-20T04:00:00.000Z')
  })
})
