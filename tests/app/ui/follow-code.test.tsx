/** Number and follow-up code stand on the screen once, go nowhere but as a hash, and find their request again. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import type { ComponentChildren } from 'preact'
import { LocationProvider } from 'preact-iso'
import { createStore } from 'zustand/vanilla'
import { expect, it } from 'vitest'
import { groupFollowCode } from '#domain/requests/follow-code.ts'
import type { FoundRequest } from '#protocol/requests.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createDrafts } from '#app/stores/drafts.ts'
import { hashFollowCode, makeFollowCode } from '#app/acts/follow-codes.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { RequestForm } from '#app/ui/requests/pages/RequestForm.tsx'
import { RequestPage } from '#app/ui/requests/pages/RequestPage.tsx'
import { Requests } from '#app/ui/requests/pages/Requests.tsx'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { change, gridA, page, record, uuid } from '../register/grid-of-samples.ts'

const at = '2026-11-23T01:00:00.000Z'
const place = record('place', 1, { placeKind: 'grid', name: '样例网格', letters: 'JJQ' })
const asked = [
  record('request', 10, {
    ...{ number: 'JJQ-261123-07-01', words: '样例灯不亮', level: 'ordinary', source: 'door', at },
  }),
  record('request-step', 11, {
    ...{ request: uuid(10), step: 'submit', at, received: at, actor: 'worker', moved: true },
    to: 'submitted',
  }),
]

function open(
  shown: ComponentChildren,
  role = 'worker',
  more: readonly ReturnType<typeof record>[] = [],
  found: OfficeAnswer<FoundRequest['found']> = { ok: true, value: null },
  changes: readonly ReturnType<typeof change>[] = [],
) {
  const register = createRegister()
  register.applyPages([page(gridA, [place, ...asked, ...more], { changes: [...changes] })])
  const saved: Intent[] = []
  const looked: object[] = []
  let made = 20
  const app = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), name: '样例', role } })),
    today: createStore(() => ({ day: '2026-11-23' })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
    // Their script did not come: a form goes on without.
    photos: () => Promise.reject(new Error('no script')),
    drafts: createDrafts(createManualClock()),
    now: () => Date.parse('2026-11-23T05:00:00.000Z'),
    work: {
      newId: () => uuid((made += 1)),
      save: (intents: readonly Intent[]) => {
        saved.push(...intents)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
    },
    officeActs: {
      hotline: () => Promise.resolve({ ok: false, problem: 'offline' }),
      ask: () => Promise.resolve({ ok: false, problem: 'offline' }),
      findRequest: (wanted: object) => {
        looked.push(wanted)
        return Promise.resolve(found)
      },
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={app}>{shown}</PartsContext.Provider>
    </LocationProvider>,
  )
  return { saved, looked, drafts: app.drafts }
}
const codeOnScreen = () =>
  document.body.textContent.match(/(?:[0-9A-HJKMNP-TV-Z]{4}){7}/)?.[0] ?? ''
const tokensOf = (intent: Intent | undefined) =>
  (intent?.fields as { tokens: { hash: string; ended: string | null }[] }).tokens

it('stands on the screen with the number as soon as the request is saved, and only its hash is sent', async () => {
  const { saved, drafts } = open(<RequestForm params={{}} />)
  fireEvent.input(screen.getByLabelText(/^什么事/), { target: { value: '样例水管漏了' } })
  await waitFor(() =>
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '保存诉求' }).disabled).toBe(
      false,
    ),
  )
  fireEvent.click(screen.getByRole('button', { name: '保存诉求' }))
  await screen.findByText('已交给本人')
  const code = codeOnScreen()
  expect(screen.getByRole('img', { name: '查询码的二维码' })).toBeDefined()
  const request = saved.find(({ kind }) => kind === 'request')?.fields as { number: string }
  expect(document.body.textContent).toContain(request.number)
  // Nobody said a name: the hash travels all the same.
  const asker = saved.find(({ kind }) => kind === 'asker')
  expect(tokensOf(asker)).toMatchObject([{ hash: await hashFollowCode(code), ended: null }])
  expect(JSON.stringify(saved)).not.toContain(code)
  expect(JSON.stringify(drafts.get('request/new') ?? null)).not.toContain(code)
})

it('is handed out anew once the person was recognised, and the one before ends', async () => {
  const { hash } = await makeFollowCode()
  const tokens = [{ hash, made: at, ended: null }]
  const asker = record('asker', 12, { request: uuid(10), name: '样例居民', tokens })
  const { saved } = open(<RequestPage params={{ request: uuid(10) }} />, 'worker', [asker])
  fireEvent.click(screen.getByRole('button', { name: '换一个查询码' }))
  await waitFor(() =>
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '换查询码' }).disabled).toBe(
      false,
    ),
  )
  fireEvent.click(screen.getByRole('button', { name: '换查询码' }))
  await screen.findByText('请先确认认出了本人')
  expect(saved).toEqual([])
  fireEvent.click(screen.getByLabelText('我当面认出了本人'))
  fireEvent.click(screen.getByRole('button', { name: '换查询码' }))
  await screen.findByText('已交给本人')
  const fresh = await hashFollowCode(codeOnScreen())
  expect(tokensOf(saved[0])).toMatchObject([
    { hash, ended: '2026-11-23T05:00:00.000Z' },
    { hash: fresh, ended: null },
  ])
})

it.each(['已交给本人', '关闭'])(
  'stays on the screen whatever is tapped beside it, until %s',
  async (name) => {
    open(<RequestPage params={{ request: uuid(10) }} />)
    const beside = (dialog: HTMLElement) => {
      fireEvent.pointerDown(dialog)
      fireEvent.click(dialog)
    }
    fireEvent.click(screen.getByRole('button', { name: '发一个查询码' }))
    // Nothing is lost before the code is made.
    beside(await screen.findByRole('dialog'))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    fireEvent.click(screen.getByRole('button', { name: '发一个查询码' }))
    fireEvent.click(await screen.findByLabelText('我当面认出了本人'))
    await waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>('button', { name: '发查询码' }).disabled).toBe(
        false,
      ),
    )
    fireEvent.click(screen.getByRole('button', { name: '发查询码' }))
    await screen.findByText('已交给本人')
    const code = codeOnScreen()
    const dialog = screen.getByRole<HTMLDialogElement>('dialog')
    beside(dialog)
    fireEvent(dialog, new Event('cancel', { cancelable: true }))
    // Asked a second time, a browser closes it without a question.
    dialog.close()
    await waitFor(() => expect(dialog.open).toBe(true))
    expect(codeOnScreen()).toBe(code)
    fireEvent.click(screen.getByRole('button', { name }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  },
)

it('is no business of a unit', () => {
  open(<RequestPage params={{ request: uuid(10) }} />, 'handler')
  expect(screen.queryByRole('button', { name: /查询码/ })).toBeNull()
})

const search = (value: string) =>
  fireEvent.input(screen.getByLabelText(/^找诉求/), { target: { value } })

it('finds its request on this device, whichever list it stands in', async () => {
  const { code, hash } = await makeFollowCode()
  const asker = record('asker', 12, {
    request: uuid(10),
    tokens: [{ hash, made: at, ended: null }],
  })
  const { looked } = open(<Requests />, 'staff', [asker])
  search(groupFollowCode(code).toLowerCase())
  await waitFor(() => expect(document.querySelector('a[href^="/request/"]')).not.toBeNull())
  expect(screen.queryByLabelText('事项')).toBeNull()
  search('jjq 261123 07 01')
  await waitFor(() => expect(document.querySelector('a[href^="/request/"]')).not.toBeNull())
  expect(looked).toEqual([])
})

it('asks the office for one that is not here, by its hash, and says that a code was replaced', async () => {
  const { code, hash } = await makeFollowCode()
  const row: FoundRequest['found'] = {
    ...{ request: uuid(77), stream: uuid(2), number: 'JJQ-261123-09-01', item: null, name: '漏水' },
    ...({ state: 'handling', level: 'ordinary' } as const),
    ...{ round: 1, unit: null, building: null },
    ...{ promise: null, isProvisional: false, isPaused: false, supervision: null, ending: null },
    isCodeEnded: true,
  }
  const { looked } = open(<Requests />, 'admin', [], { ok: true, value: row })
  search(code)
  await screen.findByText('漏水')
  expect(screen.getByText(/^这个查询码已经换过/)).toBeDefined()
  expect(looked).toEqual([{ hash }])
  search(code.slice(1))
  await screen.findByText(/^查询码不对/)
})

it('is looked for by a worker on the own device alone', async () => {
  const { code } = await makeFollowCode()
  const { looked } = open(<Requests />, 'worker')
  search(code)
  await screen.findByText('这台设备上没有这件诉求。')
  expect(looked).toEqual([])
})

it('says who mended what of whom to call back, and no value of it', async () => {
  const who = record('account', 8, { name: '样例同事', login: 'x', role: 'staff' })
  const asker = record('asker', 12, { request: uuid(10), name: '样例居民' })
  const mended = change(31, 12, {
    by: uuid(8),
    fields: { telephone: ['10012340078', '10012340099'], tokens: [[], []] },
  })
  const cleared = change(32, 12, {
    by: uuid(8),
    fields: { name: ['样例居民', null], telephone: ['10012340099', null] },
  })
  const page = <RequestPage params={{ request: uuid(10) }} />
  open(page, 'staff', [who, asker], undefined, [mended, cleared])
  fireEvent.click(await screen.findByText('改过2次'))
  expect(screen.getByText(/样例同事，改了电话、查询码$/)).toBeDefined()
  expect(screen.getByText(/样例同事，清除了称呼和电话$/)).toBeDefined()
  expect(document.body.textContent).not.toMatch(/10012340/)
})
