/** The figures of requests as a workbook: the numbers of the screen, no rate where the counts are small, nobody named. */
import { expect, it } from 'vitest'
import { figureWords } from '#app/ui/requests/pages/figure-words.ts'
import { figureTables } from '#app/ui/requests/pages/figure-sheets.ts'

const figures = {
  ...{ key: null, name: '楼道灯', open: 3, late: 1, fresh: 2, answered: 9 },
  ...{ inTime: 88, solved: null, content: null },
}

it('has a sheet for each table that has rows, and the weeks', () => {
  const own = figureWords['zh-CN']
  const told = {
    ...{ ok: true as const, at: '2026-11-23T02:00:00.000Z', day: '2026-11-23', least: 5 },
    ...{ place: 'x', all: figures, byItem: [figures], byUnit: [], byPlace: [], spots: [] },
    weeks: [{ week: '2026-11-16', came: 4, closed: 2 }],
    months: [{ month: '2026-10', came: 9, closed: 7, inTime: 86, solved: null, content: null }],
    kinds: [],
  }
  const sheets = figureTables(
    told,
    [
      { title: own.byItem, nameless: '', rows: [{ name: '楼道灯', figures: figures }] },
      { title: own.byUnit, nameless: '', rows: [] },
    ],
    own,
    '11月23日 的数字',
  )
  expect(sheets.map(({ name }) => name)).toEqual(['按事项', '每周', '每月'])
  expect(sheets[0]?.rows).toEqual([['楼道灯', 3, 1, 2, 88, '—', '—']])
  expect(sheets[0]?.above.join()).toContain('少于5件不算比率')
  expect(sheets[1]?.rows).toEqual([['2026-11-16', 4, 2]])
  expect(sheets[2]?.rows).toEqual([['2026-10', 9, 7, 86, '—', '—']])
})
