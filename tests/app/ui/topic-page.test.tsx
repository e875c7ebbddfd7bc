/** A topic's page as its office sees it: what comes next stands there, and its end is not offered as the first thing. */
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { TopicPage } from '#app/ui/topics/TopicPage.tsx'
import {
  building,
  dwelling,
  gridA,
  page,
  record,
  today,
  uuid,
} from '../register/grid-of-samples.ts'

const community = uuid(9)
const at = (hour: number) => `${today}T0${String(hour)}:00:00.000Z`
const topic = record('topic', 500, {
  ...{ title: '样例议题', parts: [{ building: uuid(100) }], at: at(1) },
  rule: { key: 'fund-use', ground: '样例' },
})
const step = (id: number, name: string, more: object = {}) =>
  record('topic-step', id, { topic: uuid(500), step: name, at: at(id - 600), ...more })

function show(...steps: readonly ReturnType<typeof record>[]) {
  const register = createRegister()
  register.applyPages([
    page(community, [
      record('place', 9, { placeKind: 'community', name: '样例社区' }),
      topic,
      ...steps,
    ]),
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '样例网格', parent: community }),
      ...[building(100, '3幢', 1), dwelling(200, 100, '1', '101'), dwelling(201, 100, '1', '102')],
    ]),
  ])
  const tally = { doors: 2, yes: 1, no: 0, abstain: 0, notMet: 0, silent: 1, paperWaiting: 0 }
  const answer = {
    ...{ ok: true, at: at(5), tally, places: [], late: 0, devicesAwaited: 1 },
    finalBy: steps.length > 1 ? at(9) : null,
  }
  const remembered = {
    last: () => Promise.resolve(null),
    now: () => Promise.resolve({ ok: true, value: answer }),
  }
  const parts = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), role: 'staff' } })),
    today: createStore(() => ({ day: today })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], lastSync: null })),
    now: () => Date.parse(at(6)),
    work: { newId: () => uuid(900) },
    officeActs: {
      overview: () => Promise.resolve({ ok: true, value: { topic: () => remembered } }),
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={parts}>
        <TopicPage params={{ topic: uuid(500) }} />
      </PartsContext.Provider>
    </LocationProvider>,
  )
}

it('of a topic that nobody was asked about begins with asking, and ends it only for whoever says so', () => {
  show()
  expect(screen.getByRole('button', { name: '开始征求意见' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: '办结' })).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: '不问各户，直接办结' }))
  expect(screen.getByRole('button', { name: '办结' })).toBeTruthy()
})

it('says that the count still changes while doors are asked, and once it is closed only that it is not counted', async () => {
  const asked = step(601, 'ask', { openUntil: '2026-12-20' })
  show(asked)
  expect(await screen.findByText(/还在变/)).toBeTruthy()
  cleanup()
  show(asked, step(602, 'close'))
  expect(await screen.findByText(/已截止，计票后才算数/)).toBeTruthy()
  expect(screen.queryByText(/还在变/)).toBeNull()
})
