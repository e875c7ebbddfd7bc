import { expect, test } from 'vitest'
import type { PushRequest } from '#protocol/push.ts'
import { cursorsToHeld } from '#protocol/held.ts'
import { deviceHeader } from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import { createNetwork } from '#app/platform/network.ts'
import { createWire } from '#app/sync/wire.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { createWeakNetwork } from '#tests/support/weak-network.ts'
import { quiet } from '#tests/support/device.ts'

const device = '0000000d-0000-7000-8000-000000000001'
const request: PushRequest = {
  protocol: 1,
  device,
  sentAt: '2026-11-23T06:32:00.000Z',
  mutations: [],
}

function wireOver(answer: () => Response) {
  const clock = createManualClock()
  const weak = createWeakNetwork(() => Promise.resolve(answer()))
  const network = createNetwork({
    clock,
    fetch: (path, init) => weak.fetch(new Request(`https://wuse.test${path}`, init), init.signal),
  })
  return { clock, weak, wire: createWire({ network, clock, listen: () => () => {} }) }
}
const refusal = (problem: string, status: number, more = {}) =>
  Response.json({ ok: false, problem, ...more }, { status })

test('a push that hangs times out, so that the next one is smaller', async () => {
  const { clock, weak, wire } = wireOver(() => Response.json({}))
  weak.holdNextAnswer('/api/push')
  const pushing = wire.push(request)
  await quiet()
  clock.advance(30_000)
  expect(await pushing).toEqual({ ok: false, trouble: 'timeout' })
})

test('no connection is no timeout', async () => {
  const { weak, wire } = wireOver(() => Response.json({}))
  weak.disconnect()
  expect(await wire.push(request)).toMatchObject({ ok: false, trouble: 'offline' })
})

test('a pull that hangs ends too', async () => {
  const { clock, weak, wire } = wireOver(() => Response.json({}))
  weak.holdNextAnswer('/api/pull')
  const pulling = wire.pull({ protocol: 1, device, cursors: {} }, async () => 'go-on')
  await quiet()
  clock.advance(60_000)
  expect(await pulling).toMatchObject({ ok: false, trouble: 'offline' })
})

test('another account’s session on the same tablet is one to sign in again for', async () => {
  const { wire } = wireOver(() => refusal('not-allowed', 403))
  expect(await wire.push(request)).toMatchObject({ ok: false, trouble: 'session-ended' })
})

test('a refusal keeps its name and how long to wait', async () => {
  const { wire } = wireOver(() => refusal('too-many-attempts', 429, { retryAfter: 30 }))
  expect(await wire.push(request)).toEqual({
    ok: false,
    trouble: 'too-many-attempts',
    retryAfter: 30,
  })
})

test('a proxy’s 413 is too large, whatever it says', async () => {
  const { wire } = wireOver(() => new Response('<h1>413</h1>', { status: 413 }))
  expect(await wire.push(request)).toMatchObject({ ok: false, trouble: 'too-large' })
})

test('an answer that a proxy changed is no receipt', async () => {
  const { wire } = wireOver(() => Response.json({ ok: true, receipts: 'none' }))
  expect(await wire.push(request)).toMatchObject({ ok: false, trouble: 'unreadable-answer' })
})

test('with a server that is one version behind its version is spoken, from then on', async () => {
  const spoken: unknown[] = []
  const clock = createManualClock()
  const network = createNetwork({
    clock,
    fetch: async (_, init) => {
      const { protocol } = JSON.parse(init.body as string) as { protocol: number }
      spoken.push(protocol)
      return protocol > protocolVersion - 1
        ? refusal('server-too-old', 409)
        : Response.json({ ok: true, receipts: [], expected: 1, now: '2026-11-23T06:32:00.000Z' })
    },
  })
  const wire = createWire({ network, clock, listen: () => () => {} })
  expect(await wire.push(request)).toMatchObject({ ok: true })
  expect(await wire.push(request)).toMatchObject({ ok: true })
  expect(spoken).toEqual([protocolVersion, protocolVersion - 1, protocolVersion - 1])
})

test('a server is told what the device holds as its version understands it, the first one by cursors', async () => {
  const stream = '0000000a-0000-7000-8000-000000000001'
  const cursors = { [stream]: { epoch: 1, version: 7, proof: 'abc' } }
  let known = 3
  const bodies: Record<string, unknown>[] = []
  const network = createNetwork({
    clock: createManualClock(),
    fetch: async (_, init) => {
      const body = JSON.parse(init.body as string) as Record<string, unknown>
      bodies.push(body)
      if (Number(body['protocol']) > known) return refusal('server-too-old', 409)
      const headers = { 'content-type': 'application/x-ndjson' }
      return new Response('{"type":"end"}\n', { headers })
    },
  })
  const wire = createWire({ network, clock: createManualClock(), listen: () => () => {} })
  const held = '0123456789abcdef'
  const asked = { protocol: 4, device, cursors, held }
  expect(await wire.pull(asked, async () => 'go-on')).toEqual({ ok: true, value: 'ended' })
  const unproven = cursorsToHeld({ [stream]: { epoch: 1, version: 7 } })
  expect(bodies).toEqual([
    { protocol: 4, device, held },
    { protocol: 3, device, held },
  ])
  for (known of [2, 1]) await wire.pull(asked, async () => 'go-on')
  expect(bodies.slice(2)).toEqual([
    { protocol: 3, device, held },
    { protocol: 2, device, held: unproven },
    { protocol: 2, device, held: unproven },
    { protocol: 1, device, cursors },
  ])
  // Each try goes one version back.
  const other = createWire({ network, clock: createManualClock(), listen: () => () => {} })
  const refused = { ok: false, trouble: 'server-too-old' }
  expect(await other.pull(asked, async () => 'go-on')).toMatchObject(refused)
  expect(await other.pull(asked, async () => 'go-on')).toMatchObject(refused)
  expect(await other.pull(asked, async () => 'go-on')).toEqual({ ok: true, value: 'ended' })
})

test('with a server two versions behind it waits, and says so', async () => {
  const { wire } = wireOver(() => refusal('server-too-old', 409))
  expect(await wire.push(request)).toMatchObject({ ok: false, trouble: 'server-too-old' })
})

test('every request says whose session it goes by', async () => {
  const said: unknown[] = []
  const network = createNetwork({
    clock: createManualClock(),
    fetch: async (path, init) => {
      said.push([path, new Headers(init.headers).get(deviceHeader)])
      return refusal('session-ended', 401)
    },
  })
  const wire = createWire({ network, clock: createManualClock(), listen: () => () => {} })
  await wire.push(request)
  await wire.pull({ protocol: 1, device, cursors: {} }, async () => 'go-on')
  expect(said).toEqual([
    ['/api/push', device],
    ['/api/pull', device],
  ])
})
