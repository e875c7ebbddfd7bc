/** Pages of an office that need no form of their own to be tried: devices, approvals, what the app never does, the scheme. */
import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { ComponentChild } from 'preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { ListedDevice } from '#protocol/device.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { SchemeEdit } from '#app/ui/colours/scheme/SchemeEdit.tsx'
import { Never } from '#app/ui/me/never/Never.tsx'
import { Devices } from '#app/ui/places/devices/Devices.tsx'
import { Approvals } from '#app/ui/privacy/approvals/Approvals.tsx'
import { PolicyEdit } from '#app/ui/privacy/protection/PolicyEdit.tsx'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import { gridA, page, record, today, uuid } from '../register/grid-of-samples.ts'

function stage(more: Partial<DeviceParts> = {}) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'subdistrict', name: '样例街道', parent: null }),
      record('account', 7, { name: '样例主任' }),
      record('policy', 30, {
        ...defaultPolicy,
        ...{ policyVersion: 2, owner: '样例街道', office: '样例社区', officeContact: '样例窗口' },
      }),
      record(
        'approval',
        20,
        {
          ...{ acts: ['reveal'], roles: ['staff'], reason: '样例原因', from: '2026-11-01' },
          until: '2026-12-31',
        },
        { by: uuid(7) },
      ),
    ]),
  ])
  const saved: (readonly Intent[])[] = []
  let ids = 5_000
  const kept = new Map<string, unknown>()
  const parts = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), role: 'admin' } })),
    today: createStore(() => ({ day: today })),
    now: () => Date.parse(`${today}T04:00:00Z`),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], damage: {}, lastSync: null })),
    drafts: {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    },
    work: {
      newId: () => uuid((ids += 1)),
      save(intents: readonly Intent[]) {
        saved.push(intents)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
    },
    officeActs: {},
    ...more,
  } as unknown as DeviceParts
  const show = (drawn: ComponentChild) =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={parts}>{drawn}</PartsContext.Provider>
      </LocationProvider>,
    )
  return { show, saved }
}

/** Whether the window is a desk's: with a mouse, and wide. */
function atDesk(isDesk: boolean) {
  vi.spyOn(globalThis, 'matchMedia').mockImplementation(
    (query) =>
      ({
        matches: isDesk && query.includes('pointer: fine'),
        addEventListener() {},
        removeEventListener() {},
      }) as unknown as MediaQueryList,
  )
}
afterEach(() => vi.restoreAllMocks())

describe('the devices of an office', () => {
  const device = (id: number, name: string, more: Partial<ListedDevice> = {}): ListedDevice => ({
    id: uuid(id),
    name,
    account: { id: uuid(id + 100), name: `样例${id}`, role: 'worker' },
    seenAt: `${today}T03:00:00.000Z`,
    skewMs: 0,
    revoked: false,
    report: {
      app: '0.2.0',
      waiting: id,
      refused: 0,
      oldest: `${today}T01:00:00.000Z`,
      storage: { used: 2_000_000, quota: 9_000_000, persisted: true },
    },
    ...more,
  })
  const devices = [
    device(1, '样例手机'),
    device(12, '样例平板', { seenAt: '2026-11-10T01:00:00.000Z' }),
    device(3, '旧手机', { revoked: true }),
  ]
  function open() {
    const revoked: string[] = []
    const { show } = stage({
      officeActs: {
        devices: () => Promise.resolve({ ok: true, value: devices }),
        revoke(id: string) {
          revoked.push(id)
          return Promise.resolve({ ok: true, value: {} })
        },
      } as unknown as DeviceParts['officeActs'],
    })
    show(<Devices />)
    return revoked
  }

  it('stand in a table at a desk, their figures in columns, and none that is ended can be ended again', async () => {
    atDesk(true)
    open()
    const table = await screen.findByRole('table')
    const rows = within(table).getAllByRole('row')
    expect(rows).toHaveLength(4)
    const cells = (at: number) =>
      [...(rows[at]?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent)
    expect(cells(2)[2]).toBe('12')
    expect(within(rows[1] as HTMLElement).getByRole('button', { name: '停用' })).toBeDefined()
    expect(within(rows[3] as HTMLElement).queryByRole('button')).toBeNull()
    expect(cells(3)[5]).toBe('已停用')
  })

  it('are cards elsewhere, and say what is lost before one is ended', async () => {
    atDesk(false)
    const revoked = open()
    const [first] = await screen.findAllByRole('button', { name: '停用这台设备' })
    expect(screen.queryByRole('table')).toBeNull()
    if (first) fireEvent.click(first)
    const dialog = screen.getByRole('dialog')
    expect(dialog.textContent).toMatch(/还有\s?1\s?条没发出去/)
    expect(revoked).toEqual([])
    fireEvent.click(within(dialog).getByRole('button', { name: '确定停用' }))
    await waitFor(() => expect(revoked).toEqual([uuid(1)]))
  })

  it('that were silent for three days are found with one tap', async () => {
    atDesk(true)
    open()
    fireEvent.click(await screen.findByRole('button', { name: /^三天没同步/ }))
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(2))
    expect(screen.getByText('样例平板')).toBeDefined()
  })
})

it('ends a standing approval for good, asked once more', async () => {
  const { show, saved } = stage()
  show(<Approvals />)
  expect(screen.getByText('样例原因').closest('li')?.textContent).toContain('样例主任')
  fireEvent.click(screen.getByRole('button', { name: '提前结束' }))
  expect(saved).toEqual([])
  fireEvent.click(screen.getByRole('button', { name: '结束' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]?.[0]).toMatchObject({ record: uuid(20), fields: { endedOn: today } })
})

it('lists what the app never does, each with how that is made sure', () => {
  const { show } = stage()
  show(<Never />)
  const lines = screen.getAllByRole('listitem')
  expect(lines).toHaveLength(10)
  for (const line of lines) expect(line.children).toHaveLength(2)
})

describe('a policy', () => {
  it('is saved as the next version once every number is within its bounds', async () => {
    const { show, saved } = stage()
    show(<PolicyEdit />)
    const answer = screen.getByLabelText('个人信息请求几天内答复')
    fireEvent.input(answer, { target: { value: '99' } })
    const save = () => fireEvent.click(document.querySelector('footer button') as HTMLElement)
    save()
    await waitFor(() => expect(document.querySelector('[aria-invalid="true"]')).toBe(answer))
    expect(saved).toEqual([])
    fireEvent.input(answer, { target: { value: '20' } })
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(saved[0]?.[0]).toMatchObject({
      kind: 'policy',
      stream: uuid(1),
      fields: { answerDays: 20, from: today },
    })
  })
})

describe('a scheme', () => {
  it('is saved once something changed, with what that changes told first', async () => {
    const { show, saved } = stage()
    show(<SchemeEdit />)
    const save = () => document.querySelector('footer button') as HTMLButtonElement
    expect(save().disabled).toBe(true)
    fireEvent.input(screen.getAllByRole('textbox')[0] as HTMLElement, {
      target: { value: '样例方案' },
    })
    await waitFor(() => expect(save().disabled).toBe(false))
    fireEvent.click(save())
    const dialog = await screen.findByRole('dialog')
    expect(saved).toEqual([])
    const buttons = within(dialog).getAllByRole('button')
    fireEvent.click(buttons.at(-1) as HTMLElement)
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(saved[0]?.[0]).toMatchObject({ kind: 'scheme', fields: { name: '样例方案' } })
  })

  it('takes a new rule with nothing said in it for no rule yet', async () => {
    const { show } = stage()
    show(<SchemeEdit />)
    const rules = () => document.querySelectorAll('ul > li').length
    const before = rules()
    fireEvent.click(screen.getByRole('button', { name: '新增规则' }))
    await waitFor(() => expect(rules()).toBe(before + 1))
    const save = document.querySelector('footer button') as HTMLButtonElement
    expect(save.disabled).toBe(true)
    expect(document.querySelector('footer [role="alert"], footer p')).not.toBeNull()
  })
})
