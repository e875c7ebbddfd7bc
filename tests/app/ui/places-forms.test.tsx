/** Forms of places and people over the real register, with an office that answers as the test says. */
import { act, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { FunctionComponent } from 'preact'
import { beforeEach, describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Role } from '#domain/account.ts'
import type { PlaceList } from '#protocol/places.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { placesOf } from '#app/acts/known-places.ts'
import type { JourneyHooks } from '#app/acts/places-acts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import type { PageProps } from '#app/ui/route.ts'
import { PersonAdd, PersonEdit } from '#app/ui/places/tree/PersonForm.tsx'
import { PlacePage } from '#app/ui/places/tree/PlacePage.tsx'
import { RenamePlace } from '#app/ui/places/tree/RenamePlace.tsx'
import { SplitGrid } from '#app/ui/places/tree/SplitGrid.tsx'
import { building, page, record, uuid } from '../register/grid-of-samples.ts'

const [root, community, grid, other, me, colleague] = [90, 91, 1, 92, 93, 94].map(uuid) as [
  string,
  string,
  string,
  string,
  string,
  string,
]
const place = (id: string, placeKind: string, parent: string | null, name: string) =>
  page(id, [record('place', 1, { placeKind, parent, name }, { id, version: 1 })])

interface Sent {
  readonly name: string
  readonly request: { readonly act: string } & Readonly<Record<string, unknown>>
}
type Reply = OfficeAnswer<unknown>

/** An office whose answers lie ready, the last one again and again. */
function stage(role: Role = 'admin') {
  const register = createRegister()
  register.applyPages([
    place(root, 'subdistrict', null, '样例街道'),
    place(community, 'community', root, '样例社区'),
    place(other, 'grid', community, '第二网格'),
    page(grid, [
      record('place', 1, { placeKind: 'grid', parent: community, name: '第一网格' }, { id: grid }),
      building(2, '1幢', 1, '样例苑'),
      building(3, '2幢', 2, '样例苑'),
      building(4, '9号', 3, '样例里'),
    ]),
  ])
  const list = {
    value: {
      ok: true,
      figures: [],
      accounts: [
        account(me, 'admin', role, [role === 'admin' ? root : community]),
        account(colleague, 'worker1', 'worker', [grid]),
      ],
    } as PlaceList,
  }
  const kept = new Map<string, unknown>()
  const sent: Sent[] = []
  const replies: Reply[] = [{ ok: true, value: null }]
  const reply = (name: string) => (request: Sent['request']) => {
    sent.push({ name, request })
    const [next] = replies
    if (replies.length > 1) replies.shift()
    return Promise.resolve(next)
  }
  const journeys: { hooks: JourneyHooks; end: (answer: Reply) => void }[] = []
  const acts = {
    list: {
      last: () => Promise.resolve(null),
      now: () => Promise.resolve({ ok: true, value: list.value }),
    },
    act: (name: string, request: Sent['request']) => reply(name)(request),
    make: reply('make'),
    move: (request: Sent['request'], hooks: JourneyHooks) =>
      new Promise<Reply>((end) => {
        sent.push({ name: 'move', request })
        hooks.signal.addEventListener('abort', () => end({ ok: false, problem: 'offline' }))
        journeys.push({ hooks, end })
      }),
  }
  let ids = 1_000
  const app = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: me, name: '样例', role } })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], damage: {}, lastSync: null })),
    syncActs: { syncNow() {} },
    today: createStore(() => ({ day: '2026-11-23' })),
    now: () => Date.parse('2026-11-23T02:00:00Z'),
    work: { newId: () => uuid((ids += 1)) },
    drafts: {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    },
    officeActs: { places: () => Promise.resolve({ ok: true, value: acts }) },
  } as unknown as DeviceParts
  return { app, register, sent, replies, kept, list, journeys }
}
const account = (id: string, login: string, role: Role, places: string[]) => ({
  ...{ id, login, name: login, role, places },
  ...{ closedAt: null, oneTimeUntil: null, kept: id !== me },
})

async function show(
  app: DeviceParts,
  Shown: FunctionComponent<PageProps>,
  params: PageProps['params'],
) {
  const drawn = render(
    <PartsContext.Provider value={app}>
      <LocationProvider>
        <Shown params={params} />
      </LocationProvider>
    </PartsContext.Provider>,
  )
  // The list of people comes from the office.
  await waitFor(() => expect(placesOf(app).getState().told).not.toBeNull())
  return drawn
}
/** What must be filled says so in its label. */
const field = (label: string) =>
  screen.getByLabelText<HTMLInputElement>(new RegExp(`^${label}(?:必填)?$`))
const type = (label: string, value: string) => fireEvent.input(field(label), { target: { value } })
const tap = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const valueOf = (label: string) => field(label).value

beforeEach(() => history.replaceState(null, '', '/'))

describe('a name', () => {
  it('is asked for again under the same id, and under another one where it is another name', async () => {
    const { app, sent, replies, kept } = stage()
    replies.unshift({ ok: false, problem: 'offline' }, { ok: false, problem: 'unreadable-answer' })
    await show(app, RenamePlace, { place: grid })
    type('名称', '江边网格')
    tap('保存')
    await screen.findByText('没有网络，请连上网再试。')
    expect(valueOf('名称')).toBe('江边网格')
    tap('保存')
    await screen.findByText('没有收到完整的回答。请再按一次，不会重复做。')
    type('名称', '河边网格')
    tap('保存')
    await waitFor(() => expect(location.pathname).toBe(`/places/${grid}`))
    expect(sent.map(({ request }) => request['name'])).toEqual(['江边网格', '江边网格', '河边网格'])
    const [first, second, third] = sent.map(({ request }) => request.act)
    expect(first).toBe(second)
    expect(third).not.toBe(first)
    expect([...kept.keys()]).toEqual([])
  })

  it('is the same act after the page was opened anew', async () => {
    const { app, sent, replies } = stage()
    replies.unshift({ ok: false, problem: 'offline' })
    const { unmount } = await show(app, RenamePlace, { place: grid })
    type('名称', '江边网格')
    tap('保存')
    await screen.findByText('没有网络，请连上网再试。')
    unmount()
    await show(app, RenamePlace, { place: grid })
    expect(valueOf('名称')).toBe('江边网格')
    tap('保存')
    await waitFor(() => expect(sent).toHaveLength(2))
    expect(sent[0]?.request).toEqual(sent[1]?.request)
  })

  it('that a colleague changed meanwhile is said, and can be begun with', async () => {
    const { app, register } = stage()
    await show(app, RenamePlace, { place: grid })
    type('名称', '江边网格')
    const renamed = { placeKind: 'grid', parent: community, name: '山边网格' }
    await act(() =>
      register.applyPages([page(grid, [record('place', 9, renamed, { id: grid })], { from: 9 })]),
    )
    expect(screen.getByText(/填的时候别人改过，现在是：山边网格/)).toBeDefined()
    expect(valueOf('名称')).toBe('江边网格')
    tap('换成现在的再改')
    expect(valueOf('名称')).toBe('山边网格')
    expect(screen.queryByText(/填的时候别人改过/)).toBeNull()
  })

  it.each([
    ['', '', '请填名称'],
    ['江边网格', '3301', '请填12位数字，或者留空'],
  ])('“%s” with code “%s” is not sent', async (name, code, said) => {
    const { app, sent } = stage()
    await show(app, RenamePlace, { place: grid })
    type('名称', name)
    type('行政区划代码', code)
    tap('保存')
    await screen.findByText(said)
    expect(sent).toEqual([])
  })
})

it('a second tap before the answer is no second act', async () => {
  const { app, sent } = stage()
  await show(app, RenamePlace, { place: grid })
  type('名称', '江边网格')
  const save = screen.getByRole('button', { name: '保存' })
  fireEvent.click(save)
  fireEvent.click(save)
  await waitFor(() => expect(location.pathname).toBe(`/places/${grid}`))
  expect(sent).toHaveLength(1)
})

describe('what an office may do with a place', () => {
  const links = () => screen.getAllByRole('link').map((link) => link.textContent)

  it('is for an administrator everything that fits its kind', async () => {
    const { unmount } = await show(stage().app, PlacePage, { place: community })
    expect(links()).toEqual(expect.arrayContaining(['改名称或代码', '新增下级地方']))
    expect(links()).not.toContain('划给另一个社区')
    unmount()
    await show(stage().app, PlacePage, { place: grid })
    expect(links()).toEqual(
      expect.arrayContaining(['拆分：把一部分楼转走', '并入另一个网格', '划给另一个社区']),
    )
    // A micro-grid.
    expect(links()).toContain('新增下级地方')
    expect(screen.getByRole('link', { name: 'worker1' })).toBeDefined()
  })

  it('is for a community its grids, and new ones', async () => {
    const { unmount } = await show(stage('staff').app, PlacePage, { place: community })
    expect(links()).toContain('新增下级地方')
    expect(links()).not.toContain('改名称或代码')
    expect(screen.queryByRole('button', { name: '关闭这个地方' })).toBeNull()
    unmount()
    await show(stage('staff').app, PlacePage, { place: grid })
    expect(links()).toContain('拆分：把一部分楼转走')
    expect(links()).not.toContain('划给另一个社区')
  })
})

describe('a new account', () => {
  const fill = () => {
    type('账号', 'sample9')
    type('姓名', '样例新人')
    fireEvent.click(screen.getByLabelText('样例社区 第一网格'))
  }

  it('says what is missing, and sends nothing before', async () => {
    const { app, sent } = stage()
    await show(app, PersonAdd, {})
    type('账号', 'Sample 9')
    tap('新建')
    await screen.findByText('请至少选一个地方')
    expect(screen.getByText('请填姓名')).toBeDefined()
    expect(screen.getByText(/只能用小写字母和数字/)).toBeDefined()
    expect(sent).toEqual([])
  })

  it('shows its password once and keeps it nowhere', async () => {
    const { app, sent, replies, kept } = stage()
    const until = '2026-11-30T02:00:00.000Z'
    replies.unshift(
      { ok: false, problem: 'login-taken' },
      { ok: true, value: { ok: true, password: 'badofe-gukali-123', until } },
    )
    await show(app, PersonAdd, {})
    fill()
    tap('新建')
    await screen.findByText('这个账号名已经有人用了，请换一个。')
    expect(valueOf('姓名')).toBe('样例新人')
    type('账号', 'sample10')
    tap('新建')
    await screen.findByText('badofe-gukali-123')
    expect(screen.getByText(/到 11月30日 10:00 为止/)).toBeDefined()
    expect(sent.at(-1)).toMatchObject({
      name: 'make',
      request: { login: 'sample10', name: '样例新人', role: 'worker', places: [grid] },
    })
    expect(JSON.stringify([...kept])).not.toContain('badofe')
    expect([...kept.keys()]).toEqual([])
  })

  it('whose making was not heard of is said to be there', async () => {
    const { app, sent, replies, list } = stage()
    replies.unshift({ ok: false, problem: 'offline' }, { ok: false, problem: 'login-taken' })
    await show(app, PersonAdd, {})
    fill()
    tap('新建')
    await screen.findByText('没有网络，请连上网再试。')
    const made = String(sent[0]?.request['account'])
    const { accounts } = list.value
    list.value = {
      ...list.value,
      accounts: [...accounts, account(made, 'sample9', 'worker', [grid])],
    }
    type('姓名', '样例又改')
    tap('新建')
    await screen.findByText(/这个账号刚才其实已经建好/)
    expect(sent[1]?.request['account']).toBe(made)
    expect(sent[1]?.request.act).not.toBe(sent[0]?.request.act)
  })

  it('of an administrator may have any role, its places those that fit; of a community only a worker’s', async () => {
    const { app } = stage()
    const { unmount } = await show(app, PersonAdd, {})
    const role = screen.getByLabelText<HTMLSelectElement>('角色')
    expect(role.options).toHaveLength(5)
    fireEvent.input(role, { target: { value: 'staff' } })
    expect(screen.queryByLabelText('样例社区 第一网格')).toBeNull()
    expect(screen.getByLabelText('样例街道 样例社区')).toBeDefined()
    unmount()
    await show(stage('staff').app, PersonAdd, {})
    expect(screen.queryByLabelText('角色')).toBeNull()
    expect(screen.getByLabelText('样例社区 第一网格')).toBeDefined()
  })
})

it('an account says what it was opened on; what a colleague changed is shown', async () => {
  const { app, sent, replies, list } = stage()
  replies.unshift({ ok: false, problem: 'changed-meanwhile' })
  await show(app, PersonEdit, { account: colleague })
  type('姓名', '样例改名')
  const [own] = list.value.accounts
  list.value = {
    ...list.value,
    accounts: [...(own ? [own] : []), account(colleague, 'worker1', 'worker', [grid, other])],
  }
  tap('保存')
  await screen.findByText(/填的时候别人改过，现在是：worker1，网格员，/)
  expect(sent[0]?.request).toMatchObject({
    name: '样例改名',
    before: { name: 'worker1', role: 'worker', places: [grid] },
  })
  tap('换成现在的再改')
  type('姓名', '样例改名')
  tap('保存')
  await waitFor(() => expect(sent).toHaveLength(2))
  expect(sent[1]?.request).toMatchObject({
    places: [grid, other],
    before: { places: [grid, other] },
  })
})

it('a split tells what it will do, how far it is, and goes on where it was stopped', async () => {
  const { app, sent, journeys, kept } = stage()
  await show(app, SplitGrid, { place: grid })
  tap('先看看会怎样')
  await screen.findByText('请选要转的楼')
  fireEvent.input(screen.getByLabelText(/转到哪里/), { target: { value: other } })
  fireEvent.click(screen.getByLabelText('样例苑 全部2栋'))
  expect(screen.getByText(/已选2栋/)).toBeDefined()
  fireEvent.click(screen.getByLabelText(/^1幢/))
  const all = screen.getByLabelText<HTMLInputElement>('样例苑 全部2栋')
  expect([all.checked, all.indeterminate]).toEqual([false, true])
  fireEvent.click(all)
  tap('先看看会怎样')
  await screen.findByText('把2栋楼转到“样例社区 第二网格”？')
  expect(screen.getByText('“第一网格”还剩1栋。')).toBeDefined()
  tap('确定转')
  await screen.findByText('正在开始…')
  await act(() => journeys[0]?.hooks.onProgress(1, 2))
  expect(screen.getByText('正在转：1 / 2栋')).toBeDefined()
  tap('停下')
  await screen.findByText(/已停下/)
  tap('接着转')
  await waitFor(() => expect(journeys).toHaveLength(2))
  await act(() => journeys[1]?.end({ ok: true, value: { type: 'end', moved: 1, left: 0 } }))
  await screen.findByText('转好了1栋。')
  // One act, asked for twice.
  expect(sent[0]).toEqual(sent[1])
  expect(sent[0]?.request).toMatchObject({ from: grid, to: other, buildings: [2, 3].map(uuid) })
  expect([...kept.keys()]).toEqual([])
})

it('a split to a new grid goes on where the making of that was not heard of', async () => {
  const { app, sent, replies, journeys } = stage()
  replies.unshift({ ok: false, problem: 'offline' }, { ok: false, problem: 'record-exists' })
  await show(app, SplitGrid, { place: grid })
  fireEvent.input(screen.getByLabelText(/转到哪里/), { target: { value: 'new' } })
  type('新网格的名称', '江边网格')
  fireEvent.click(screen.getByLabelText(/^1幢/))
  tap('先看看会怎样')
  tap('确定转')
  await screen.findByText('没有网络，请连上网再试。')
  tap('取消')
  type('新网格的名称', '河边网格')
  tap('先看看会怎样')
  tap('确定转')
  await waitFor(() => expect(journeys).toHaveLength(1))
  const [first, second, move] = sent.map(({ request }) => request)
  expect(first?.['place']).toBe(second?.['place'])
  expect(move?.['to']).toBe(first?.['place'])
})
