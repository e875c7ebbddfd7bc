/** The table on paper: on record before it is printed, minors under an approval alone, and as much as a page takes. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { columnsOf, pickColumns } from '#domain/door-columns.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { fitPaper } from '#app/views/paper-fit.ts'
import { PrintSheet } from '#app/ui/office/table/PrintSheet.tsx'
import { freshState } from '#app/views/table-state.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  resident,
  today,
  uuid,
} from '#tests/app/register/grid-of-samples.ts'

const account = { id: uuid(9), name: '样例社工', role: 'staff' }

function stage(more: Partial<Parameters<typeof PrintSheet>[0]> = {}) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'community', name: '样例社区' }),
      record('account', 9, { name: '样例社工', role: 'staff' }),
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '301'),
      household(300, 200),
      resident(400, 300, '样例成人', { birth: '1980-01-01', sex: '1' }),
      resident(401, 300, '样例孩子', { birth: '2015-01-01', sex: '2' }),
    ]),
  ])
  const happened: string[] = []
  const intents: Intent[] = []
  // The browser draws its paper, and says when it is done.
  let printed = ''
  const print = vi.fn(() => {
    happened.push('printed')
    dispatchEvent(new Event('beforeprint'))
    printed = document.querySelector('article')?.textContent ?? ''
    dispatchEvent(new Event('afterprint'))
  })
  vi.stubGlobal('print', print)
  const app = {
    register,
    session: createStore(() => ({ account })),
    today: createStore(() => ({ day: today })),
    now: () => Date.parse(`${today}T02:00:00Z`),
    work: {
      newId: () => uuid(999),
      save: (given: readonly Intent[]) => {
        happened.push('logged')
        intents.push(...given)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
    },
  } as unknown as DeviceParts
  const onClose = vi.fn()
  const ids = [uuid(400), uuid(401)]
  const props = {
    sheet: 'residents' as const,
    state: freshState('residents'),
    columns: pickColumns('residents', ['name', 'birth']),
    answer: { ids, total: 2, groups: null },
    group: null,
    heading: ({ header }: { header: string }) => header,
    filter: ['住不满6个月'],
    onClose,
    ...more,
  }
  render(
    <PartsContext.Provider value={app}>
      <PrintSheet {...props} />
    </PartsContext.Provider>,
  )
  const run = async () => {
    fireEvent.click(screen.getByRole('button', { name: '打印' }))
    await waitFor(() => expect(onClose).toHaveBeenCalled())
    return printed
  }
  return { run, happened, intents, print }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a printed table', () => {
  it('says when, by whom, what for and of which filter; it is on record first, without minors', async () => {
    const { run, happened, intents } = stage()
    fireEvent.click(screen.getByLabelText('走访用'))
    const text = await run()
    expect(happened).toEqual(['logged', 'printed'])
    for (const part of [
      `${today} 由 样例社工 打印`,
      '用途：走访用',
      '筛选：住不满6个月',
      '样*人',
    ]) {
      expect(text).toContain(part)
    }
    expect(text).not.toContain('样例成人')
    expect(text).not.toContain('2015-01-01')
    expect(intents[0]?.fields).toMatchObject({
      ...{ format: 'paper', count: 1, masked: true, purpose: 'visits', recipient: 'own' },
      ...{ columns: ['name', 'birth'], filter: '住不满6个月' },
    })
    // Nothing stays behind on the page.
    expect(document.querySelector('article')).toBeNull()
  })

  it('is not printed before somebody said what for', () => {
    const { print } = stage()
    fireEvent.click(screen.getByRole('button', { name: '打印' }))
    expect(screen.getByText('请选用途')).toBeTruthy()
    expect(print).not.toHaveBeenCalled()
  })

  it('of groups has their counts, or the counts alone', async () => {
    const [group] = pickColumns('residents', ['sex'])
    if (!group) throw new Error('no column')
    const groups = [
      { key: '1', ids: [uuid(400)] },
      { key: '2', ids: [uuid(401)] },
    ]
    const answer = { ids: [uuid(400), uuid(401)], total: 2, groups }
    const { run, intents } = stage({ group, answer })
    fireEvent.click(screen.getByLabelText('只印每组的数'))
    fireEvent.click(screen.getByLabelText('核对名册'))
    const text = await run()
    expect(text).toContain('男 1人')
    expect(text).toContain('女 1人')
    expect(text).not.toContain('样*人')
    expect(intents[0]?.fields).toMatchObject({ count: 0, columns: ['sex'] })
  })
})

describe('paper', () => {
  const usual = pickColumns('residents', [
    'name',
    'colour',
    'door',
    'relation',
    'sex',
    'age',
    'phones',
  ])

  it('takes all columns in letters as large as fit', () => {
    expect(fitPaper(usual, 'landscape')).toEqual({ size: 9, columns: usual, left: [] })
    expect(fitPaper(usual, 'portrait')).toMatchObject({ size: 9, left: [] })
    const more = [
      ...usual,
      ...pickColumns('residents', ['tags', 'dueOn', 'documentNumber', 'note']),
    ]
    expect(fitPaper(more, 'landscape')).toMatchObject({ size: 7, left: [] })
  })

  it('leaves out from the right what would be too small to read, and never everything', () => {
    const all = columnsOf('residents')
    const { size, columns, left } = fitPaper(all, 'portrait')
    expect(size).toBe(7)
    expect([...columns, ...left]).toEqual(all)
    expect(left.length).toBeGreaterThan(10)
    const [name] = all
    if (!name) throw new Error('no column')
    expect(fitPaper([{ ...name, width: 900 }], 'portrait').columns).toHaveLength(1)
  })
})
