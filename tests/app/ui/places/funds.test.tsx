/**
 * Funds on a device: who is offered what, what a form saves, and that nobody agrees to the own entry. Holds
 * `src/app/views/funds.ts` and `src/app/acts/fund-acts.ts`.
 */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { ComponentChild } from 'preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { EntryForm, ReverseForm } from '#app/ui/places/funds/EntryForm.tsx'
import { EntryPage } from '#app/ui/places/funds/EntryPage.tsx'
import { FundForm } from '#app/ui/places/funds/FundForm.tsx'
import { FundPage } from '#app/ui/places/funds/FundPage.tsx'
import { Funds } from '#app/ui/places/funds/Funds.tsx'
import { FundOfTopic } from '#app/ui/pieces/page-links/FundOfTopic.tsx'
import { gridA, page, record, today, uuid } from '#tests/app/register/grid-of-samples.ts'

const me = uuid(8)
const colleague = uuid(9)
const fund = uuid(700)

const opened = (more: object = {}) =>
  record('fund', 700, {
    ...{ name: '样例灯改造', where: '样例苑 3幢1单元', openedOn: '2026-11-01' },
    ...more,
  })
const entry = (n: number, by: string, more: object = {}) => ({
  ...record('fund-entry', n, {
    ...{ fund, entryKind: 'received', cents: 50_000, on: '2026-11-20', giver: '三楼一户' },
    ...more,
  }),
  by,
})
const counted = (n: number, of: number, no: number) => ({
  ...record('fund-check', n, {
    ...{ entry: uuid(of), says: 'agree', moved: true, no },
    ...{ previous: 'b'.repeat(64), hash: 'a'.repeat(64) },
  }),
  by: colleague,
})

function stage(role: 'worker' | 'staff', records: readonly object[], kind = 'grid') {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      { ...record('place', 2, { placeKind: kind, name: '第三网格' }), id: gridA },
      ...(records as never[]),
    ]),
  ])
  const saved: (readonly Intent[])[] = []
  const kept = new Map<string, unknown>()
  let made = 950
  const parts = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: me, role } })),
    today: createStore(() => ({ day: today })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    now: () => Date.parse(`${today}T02:00:00Z`),
    drafts: {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    },
    photos: () => new Promise(() => {}),
    officeActs: {},
    work: {
      newId: () => uuid((made += 1)),
      save(intents: readonly Intent[]) {
        saved.push(intents)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
    },
  } as unknown as DeviceParts
  const show = (drawn: ComponentChild) =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={parts}>{drawn}</PartsContext.Provider>
      </LocationProvider>,
    )
  return { show, saved }
}
const params = (of: number) => ({ fund, entry: uuid(of) })

it('lists what is open with what waits, and offers a worker no new account', async () => {
  const { show } = stage('worker', [
    opened(),
    entry(701, colleague),
    entry(702, me),
    entry(703, colleague),
    counted(710, 703, 1),
  ])
  show(<Funds />)
  await screen.findByText('样例灯改造')
  screen.getByText('1笔等你确认')
  screen.getByText(/结余500\.00元/)
  expect(screen.queryByText('开一本账')).toBeNull()
})

it('says how an account comes to be where there is none, and offers an office to open one', async () => {
  const { show } = stage('staff', [], 'community')
  show(<Funds />)
  await screen.findByText('还没有维修基金的账')
  screen.getByText('开一本账')
})

it('asks somebody else for a word about an entry, and its author for none', async () => {
  const { show, saved } = stage('worker', [opened(), entry(701, colleague), entry(702, me)])
  const first = show(<EntryPage params={params(702)} />)
  await screen.findByText(/你登记的，要由另一个人确认/)
  expect(screen.queryByText('看过了，确认入账')).toBeNull()
  fireEvent.click(screen.getByText('撤回这一笔'))
  first.unmount()
  show(<EntryPage params={params(701)} />)
  fireEvent.click(await screen.findByText('看过了，确认入账'))
  await waitFor(() => expect(saved).toHaveLength(2))
  expect(saved).toMatchObject([
    [{ op: 'create', kind: 'fund-check', fields: { entry: uuid(702), says: 'withdraw' } }],
    [{ op: 'create', kind: 'fund-check', fields: { entry: uuid(701), says: 'agree' } }],
  ])
})

it('gives a worker nothing to say where the fund is of a place above', async () => {
  const spent = { entryKind: 'spent', payee: '样例店', vouchers: ['c'.repeat(64)], giver: null }
  const { show } = stage('worker', [opened(), entry(701, colleague, spent)], 'subdistrict')
  show(<EntryPage params={params(701)} />)
  await screen.findByText('待第二人确认')
  screen.getByText('凭证照片1张，在社区办公室看。')
  expect(screen.queryByText('看过了，确认入账')).toBeNull()
})

it('saves whole cents, and asks for what is missing', async () => {
  const { show, saved } = stage('worker', [opened()])
  show(<EntryForm params={params(0)} />)
  fireEvent.click(await screen.findByLabelText('支出'))
  fireEvent.click(screen.getByText('登记，等人确认'))
  await screen.findByText(/有3处|3/)
  expect(saved).toHaveLength(0)
  const type = (label: RegExp, value: string) =>
    fireEvent.input(screen.getByLabelText(label), { target: { value } })
  type(/金额/, '1,200.5')
  type(/付给谁/, '样例五金店')
  type(/^事项/, '灯具')
  fireEvent.click(screen.getByText('登记，等人确认'))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject([
    {
      ...{ op: 'create', kind: 'fund-entry', stream: gridA },
      fields: {
        ...{ fund, entryKind: 'spent', cents: 120_050, payee: '样例五金店', what: '灯具' },
        giver: null,
      },
    },
  ])
})

it('takes back an entry that counts by one of the same sum', async () => {
  const { show, saved } = stage('worker', [opened(), entry(701, colleague), counted(710, 701, 1)])
  show(<ReverseForm params={params(701)} />)
  await screen.findByText(/抵掉第1号的 500\.00元/)
  fireEvent.input(screen.getByLabelText(/为什么冲正/), { target: { value: '记错' } })
  fireEvent.click(screen.getByText('登记冲正'))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject([
    { fields: { entryKind: 'corrected', cents: 50_000, reverses: uuid(701), what: '记错' } },
  ])
})

it('warns of an account that does not hold, and prints none of it', async () => {
  const { show } = stage('staff', [opened(), entry(701, colleague), counted(710, 701, 1)])
  show(<FundPage params={params(0)} />)
  await screen.findByText(/第1号起对不上/)
  expect((screen.getByText('打印账单').closest('button') as HTMLButtonElement).disabled).toBe(true)
})

it('shows the code of the page once, when it is made, and takes an earlier one from its sheet', async () => {
  const { show, saved } = stage('staff', [opened()], 'community')
  const first = show(<FundPage params={params(0)} />)
  fireEvent.click(await screen.findByText('做一个码'))
  await screen.findByText('打印带码的账单')
  const code = screen.getByText(/^([0-9A-Z]{4}-?){7}$/).textContent ?? ''
  const [[patch] = []] = saved
  const made = patch as { readonly fields: { readonly page: string } }
  expect(made).toMatchObject({ op: 'patch', kind: 'fund', fields: { pageOn: today } })
  expect(JSON.stringify(saved)).not.toContain(code.replace(/-/g, ''))
  first.unmount()

  const again = stage('staff', [opened({ page: made.fields.page, pageOn: today })], 'community')
  again.show(<FundPage params={params(0)} />)
  const sheet = await screen.findByLabelText(/旧账单上的码/)
  expect(screen.queryByText(code)).toBeNull()
  for (const [typed, found] of [
    ['0'.repeat(28), '不是这本账现在的码，请对照账单再看一遍。'],
    [code.toLowerCase(), '打印带码的账单'],
  ] as const) {
    fireEvent.input(sheet, { target: { value: typed } })
    fireEvent.click(screen.getByText('用这个码'))
    await screen.findByText(found)
  }
})

it('gives a worker no code to make or to see', async () => {
  const { show } = stage('worker', [opened()])
  show(<FundPage params={params(0)} />)
  await screen.findByText('还没有码，由社区办公室做。')
  expect(screen.queryByText('做一个码')).toBeNull()
})

it('comes of a topic that became a project in one tap, with all that it says, and names it', async () => {
  const topic = record('topic', 800, {
    ...{ title: '样例：楼道灯改造', at: '2026-11-01T02:00:00Z', parts: [{ building: uuid(10) }] },
    rule: { key: 'fund-use' },
  })
  const step = (n: number, fields: object) =>
    record('topic-step', n, { topic: topic.id, at: `2026-11-0${n - 800}T02:00:00Z`, ...fields })
  const tally = { doors: 12, yes: 9, no: 1, abstain: 1, notMet: 0, silent: 1, paperWaiting: 0 }
  const course = [
    ...[step(801, { step: 'ask' }), step(802, { step: 'close' })],
    ...[step(803, { step: 'tally', tally }), step(804, { step: 'decide', outcome: 'project' })],
  ]
  const { show, saved } = stage('staff', [topic, ...course], 'community')
  const first = show(<FundOfTopic topic={topic.id} />)
  const link = (await screen.findByText('给这件事开一本账')).closest('a')
  first.unmount()
  history.replaceState(null, '', link?.getAttribute('href') ?? '')
  show(<FundForm params={{}} />)
  fireEvent.click(await screen.findByText('开账'))
  await waitFor(() => expect(saved).toHaveLength(1))
  const [[made] = []] = saved
  expect(made).toMatchObject({
    ...{ op: 'create', kind: 'fund' },
    fields: {
      ...{ topic: topic.id, name: '样例：楼道灯改造' },
      agreed: '11月3日议题计票：12户中9户同意、1户不同意、1户弃权，决定立项',
    },
  })

  const came = opened({ topic: topic.id })
  const again = stage('worker', [topic, ...course, came])
  const page = again.show(<FundPage params={params(0)} />)
  const title = await screen.findByText('样例：楼道灯改造')
  expect(title.closest('a')?.getAttribute('href')).toBe(`/topics/${topic.id}`)
  page.unmount()
  again.show(<FundOfTopic topic={topic.id} />)
  const back = await screen.findByText('维修基金：样例灯改造')
  expect(back.closest('a')?.getAttribute('href')).toBe(`/fund/${fund}`)
})
