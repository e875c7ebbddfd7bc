/** Passes: taken when something is asked, used again, renewed once, forgotten with the lock; and the cookie of before. */
import { expect, test } from 'vitest'
import { deviceHeader, exchangePath, passPath } from '#protocol/session.ts'
import * as v from 'valibot'
import { createNetwork } from '#app/platform/network.ts'
import { createPasses } from '#app/sync/passes.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'

const device = '0000000d-0000-7000-8000-000000000001'
const schema = v.looseObject({ ok: v.literal(true) })

function begin(kept: string | null = 'the-token') {
  const clock = createManualClock()
  const asked: { path: string; bearer: string | null; device: string | null; cookies: unknown }[] =
    []
  const refused = new Set<string>()
  const removed = new Set<string>()
  let given = 0
  let token = kept
  const fetch = (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers)
    const bearer = headers.get('authorization')
    asked.push({ path, bearer, device: headers.get(deviceHeader), cookies: init.credentials })
    if (bearer && refused.has(bearer)) {
      return Promise.resolve(
        Response.json({ ok: false, problem: 'session-ended' }, { status: 401 }),
      )
    }
    if (removed.has(path)) {
      return Promise.resolve(Response.json({ ok: false, problem: 'not-found' }, { status: 404 }))
    }
    if (path === exchangePath)
      return Promise.resolve(Response.json({ ok: true, token: 'new-token' }))
    if (path !== passPath) return Promise.resolve(Response.json({ ok: true }))
    given += 1
    return Promise.resolve(Response.json({ ok: true, pass: `pass-${given}`, seconds: 28_800 }))
  }
  const passes = createPasses(createNetwork({ fetch, clock }), clock)
  const tokens = {
    read: () => Promise.resolve(token),
    keep: (next: string) => Promise.resolve(void (token = next)),
  }
  const ask = () => passes.network.request('/api/devices', { method: 'GET', device, schema })
  return { clock, asked, refused, removed, passes, tokens, ask, token: () => token }
}

test('one pass serves all that asks within its hours, and several that ask at once', async () => {
  const { asked, passes, tokens, ask, clock } = begin()
  passes.open(device, tokens)
  await Promise.all([ask(), ask()])
  await ask()
  expect(asked.map(({ path, bearer }) => [path, bearer])).toEqual([
    [passPath, 'Bearer the-token'],
    ['/api/devices', 'Bearer pass-1'],
    ['/api/devices', 'Bearer pass-1'],
    ['/api/devices', 'Bearer pass-1'],
  ])
  // No cookie goes along, and none is kept.
  expect(new Set(asked.map(({ cookies }) => cookies))).toEqual(new Set(['omit']))
  clock.advance(8 * 3_600_000)
  await ask()
  expect(asked.at(-1)?.bearer).toBe('Bearer pass-2')
})

test('a pass that is refused is renewed once; an ended session is said', async () => {
  const { refused, passes, tokens, ask, asked } = begin()
  passes.open(device, tokens)
  await ask()
  refused.add('Bearer pass-1')
  expect(await ask()).toMatchObject({ ok: true })
  expect(asked.at(-1)?.bearer).toBe('Bearer pass-2')
  refused.add('Bearer the-token').add('Bearer pass-2')
  expect(await ask()).toMatchObject({ ok: false, problem: 'session-ended' })
})

test.each([['the-token'], [null]])(
  'a server of before passes is said to be too old, not that something is missing (%s)',
  async (kept) => {
    const { passes, tokens, ask, removed } = begin(kept)
    passes.open(device, tokens)
    removed.add(passPath).add(exchangePath)
    expect(await ask()).toMatchObject({ ok: false, problem: 'server-too-old' })
    removed.clear()
    expect(await ask()).toMatchObject({ ok: true })
  },
)

test('locked, nothing is asked; and the next account has a pass of its own', async () => {
  const { passes, tokens, ask, asked } = begin()
  expect(await ask()).toMatchObject({ problem: 'not-signed-in' })
  passes.open(device, tokens)
  await ask()
  passes.close()
  const before = asked.length
  expect(await ask()).toMatchObject({ problem: 'not-signed-in' })
  passes.open('0000000d-0000-7000-8000-000000000002', tokens)
  expect(await ask()).toMatchObject({ problem: 'not-signed-in' })
  expect(asked.length).toBe(before)
})

test('a pass that comes after the lock is not kept', async () => {
  const { passes, tokens, ask, asked } = begin()
  passes.open(device, tokens)
  const asking = ask()
  passes.close()
  passes.open(device, tokens)
  expect(await asking).toMatchObject({ problem: 'not-signed-in' })
  await ask()
  expect(asked.at(-1)?.bearer).toBe('Bearer pass-2')
})

test('the cookie of an app before version 0.2.0 is exchanged once, and its token kept before it is used', async () => {
  const { passes, tokens, ask, asked, token } = begin(null)
  passes.open(device, tokens)
  await ask()
  await ask()
  expect(token()).toBe('new-token')
  expect(asked.map(({ path, cookies }) => [path, cookies])).toEqual([
    [exchangePath, 'same-origin'],
    [passPath, 'omit'],
    ['/api/devices', 'omit'],
    ['/api/devices', 'omit'],
  ])
  expect(asked[0]).toMatchObject({ device, bearer: null })
  expect(asked[1]?.bearer).toBe('Bearer new-token')
})
