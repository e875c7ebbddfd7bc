/** What comes by the codes on walls, as an office meets it: admitted, sent back with words, and judged on the wall. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { FunctionComponent } from 'preact'
import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { shortOfSticker, writeSticker } from '#domain/ask/sticker.ts'
import type { WaitingAsk } from '#protocol/ask.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { Ask } from '#app/ui/requests/ask/Ask.tsx'
import { CheckSticker } from '#app/ui/requests/ask/CheckSticker.tsx'
import { CodeSettings } from '#app/ui/requests/ask/CodeSettings.tsx'
import { gridA, page, record, uuid } from '#tests/app/register/grid-of-samples.ts'

const place = uuid(3)
const sticker = writeSticker(Uint8Array.from({ length: 12 }, (_, index) => index + 1))
const address = 'https://ask.example.org'

const waiting = (id: number): WaitingAsk => ({
  ...{ id: uuid(id), number: `SM-261123-0A-${id}`, place, item: null, itemName: null },
  ...{
    words: '样例灯不亮',
    why: 'many',
    code: uuid(40),
    codeName: '样例苑1单元',
    door: null,
    name: '样*线',
  },
  ...{ hasTelephone: true, additions: [], photos: [], receivedAt: '2026-11-23T01:00:00.000Z' },
})

function open(Page: FunctionComponent, answers: OfficeAnswer<unknown>[] = []) {
  const register = createRegister()
  register.applyPages([
    page(place, [record('place', 3, { placeKind: 'community', name: '样例社区' }, { id: place })]),
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '第一网格', parent: place }, { id: gridA }),
      record('code', 40, { code: sticker, address, name: '样例苑1单元' }),
    ]),
  ])
  const state = { waiting: [waiting(50)] }
  const asked: [string, Record<string, unknown>][] = []
  const answer = (name: string) => (request: Record<string, unknown>) => {
    asked.push([name, request])
    const told = answers.shift() ?? { ok: true, value: null }
    if (told.ok) state.waiting = []
    return Promise.resolve(told)
  }
  const acts = {
    read: () => {
      const value = { isOn: true, waiting: state.waiting, count: state.waiting.length }
      return Promise.resolve({ ok: true, value: { ok: true, ...value, groups: [], away: [] } })
    },
    admit: answer('admit'),
    turnAway: answer('turnAway'),
    setPage: answer('setPage'),
  }
  const kept = new Map<string, unknown>()
  let ids = 1_000
  let synced = 0
  const parts = {
    register,
    session: createStore(() => ({ account: { id: uuid(8), name: '样例', role: 'staff' } })),
    today: createStore(() => ({ day: '2026-11-23' })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: { syncNow: () => void (synced += 1) },
    work: { newId: () => uuid((ids += 1)) },
    drafts: {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    },
    officeActs: {
      ask: () => Promise.resolve<OfficeAnswer<unknown>>({ ok: true, value: acts }),
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={parts}>
        <Page />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  return { asked, kept, syncs: () => synced }
}

const press = (name: string) => {
  const [button] = screen.getAllByRole('button', { name })
  if (button) fireEvent.click(button)
}

describe('what waits', () => {
  it('is admitted to the grid of its code where nobody says otherwise, and is then gone', async () => {
    const { asked } = open(Ask)
    await screen.findByText('样例灯不亮')
    expect(screen.getByText(/收到，超过限量/)).toBeTruthy()
    press('放行')
    await screen.findByText('已放行')
    expect(asked).toMatchObject([
      ['admit', { place, waiting: [uuid(50)], stream: null, level: null }],
    ])
    expect(asked[0]?.[1]).not.toHaveProperty('item')
    await waitFor(() => expect(screen.queryByText('样例灯不亮')).toBeNull())
  })

  it('is sent back with a sentence alone, which stays typed where the office was not reached', async () => {
    const { asked, kept } = open(Ask, [{ ok: false, problem: 'offline' }])
    await screen.findByText('样例灯不亮')
    press('退回')
    const words = await screen.findByLabelText<HTMLTextAreaElement>(/给居民的话/)
    press('退回')
    expect(screen.getByText('请写一句话')).toBeTruthy()
    expect(asked).toEqual([])
    fireEvent.input(words, { target: { value: ' 请找物业 ' } })
    press('退回')
    await waitFor(() => expect(asked).toHaveLength(1))
    await screen.findAllByText('没有网络，联网后再看')
    expect(screen.getByLabelText<HTMLTextAreaElement>(/给居民的话/).value).toBe(' 请找物业 ')
    press('退回')
    await screen.findByText(/已退回/)
    const [first, second] = asked
    expect(second?.[1]).toEqual(first?.[1])
    expect(first?.[1]).toMatchObject({ told: '请找物业', reason: 'not-for-office' })
    expect([...kept.keys()].filter((key) => key.startsWith('ask-away'))).toEqual([])
  })
})

describe('a sticker on a wall', () => {
  const judge = (typed: string) => {
    open(CheckSticker)
    fireEvent.input(screen.getByLabelText('网址或8位'), { target: { value: typed } })
    const said = [...screen.queryAllByRole('status'), ...screen.queryAllByRole('alert')]
    return said.map((one) => one.textContent).join('')
  }

  it('is judged in one word, not in a word within a word', () => {
    open(CheckSticker)
    expect(screen.queryAllByRole('status')).toEqual([])
    fireEvent.input(screen.getByLabelText('网址或8位'), {
      target: { value: `${address}/${sticker}` },
    })
    expect(screen.getAllByRole('status')).toHaveLength(1)
  })

  it('is real by its whole address', () => {
    expect(judge(`${address}/${sticker}`)).toContain('这是真的')
    expect(screen.getByText('样例苑1单元')).toBeTruthy()
  })

  it('is not taken for real by eight letters without its address', () => {
    expect(judge(shortOfSticker(sticker))).toContain(`${address}/`)
  })

  it('is somebody else’s where the letters are ours and the address is not', () => {
    expect(judge(`https://elsewhere.example.org/${sticker}`)).toContain('马上告诉办公室')
    expect(screen.queryByText('样例苑1单元')).toBeNull()
  })
})

describe('the settings of a community’s page', () => {
  it('are saved with whole numbers and a telephone alone', async () => {
    const { asked, syncs } = open(CodeSettings)
    fireEvent.input(screen.getByLabelText('社区电话'), { target: { value: '三号楼' } })
    fireEvent.input(screen.getByLabelText('一个码每小时直接进网格'), { target: { value: '-1' } })
    press('保存')
    expect(screen.getByText('不像电话号码')).toBeTruthy()
    expect(screen.getByText('请填0以上的整数')).toBeTruthy()
    expect(asked).toEqual([])
    fireEvent.input(screen.getByLabelText(/社区电话/), { target: { value: '10012345678' } })
    fireEvent.input(screen.getByLabelText(/一个码每小时直接进网格/), { target: { value: '7' } })
    press('保存')
    await screen.findByText('已保存')
    expect(asked).toMatchObject([['setPage', { place, telephone: '10012345678', codeHour: 7 }]])
    expect(syncs()).toBe(1)
  })
})
