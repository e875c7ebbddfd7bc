/** A ledger on the page: its columns guessed, its questions asked once, its rows looked over, written in one go. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { createStore } from 'zustand/vanilla'
import { expect, it } from 'vitest'
import type { Import, ImportItem } from '#domain/import.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { createImports } from '#app/acts/imports.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { LedgerImport } from '#app/ui/office/ledger-import/LedgerImport.tsx'
import { asFile, bySheetJs, type Value } from '#tests/app/roster/workbooks.ts'
import {
  building,
  dwelling,
  gridA,
  page,
  record,
  uuid,
} from '#tests/app/register/grid-of-samples.ts'

const at = '2026-11-20T01:00:00.000Z'
const lamp = {
  ...{ id: uuid(40), group: '公共设施', groupEn: 'Public', name: '楼道灯不亮', nameEn: 'Lamp' },
  level: 'ordinary',
}
const complaint = { ...lamp, id: uuid(41), name: '投诉工作人员', isStaffOnly: true }
const records = [
  record('place', 1, { placeKind: 'grid', name: '样例网格', letters: 'JJQ' }),
  building(2, '3幢', 1, '样例苑'),
  dwelling(3, 2, '1', '302'),
  record('catalogue', 5, {
    ...{ name: '样例清单', catalogueVersion: 1, items: [lamp, complaint] },
    units: [{ id: uuid(30), name: '样例物业维修组' }],
  }),
  record('request', 10, {
    ...{ number: 'JJQ-261120-07-01', words: '样例灯', level: 'ordinary', source: 'door', at },
    ...{ item: uuid(40), site: uuid(2), siteKind: 'building' },
  }),
  record('request-step', 11, {
    ...{ request: uuid(10), step: 'submit', at, received: at, actor: 'staff', moved: true },
    ...{ to: 'submitted', outsideNumber: 'TZ-OLD' },
  }),
]
const header = [
  '工单编号',
  '事项',
  '诉求内容',
  '地点',
  '诉求人',
  '联系电话',
  '登记日期',
  '承诺日期',
  '承办单位',
]
const line = (number: string, more: Readonly<Record<number, string>> = {}) =>
  [
    number,
    '楼道灯不亮',
    '样例',
    '样例苑9幢',
    '样例甲',
    '10012345678',
    '2026-11-19',
    '2026-12-01',
    '',
  ].map((cell, column) => more[column] ?? cell)

function stage(role = 'staff') {
  const register = createRegister()
  register.applyPages([page(gridA, records)])
  const saved: Intent[] = []
  let made = 1_000
  const app: DeviceParts = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), name: '样例', role } })),
    today: createStore(() => ({ day: '2026-11-23' })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
    now: () => Date.parse('2026-11-23T05:00:00.000Z'),
    imports: () => Promise.resolve(imports),
    work: {
      newId: () => uuid((made += 1)),
      saveApart: (intents: readonly Intent[]) => {
        saved.push(...intents)
        return Promise.resolve({ ok: true })
      },
    },
  } as unknown as DeviceParts
  const imports = createImports(app, () => undefined)
  const show = () =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={app}>
          <LedgerImport />
        </PartsContext.Provider>
      </LocationProvider>,
    )
  return { register, saved, imports, show }
}

async function choose(rows: readonly (readonly Value[])[], role = 'staff', head = header) {
  const input = await waitFor(() => {
    const found = document.querySelector('input[type=file]')
    expect(found !== null || role === 'worker').toBe(true)
    return found
  })
  const file = asFile('样例台账.xlsx', bySheetJs([{ name: '台账', rows: [head, ...rows] }]))
  if (input) {
    Object.defineProperty(input, 'files', { value: [file] })
    fireEvent.change(input)
  }
}

async function open(rows: readonly (readonly Value[])[], role = 'staff', head = header) {
  const { saved, show } = stage(role)
  show()
  await choose(rows, role, head)
  return saved
}
const itemsOf = (saved: readonly Intent[]) =>
  saved.flatMap(({ kind, fields }) =>
    kind === 'import-part' ? (fields as unknown as { items: ImportItem[] }).items : [],
  )
const tab = (name: RegExp) => fireEvent.click(screen.getByRole('button', { name }))

it('writes what it shows: kind, door, day, person and who has it', async () => {
  const saved = await open([
    line('TZ-1', { 3: '样例苑3幢1单元302', 1: '楼道灯不亮 ', 8: '样例物业维修组' }),
  ])
  // Something like it is there already: it is offered, and not written unasked.
  await screen.findByRole('button', { name: '可能已有 1' })
  tab(/^可能已有/)
  expect(screen.getByText('JJQ-261120-07-01')).toBeDefined()
  expect(document.body.textContent).not.toMatch(/样例甲|10012345678/)
  fireEvent.click(screen.getByRole('button', { name: '这一行也写入' }))
  fireEvent.click(screen.getByRole('button', { name: '写入1件' }))
  await waitFor(() => expect(saved.length).toBe(2))
  expect(saved[0]?.fields as Import).toMatchObject({ about: 'requests', rows: 1, parts: 1 })
  expect(itemsOf(saved).map(({ kind, fields }) => [kind, fields['step'] ?? null])).toEqual([
    ['request', null],
    ['request-step', 'submit'],
    ['asker', null],
    ['request-step', 'accept'],
    ['request-step', 'dispatch'],
  ])
  expect(itemsOf(saved)[0]?.fields).toMatchObject({
    ...{ item: uuid(40), site: uuid(3), siteKind: 'dwelling', at: '2026-11-19T04:00:00.000Z' },
  })
  expect(itemsOf(saved)[0]?.fields['number']).toMatch(/^JJQ-261119-\w\w-01$/)
  expect(itemsOf(saved)[1]?.fields).toMatchObject({ ledgerDay: '2026-12-01' })
})

it('asks once for what the catalogue calls otherwise, and leaves out what is wrong', async () => {
  const rows = [
    line('TZ-1', { 1: '路灯' }),
    line('TZ-2', { 1: '路灯', 8: '样例水务' }),
    line('TZ-3', { 6: '' }),
    line('TZ-OLD'),
  ]
  const saved = await open(rows)
  await screen.findByRole('button', { name: '待回答 2' })
  expect(screen.getByRole('button', { name: '有错 1' })).toBeDefined()
  expect(screen.getByRole('button', { name: '可能已有 1' })).toBeDefined()
  const item = screen.getByLabelText(/^“路灯”（2行）/)
  fireEvent.input(item, { target: { value: uuid(40) } })
  await screen.findByRole('button', { name: '待回答 1' })
  fireEvent.input(screen.getByLabelText(/^“样例水务”/), { target: { value: '-' } })
  fireEvent.click(await screen.findByRole('button', { name: '写入2件' }))
  await waitFor(() => expect(saved.length).toBe(2))
  const steps = itemsOf(saved).flatMap(({ fields }) => fields['step'] ?? [])
  expect(steps).toEqual(['submit', 'accept', 'submit', 'accept'])
  const numbers = itemsOf(saved).flatMap(({ fields }) => fields['number'] ?? [])
  expect(numbers.map((number) => (number as string).slice(-2))).toEqual(['01', '02'])
})

it('keeps a ledger that is looked over while the app is open, held against what came meanwhile', async () => {
  const { register, imports, show } = stage()
  const shown = show()
  await choose([line('TZ-1', { 1: '路灯' }), line('TZ-2', { 1: '路灯' }), line('TZ-3')])
  fireEvent.input(await screen.findByLabelText(/^“路灯”（2行）/), { target: { value: uuid(40) } })
  await screen.findByRole('button', { name: '写入3件' })
  shown.unmount()
  // Whoever is at another file of residents does not lose the ledger.
  imports.close()
  const told = records.filter(({ id }) => id === uuid(10) || id === uuid(11))
  register.applyPages([
    page(gridA, [
      record('request', 12, { ...told[0]?.fields, number: 'JJQ-261120-07-02', site: null }),
      record('request-step', 13, {
        ...told[1]?.fields,
        ...{ request: uuid(12), outsideNumber: 'TZ-3' },
      }),
    ]),
  ])
  const again = show()
  await screen.findByRole('button', { name: '写入2件' })
  screen.getByRole('button', { name: '可能已有 1' })
  again.unmount()
  // A lock forgets it.
  imports.forget()
  show()
  await screen.findByRole('button', { name: '选台账文件' })
})

it('asks before another file drops what was looked over', async () => {
  await open([line('TZ-1')])
  await screen.findByRole('button', { name: '写入1件' })
  tab(/^换一个文件$/)
  screen.getByText(/^换了文件，这份台账的核对和回答都不再保留/)
  tab(/^取消$/)
  screen.getByRole('button', { name: '写入1件' })
  tab(/^换一个文件$/)
  tab(/^确定换文件$/)
  await screen.findByRole('button', { name: '选台账文件' })
})

it('says so of a file that is no ledger, and writes nothing', async () => {
  const saved = await open([], 'staff', ['姓名', '身份证号'])
  await screen.findByText(/^没有找到台账的表头/)
  expect(saved).toEqual([])
})

it('keeps what is for the office alone out of a grid until the office has a place for it', async () => {
  await open([line('TZ-1', { 1: '投诉工作人员' })])
  await screen.findByRole('button', { name: '有错 1' })
  tab(/^有错/)
  expect(screen.getByText(/^这类事只能放在办公室/)).toBeDefined()
})

it('is no page of a worker', async () => {
  await open([], 'worker')
  expect(document.querySelector('input[type=file]')).toBeNull()
})

it('holds two thousand rows, and draws a page of them', async () => {
  const rows = Array.from({ length: 2_000 }, (_, n) => line(`TZ-${n + 1}`))
  const saved = await open(rows)
  const write = await screen.findByRole('button', { name: '写入2000件' }, { timeout: 20_000 })
  expect(document.querySelectorAll('li').length).toBeLessThan(200)
  fireEvent.click(write)
  await waitFor(() => expect(itemsOf(saved)).toHaveLength(8_000))
  expect(new Set(itemsOf(saved).map(({ record }) => record)).size).toBe(8_000)
})
