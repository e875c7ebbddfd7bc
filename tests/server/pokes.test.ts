/**
 * Pokes cost the database the same however many devices listen, and what is about one device wakes one.
 * Holds `src/server/routes/events.ts`.
 */
import { afterEach, expect, it, vi } from 'vitest'
import { deviceHeader } from '#protocol/session.ts'
import { poolOf } from '#server/db/connect.ts'
import type { Hearers } from '#server/db/hearers.ts'
import { createOwnLine, createPokes, type Listener, type News } from '#server/pokes/pokes.ts'
import { statementsOf } from '#tests/support/watch-statements.ts'
import { byPass, openOffice, type Office } from './office.ts'
import { building } from './sample.ts'

const listenerOf = (name: string, account = 'a') => ({
  account,
  device: name,
  session: `session of ${name}`,
  onMoved: vi.fn<Listener['onMoved']>(),
  onWake: vi.fn<Listener['onWake']>(),
})
const everybody = (sessions: readonly string[], streams: readonly string[]): Hearers => ({
  byAccount: new Map([['a', streams]]),
  living: new Set(sessions),
})

it('what moves within a short while is asked for once, for all that listen', async () => {
  const hearersOf = vi.fn((streams: readonly string[], _: unknown, sessions: readonly string[]) =>
    Promise.resolve(everybody(sessions, streams)),
  )
  const pokes = createPokes({ hearersOf, onFault: () => undefined, gatherMs: 5 })
  const listeners = Array.from({ length: 300 }, (_, n) => listenerOf(`d${n}`))
  const stranger = listenerOf('far', 'b')
  for (const listener of [...listeners, stranger]) pokes.listen(listener)
  for (const stream of ['s1', 's2', 's1']) pokes.poke([stream])
  await vi.waitFor(() => expect(listeners.at(-1)?.onMoved).toHaveBeenCalled(), 30_000)
  expect(hearersOf).toHaveBeenCalledTimes(1)
  expect(hearersOf.mock.calls[0]?.slice(0, 2)).toEqual([
    ['s1', 's2'],
    ['a', 'b'],
  ])
  for (const { onMoved } of listeners) expect(onMoved.mock.calls).toEqual([[['s1', 's2']]])
  expect(stranger.onMoved).not.toHaveBeenCalled()
  pokes.stop()
})

it('who has no session any more hears nothing but that', async () => {
  const [here, ended] = [listenerOf('here'), listenerOf('ended')]
  const pokes = createPokes({
    hearersOf: (streams) => Promise.resolve(everybody([here.session], streams)),
    onFault: () => undefined,
    gatherMs: 1,
  })
  for (const listener of [here, ended]) pokes.listen(listener)
  pokes.poke(['s'])
  await vi.waitFor(() => expect(here.onMoved).toHaveBeenCalledWith(['s']), 30_000)
  expect(ended.onMoved).not.toHaveBeenCalled()
  expect(ended.onWake).toHaveBeenCalledTimes(1)
  pokes.stop()
})

it('a database that is away delays what moved and loses nothing of it', async () => {
  const faults: unknown[] = []
  let isAway = true
  const listener = listenerOf('d')
  const pokes = createPokes({
    hearersOf: (streams, _, sessions) =>
      isAway ? Promise.reject(new Error('away')) : Promise.resolve(everybody(sessions, streams)),
    onFault: (fault) => faults.push(fault),
    gatherMs: 1,
  })
  pokes.listen(listener)
  pokes.poke(['s1'])
  await vi.waitFor(() => expect(faults).toHaveLength(1), 30_000)
  isAway = false
  pokes.poke(['s2'])
  await vi.waitFor(() => expect(listener.onMoved.mock.calls.flat(2).sort()).toEqual(['s1', 's2']), {
    timeout: 30_000,
  })
  pokes.stop()
})

it('telling takes a small share of the time: where it was slow it rests', async () => {
  let at = 0
  const told: number[] = []
  const pokes = createPokes({
    hearersOf(streams, _, sessions) {
      told.push(performance.now())
      // So it seems to whoever asks the clock.
      at += 40
      return Promise.resolve(everybody(sessions, streams))
    },
    now: () => at,
    onFault: () => undefined,
    gatherMs: 1,
  })
  pokes.listen(listenerOf('d'))
  pokes.poke(['s1'])
  await vi.waitFor(() => expect(told).toHaveLength(1), 30_000)
  pokes.poke(['s2'])
  await vi.waitFor(() => expect(told).toHaveLength(2), 30_000)
  const [first = 0, second = 0] = told
  expect(second - first).toBeGreaterThan(150)
  pokes.stop()
})

it('gives way to whoever is at work while hundreds are told', async () => {
  const pokes = createPokes({
    hearersOf: (streams, _, sessions) => Promise.resolve(everybody(sessions, streams)),
    onFault: () => undefined,
    gatherMs: 1,
  })
  const listeners = Array.from({ length: 300 }, (_, n) => listenerOf(`d${n}`))
  const isTold = ({ onMoved }: (typeof listeners)[number]) => onMoved.mock.calls.length > 0
  let toldBefore = 0
  listeners[0]?.onMoved.mockImplementation(() => {
    // A request that comes in now.
    setImmediate(() => (toldBefore = listeners.filter(isTold).length))
  })
  for (const listener of listeners) pokes.listen(listener)
  pokes.poke(['s'])
  await vi.waitFor(() => expect(listeners.every(isTold)).toBe(true), 30_000)
  expect(toldBefore).toBeGreaterThan(0)
  expect(toldBefore).toBeLessThan(60)
  pokes.stop()
})

it('what one server tells is heard by the others on the same line', async () => {
  const line = createOwnLine()
  const heard: News[] = []
  line.hear((news) => heard.push(news))
  const parts = {
    line,
    hearersOf: (streams: readonly string[], _: unknown, sessions: readonly string[]) =>
      Promise.resolve(everybody(sessions, streams)),
    onFault: () => undefined,
    gatherMs: 1,
  }
  const [one, other] = [createPokes(parts), createPokes(parts)]
  const listener = listenerOf('d')
  other.listen(listener)
  one.poke(['s'])
  one.wake({ device: 'd' })
  await vi.waitFor(() => expect(listener.onMoved).toHaveBeenCalledWith(['s']), 30_000)
  expect(listener.onWake).toHaveBeenCalledTimes(1)
  expect(heard).toEqual([{ moved: ['s'] }, { wake: { device: 'd' } }])
  for (const pokes of [one, other]) pokes.stop()
})

it('wakes one device where one is meant, and all of an account where that is', () => {
  const pokes = createPokes({
    hearersOf: () => Promise.reject(new Error('nobody asks')),
    onFault: () => undefined,
  })
  const [first, second, far] = [listenerOf('1'), listenerOf('2'), listenerOf('3', 'b')]
  for (const listener of [first, second, far]) pokes.listen(listener)
  const woken = () => [first, second, far].map(({ onWake }) => onWake.mock.calls.length)
  pokes.wake({ device: '2' })
  expect(woken()).toEqual([0, 1, 0])
  pokes.wake({ account: 'a' })
  expect(woken()).toEqual([1, 2, 0])
  pokes.stop()
})

let office: Office | null = null
afterEach(async () => {
  await office?.close()
  office = null
})

it('300 streams opened at once leave the connections of the database to whoever has work', async () => {
  const opened = (office = await openOffice())
  const { pass } = await opened.enter('worker')
  const answers = Promise.all(
    Array.from({ length: 300 }, () => opened.fetch('/api/events', { headers: byPass(pass) })),
  )
  let isOver = false
  void answers.finally(() => (isOver = true))
  let [most, waiting] = [0, 0]
  while (!isOver) {
    const pool = poolOf(opened.own)
    most = Math.max(most, pool?.totalCount ?? Infinity)
    waiting = Math.max(waiting, pool?.waitingCount ?? Infinity)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const responses = await answers
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]))
  expect(waiting).toBeLessThanOrEqual(1)
  expect(most).toBeLessThanOrEqual(4)
  for (const { body } of responses) await body?.cancel()
})

it('a device that does not read is told in one what moved meanwhile', async () => {
  const opened = (office = await openOffice())
  const { pass } = await opened.enter('worker')
  const response = await opened.fetch('/api/events', { headers: byPass(pass) })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toContain('event: ready')
  const { grid, otherGrid } = opened.places
  const staff = await opened.enter('staff')
  for (let n = 0; n < 3; n += 1) {
    await staff.pushed([staff.create(grid, 'building', opened.ids(), building())])
  }
  await staff.pushed([staff.create(otherGrid, 'building', opened.ids(), building())])
  expect((await reader?.read())?.value).toContain(`event: poke\ndata: ["${grid}"`)
  await reader?.cancel()
})

it('a sign-out ends the stream of that device, and the others hear nothing of it', async () => {
  const opened = (office = await openOffice())
  const devices = [
    await opened.enter('worker'),
    await opened.enter('worker'),
    await opened.enter('colleague'),
  ]
  const readers = []
  for (const { pass } of devices) {
    const response = await opened.fetch('/api/events', { headers: byPass(pass) })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    if (!reader) throw new Error('no stream')
    expect((await reader.read()).value).toContain('event: ready')
    readers.push(reader)
  }
  const [leaving] = devices
  const answer = await opened.fetch(`/api/session?device=${leaving?.id ?? ''}`, {
    method: 'DELETE',
    headers: { ...byPass(leaving?.pass ?? ''), 'sec-fetch-site': 'same-origin' },
  })
  expect(answer.status).toBe(200)
  expect((await readers[0]?.read())?.value).toContain('event: poke\ndata: []')
  // The next thing that the others hear is work, and no question whether they still live.
  const staff = await opened.enter('staff')
  const pushed = await staff.pushed([
    staff.create(opened.places.grid, 'building', opened.ids(), building()),
  ])
  expect(pushed.receipts).toMatchObject([{ ok: true }])
  for (const reader of readers.slice(1)) {
    expect((await reader.read()).value).toContain('event: poke')
    await reader.cancel()
  }
})

it('one sign-out among 200 that listen costs the database ten statements at most', async () => {
  const opened = (office = await openOffice())
  const devices = []
  for (let n = 0; n < 200; n += 1) devices.push(await opened.enter(n % 2 ? 'worker' : 'colleague'))
  const readers: ReadableStreamDefaultReader<string>[] = []
  for (const { id, pass } of devices) {
    const headers = { ...byPass(pass), [deviceHeader]: id }
    const response = await opened.fetch('/api/events', { headers })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    if (!reader) throw new Error('no stream')
    expect((await reader.read()).value).toContain('event: ready')
    readers.push(reader)
  }
  const [leaving] = devices
  const sent = await statementsOf(async () => {
    const answer = await opened.fetch(`/api/session?device=${leaving?.id ?? ''}`, {
      method: 'DELETE',
      headers: {
        ...byPass(leaving?.pass ?? ''),
        ...{ [deviceHeader]: leaving?.id ?? '', 'sec-fetch-site': 'same-origin' },
      },
    })
    expect(answer.status).toBe(200)
    expect((await readers[0]?.read())?.value).toContain('event: poke\ndata: []')
  })
  expect(sent.length).toBeGreaterThan(0)
  expect(sent.length).toBeLessThanOrEqual(10)
  for (const reader of readers) await reader.cancel()
})
