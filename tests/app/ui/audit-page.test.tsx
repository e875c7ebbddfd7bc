/** The audit page: words for every act, a resident to ask about, and its lines as a workbook. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { AuditLine, AuditRequest } from '#protocol/audit.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { Audit } from '#app/ui/privacy/audit/Audit.tsx'
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
} from '../register/grid-of-samples.ts'

const line = (more: Partial<AuditLine>): AuditLine => ({
  id: 'x/1',
  at: '2026-11-23T01:00:00.000Z',
  act: 'reveal',
  by: { id: uuid(9), name: '样例社工', role: 'staff' },
  device: uuid(30),
  deviceName: '安卓手机 Chrome',
  record: uuid(400),
  recordName: null,
  kind: null,
  fields: [],
  facts: { field: 'edit', purpose: 'verify' },
  ...more,
})

function stage(pages: readonly (readonly AuditLine[])[], { withPeople = true, saves = true } = {}) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'community', name: '样例社区' }),
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '301'),
      household(300, 200),
      ...(withPeople ? [resident(400, 300, '样例成人', { birth: '1980-01-01' })] : []),
    ]),
  ])
  const asked: Partial<AuditRequest>[] = []
  const books: { name: string; rows: unknown[] }[] = []
  const app = {
    register,
    session: createStore(() => ({ account: { id: uuid(8), name: '样例', role: 'admin' } })),
    today: createStore(() => ({ day: today })),
    sync: createStore(() => ({ phase: 'offline', problem: 'offline', unsent: [], lastSync: null })),
    officeActs: {
      audit: (question: Partial<AuditRequest>) => {
        asked.push(question)
        const at = Number(question.before?.id ?? 0)
        const next = at + 1 < pages.length ? { at: today, id: String(at + 1) } : null
        return Promise.resolve({ ok: true, value: { ok: true, entries: pages[at] ?? [], next } })
      },
      saveWorkbook: (name: string, sheets: { rows: Iterable<unknown> }[]) => {
        if (!saves) return Promise.reject(new TypeError('Failed to fetch'))
        books.push({ name, rows: [...(sheets[0]?.rows ?? [])] })
        return Promise.resolve({ ok: true, value: null })
      },
    },
  } as unknown as DeviceParts
  render(
    <PartsContext.Provider value={app}>
      <Audit params={{}} />
    </PartsContext.Provider>,
  )
  return { asked, books }
}

it('says in words what was opened to be changed, on which device, and of whom', async () => {
  const revoked = line({
    id: 'x/2',
    act: 'device-revoked',
    record: uuid(31),
    recordName: '旧手机',
    facts: {},
  })
  stage([[line({}), revoked, line({ id: 'x/3', act: 'of-a-newer-version', facts: {} })]])
  await screen.findByText(/全部资料（修改时） · 用途：核对证件/)
  const text = document.querySelector('table')?.textContent ?? ''
  expect(text).toContain('安卓手机 Chrome')
  expect(text).toContain('旧手机')
  expect(text).toContain('3幢1单元301室 样*人')
  expect(text).not.toMatch(/edit|newer-version|编号尾号/)
})

it('tells the beginning of a file that goes out in slices from its end', async () => {
  const facts = { sheet: 'residents', masked: false, begun: true }
  stage([[line({ act: 'export', facts }), line({ id: 'x/2', act: 'export', facts: { count: 3 } })]])
  await screen.findByText(/开始取，取完另记一条/)
  expect(screen.getAllByText(/取完另记/)).toHaveLength(1)
})

it('leads from a name to what was done with that person’s data; a device without persons does not ask', async () => {
  stage([[line({})]])
  await screen.findByText(/全部资料/)
  fireEvent.input(screen.getByLabelText(/^查某个居民/), { target: { value: '样例' } })
  const leadsTo = () =>
    document.querySelector(`a[href="/audit/record/${uuid(400)}"]`)?.textContent ?? ''
  await waitFor(() => expect(leadsTo()).toMatch(/301室 样\*人$/))
  fireEvent.input(screen.getByLabelText(/^查某个居民/), { target: { value: '没有这个' } })
  await screen.findByText('本机没有找到这个人')
})

it('does not ask for residents where there are none', async () => {
  stage([[line({})]], { withPeople: false })
  await screen.findByText(/全部资料/)
  expect(screen.queryByLabelText(/^查某个居民/)).toBeNull()
})

it('exports all pages of what was asked, each asked for as one that is taken away', async () => {
  const { asked, books } = stage([
    [line({})],
    [line({ id: 'x/2', act: 'export', facts: { format: 'paper', count: 3 } })],
  ])
  fireEvent.click(await screen.findByRole('button', { name: '导出这些记录' }))
  await waitFor(() => expect(books).toHaveLength(1))
  expect(books[0]?.name).toBe(`审计记录-${today}.xlsx`)
  expect(books[0]?.rows).toMatchObject([
    [
      /^2026-11-23 09:00$/,
      '样例社工 · 社区工作人员',
      '安卓手机 Chrome',
      '看完整内容',
      /./,
      /全部资料/,
    ].map((one) => expect.stringMatching(one) as unknown),
    [
      expect.anything(),
      expect.anything(),
      expect.anything(),
      '导出',
      expect.anything(),
      '打印 · 3条',
    ],
  ])
  expect(asked.map(({ taken }) => taken)).toEqual([undefined, true, true])
})

it('says where the file could not be made, instead of reading for ever', async () => {
  stage([[line({})]], { saves: false })
  fireEvent.click(await screen.findByRole('button', { name: '导出这些记录' }))
  await screen.findByText('文件没有存下来，请再导出一次。')
  expect(screen.getByRole('button', { name: '导出这些记录' })).toBeDefined()
})
