/** What waits in grids that are not here: counted, compared, and brought with a tap. */
import { act, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { beforeEach, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { PairsSoFar } from '#app/acts/review-beyond.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { BeyondReview } from '#app/ui/office/review/BeyondReview.tsx'
import { fetchLaterWords } from '#app/ui/words/zh-CN.ts'
import type { Found } from '#protocol/search.ts'
import { page, record, resident, uuid } from '#tests/app/register/grid-of-samples.ts'

beforeEach(async () => {
  history.replaceState(null, '', '/review')
  await fetchLaterWords()
})

const [near, far, other] = [uuid(1), uuid(3), uuid(4)]
const place = (id: number, placeKind: string, name: string, to: number) => ({
  ...page(uuid(id), [record('place', id, { placeKind, name, parent: id === 2 ? null : uuid(2) })]),
  to,
})
const found = (id: number, stream: string, name: string): Found => ({
  ...{ kind: 'resident', id: uuid(id), stream, matched: 'name', name, sex: '1', age: 61 },
  ...{ gone: null, place: '远网格', above: '样例社区' },
  door: { estate: '样苑', building: '9幢', units: 2, unit: '1', floor: 5, room: '501' },
})

function stage({ role = 'admin', phase = 'up-to-date', isPart = true } = {}) {
  const register = createRegister()
  register.applyPages([
    place(2, 'community', '样例社区', 1),
    place(1, 'grid', '近网格', 1),
    ...(isPart ? [place(3, 'grid', '远网格', 0), place(4, 'grid', '别网格', 0)] : []),
  ])
  const held: string[] = []
  let tell = (_: PairsSoFar) => {}
  let end = (_: object) => {}
  const signals: AbortSignal[] = []
  const parts = {
    register,
    session: createStore(() => ({ account: { id: uuid(8), role } })),
    sync: createStore(() => ({ phase })),
    syncActs: {
      hold: (stream: string, how: string) => Promise.resolve(void held.push(`${how} ${stream}`)),
    },
    officeActs: {
      review: () =>
        Promise.resolve({
          ok: true,
          value: {
            figures: () =>
              Promise.resolve({
                ok: true,
                value: [
                  { id: far, clashes: 3, colours: 1 },
                  { id: near, clashes: 9, colours: 0 },
                ],
              }),
            pairs(_: string, onSlice: typeof tell, signal: AbortSignal) {
              tell = onSlice
              signals.push(signal)
              return new Promise<object>((resolve) => (end = resolve))
            },
          },
        }),
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={parts}>
        <BeyondReview />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  return {
    ...{ register, held, signals },
    tap: (name: string) => fireEvent.click(screen.getByRole('button', { name })),
    tell: (soFar: PairsSoFar) => act(() => tell(soFar)),
    end: (answer: object) => act(() => Promise.resolve(end(answer))),
  }
}

it('counts what waits in grids that are not here, and brings one', async () => {
  const { tap, held } = stage()
  tap('看别的网格有几条')
  await waitFor(() => screen.getByText('改得不一样3条，人工调色1条'))
  // What is here stands in the list above.
  expect(screen.queryByText(/9条/)).toBeNull()
  fireEvent.click(screen.getByText('样例社区 远网格'))
  expect(held).toEqual([`open ${far}`])
})

it('compares over all grids slice by slice, and a pair opens once both are here', async () => {
  const { tap, tell, end, held, register } = stage()
  tap('核对证件')
  await waitFor(() => screen.getByText('正在比对0%'))
  const pair = {
    ...{ first: found(900, far, '样*明'), second: found(901, other, '样*明') },
    ...{ score: 85, reasons: ['same-name', 'same-birth'] as const },
  }
  void tell({ pairs: [pair], done: 0.5, isMore: false })
  screen.getByText('正在比对50%')
  screen.getByText('比对了50%，找到1对')
  screen.getByText(/样苑 9幢1单元501室.*姓名相同，出生日期相同/)
  void tell({ pairs: [pair], done: 1, isMore: false })
  await end({ ok: true, value: {} })
  screen.getByText('找到1对')
  fireEvent.click(screen.getByText('样*明 / 样*明'))
  expect(held).toEqual([`open ${far}`, `open ${other}`])
  void act(() => {
    register.applyPages([page(far, [resident(900, 300, '样例明')])])
    register.applyPages([page(other, [resident(901, 300, '样例明')])])
  })
  await waitFor(() => expect(location.pathname).toBe(`/review/pair/${uuid(900)}/${uuid(901)}`))
})

it('does not say that nobody is registered twice where not everybody was compared', async () => {
  const { tap, tell, end } = stage()
  tap('核对证件')
  await waitFor(() => screen.getByText('正在比对0%'))
  void tell({ pairs: [], done: 1, isMore: true })
  await end({ ok: true, value: {} })
  screen.getByText('比对过的里没有找到重复登记的人，还有没比对的')
  expect(screen.queryByText('没有找到重复登记的人')).toBeNull()
})

it('can be stopped, and says why it ended', async () => {
  const { tap, signals, end } = stage()
  tap('核对证件')
  await waitFor(() => screen.getByText('正在比对0%'))
  tap('停止')
  expect(signals[0]?.aborted).toBe(true)
  screen.getByText('比对了0%，找到0对')
  expect(screen.queryByText('没有找到重复登记的人')).toBeNull()
  tap('核对证件')
  await waitFor(() => expect(signals).toHaveLength(2))
  await end({ ok: false, problem: 'too-many-attempts' })
  screen.getByText('找得太多，请过几分钟再找。')
})

it('asks nothing without a connection, and is not there where all grids are here or for others', () => {
  stage({ phase: 'offline' })
  screen.getByText(/别的网格要联网才能看/)
  expect(screen.queryByRole('button')).toBeNull()
  for (const more of [{ isPart: false }, { role: 'worker' }]) {
    stage(more)
    expect(screen.getAllByText('不在本机的网格')).toHaveLength(1)
  }
})
