import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as v from 'valibot'
import { afterEach, expect, it } from 'vitest'
import { systemClock } from '#app/platform/clock.ts'
import { createNetwork, type LinesOptions, type Network } from '#app/platform/network.ts'
import { pullEnvelopeSchema } from '#app/platform/pull-envelope.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'

const schema = v.looseObject({ ok: v.literal(true), count: v.number() })
const lineSchema = v.looseObject({ type: v.string() })

let server: Server | null = null
let requests: { method: string; path: string; type: string; body: string }[] = []

/** A network to a real server of the test’s own. */
async function networkTo(answer: RequestListener, clock = systemClock): Promise<Network> {
  requests = []
  const made = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      requests.push({ method, path, type: headers['content-type'] ?? '', body })
      answer(request, response)
    })
  })
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  const { port } = made.address() as AddressInfo
  return createNetwork({
    // Node knows no page, so no origin either.
    fetch: (path, { mode: _, ...init }) => fetch(`http://127.0.0.1:${port}${path}`, init),
    clock,
  })
}

const reply =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)

const ask = (network: Network) =>
  network.request('/api/thing', { method: 'POST', body: { a: 1 }, schema })

const unreadable = { ok: false, problem: 'unreadable-answer' }
const offline = { ok: false, problem: 'offline' }

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = null
})

it('sends JSON and gives back what fits the schema, unknown fields too', async () => {
  const network = await networkTo(reply(200, '{"ok":true,"count":3,"later":"张"}'))
  expect(await ask(network)).toEqual({ ok: true, value: { ok: true, count: 3, later: '张' } })
  expect(requests).toEqual([
    { method: 'POST', path: '/api/thing', type: 'application/json', body: '{"a":1}' },
  ])
})

it('takes an empty answer where the schema does', async () => {
  const network = await networkTo((_, response) => response.writeHead(204).end())
  const options = { method: 'DELETE', schema: v.undefined() } as const
  expect(await network.request('/api/session', options)).toEqual({ ok: true, value: undefined })
  expect(requests[0]).toMatchObject({ method: 'DELETE', body: '' })
  expect(await ask(network)).toEqual(unreadable)
})

it('knows a refusal by its name, and when to come back', async () => {
  const refusal = '{"ok":false,"problem":"too-many-attempts","retryAfter":30}'
  expect(await ask(await networkTo(reply(429, refusal)))).toEqual({
    ok: false,
    problem: 'too-many-attempts',
    retryAfter: 30,
  })
})

it.each([
  [
    'a refusal by header',
    503,
    '{"ok":false,"problem":"server-fault"}',
    { 'retry-after': '7' },
    { ok: false, problem: 'server-fault', retryAfter: 7 },
  ],
  [
    'a proxy’s apology',
    502,
    '<html>Bad Gateway</html>',
    { 'content-type': 'text/html', 'retry-after': '9' },
    { ...unreadable, retryAfter: 9 },
  ],
  [
    'a proxy’s limit',
    413,
    '<html>Too large</html>',
    { 'content-type': 'text/html' },
    { ok: false, problem: 'too-large' },
  ],
  ['a refusal that nobody knows', 400, '{"ok":false,"problem":"from-the-future"}', {}, unreadable],
  ['a date to come back', 503, 'x', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, unreadable],
  ['a portal’s page', 200, '<html>Welcome</html>', { 'content-type': 'text/html' }, unreadable],
  ['a portal’s page that calls itself JSON', 200, '<html>Welcome</html>', {}, unreadable],
  ['a portal’s redirect', 302, '', { location: 'http://portal.invalid/' }, unreadable],
  ['half a body', 200, '{"ok":true,"cou', {}, unreadable],
  ['nothing at all', 200, '', {}, unreadable],
  ['JSON of another shape', 200, '{"ok":true}', {}, unreadable],
  ['null', 200, 'null', {}, unreadable],
  ['bytes that are no text', 200, Buffer.from([0xff, 0xfe, 0x00]), {}, unreadable],
  ['more than it ever says', 200, `"${'x'.repeat(4_100_000)}"`, {}, unreadable],
] as const)('tells %s apart', async (_, status, body, headers, expected) => {
  expect(await ask(await networkTo(reply(status, body, headers)))).toEqual(expected)
})

it('is offline where nobody answers, breaks off, or takes too long', async () => {
  const gone = await networkTo(() => {})
  server?.close()
  expect(await ask(gone)).toEqual(offline)

  expect(await ask(await networkTo((request) => request.socket.destroy()))).toEqual(offline)
  const half = await networkTo((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '99' })
    response.write('{"ok":true', () => response.destroy())
  })
  expect(await ask(half)).toEqual(offline)

  const clock = createManualClock()
  const silent = await networkTo(() => clock.advance(20_000), clock)
  expect(await ask(silent)).toEqual(offline)
  expect(clock.next()).toBeNull()

  const caller = new AbortController()
  const stopped = await networkTo(() => caller.abort())
  const options = { method: 'GET', schema, signal: caller.signal } as const
  expect(await stopped.request('/api/thing', options)).toEqual(offline)
  expect(await stopped.request('/api/thing', options)).toEqual(offline)
})

it('asks nobody but its own origin', async () => {
  const network = await networkTo(reply(200, '{}'))
  for (const path of ['//elsewhere.invalid/a', 'https:/a', 'a', '']) {
    await expect(network.request(path, { method: 'GET', schema })).rejects.toThrow('this origin')
  }
  expect(requests).toEqual([])
})

async function readWith(
  answer: RequestListener,
  changed: Partial<LinesOptions<{ type: string }>> = {},
  clock = systemClock,
) {
  const lines: unknown[] = []
  const network = await networkTo(answer, clock)
  const outcome = await network.lines('/api/pull', {
    body: {},
    schema: lineSchema,
    isEnd: ({ type }) => type === 'end',
    onLine: async (line) => {
      lines.push(line)
      return 'go-on'
    },
    ...changed,
  })
  return { lines, outcome }
}

const ndjson = { 'content-type': 'application/x-ndjson; charset=utf-8' }
/** Sends the pieces one after the other, each as a chunk of its own. */
const chunks =
  (pieces: readonly Uint8Array[], end: 'end' | 'break' = 'end'): RequestListener =>
  (_, response) => {
    response.writeHead(200, ndjson)
    const next = (index: number) => {
      const piece = pieces[index]
      if (piece) response.write(piece, () => setImmediate(() => next(index + 1)))
      else if (end === 'end') response.end()
      else response.destroy()
    }
    next(0)
  }
const text = (...lines: string[]) => lines.map((line) => Buffer.from(line))

it('reads lines however they are cut, inside a character too', async () => {
  const body = Buffer.from('{"type":"a","name":"样本𠮷"}\n{"type":"b"}\r\n{"type":"end"}\n')
  const bytes = Array.from(body, (_, index) => body.subarray(index, index + 1))
  const { lines, outcome } = await readWith(chunks(bytes))
  expect(lines).toEqual([{ type: 'a', name: '样本𠮷' }, { type: 'b' }])
  expect(outcome).toEqual({ ok: true, value: 'ended' })
  const raw: string[] = []
  await readWith(chunks(bytes), {
    onLine: async (_, line) => {
      raw.push(Buffer.from(line).toString())
      return 'go-on'
    },
  })
  expect(raw).toEqual(['{"type":"a","name":"样本𠮷"}', '{"type":"b"}'])
  const whole = await readWith(chunks([body.subarray(0, body.length - 1)]))
  expect(whole.outcome).toEqual({ ok: true, value: 'ended' })
})

it('says whether the end came', async () => {
  const cutShort = { ok: false, problem: 'cut-short' }
  const line = '{"type":"a"}\n'
  expect(await readWith(chunks(text(line)))).toEqual({ lines: [{ type: 'a' }], outcome: cutShort })
  expect((await readWith(chunks([]))).outcome).toEqual(cutShort)
  expect(await readWith(chunks(text(line, '{"type":"a'), 'break'))).toEqual({
    lines: [{ type: 'a' }],
    outcome: offline,
  })
})

it('takes nothing that is not ours', async () => {
  const html = reply(200, '<html>', { 'content-type': 'text/html' })
  expect((await readWith(html)).outcome).toEqual(unreadable)
  const refused = reply(401, '{"ok":false,"problem":"session-ended"}')
  expect((await readWith(refused)).outcome).toEqual({ ok: false, problem: 'session-ended' })
  const good = '{"type":"a"}\n'
  for (const bad of ['<html>\n', '{"type":1}\n', '{"type":"a"\n', '\n']) {
    expect(await readWith(chunks(text(good, bad, good)))).toEqual({
      lines: [{ type: 'a' }],
      outcome: unreadable,
    })
  }
  const noText = chunks([...text(good), Buffer.from([0xff, 0x0a])])
  expect((await readWith(noText)).outcome).toEqual(unreadable)
})

it('stops at a line over the limit without keeping all of it', async () => {
  const million = Buffer.alloc(1_000_000, 0x61)
  const endless: RequestListener = (_, response) => {
    response.writeHead(200, ndjson)
    const more = () => {
      if (!response.destroyed) response.write(million, () => setImmediate(more))
    }
    more()
  }
  expect((await readWith(endless)).outcome).toEqual(unreadable)
})

it('stops when told, and hands on what the reader fails with', async () => {
  const body = chunks(text('{"type":"a"}\n{"type":"b"}\n{"type":"end"}\n'))
  const stopped = await readWith(body, { onLine: async () => 'stop' })
  expect(stopped.outcome).toEqual({ ok: true, value: 'stopped' })
  const broken = readWith(body, { onLine: () => Promise.reject(new TypeError('disk')) })
  await expect(broken).rejects.toThrow('disk')
})

it('gives up on a stream that falls silent, but not while it is busy with what came', async () => {
  const clock = createManualClock()
  const { lines, outcome } = await readWith(
    (_, response) => {
      response.writeHead(200, ndjson)
      response.write('{"type":"a"}\n')
    },
    {
      onLine: async () => {
        clock.advance(60_000)
        // From now on the server is silent.
        setTimeout(() => clock.advance(20_000), 50)
        return 'go-on'
      },
    },
    clock,
  )
  expect(lines).toEqual([])
  expect(outcome).toEqual(offline)
})

it('checks a pull’s envelopes and only the list of its records', () => {
  const stream = '01890000-0000-7000-8000-000000005001'
  const page = {
    type: 'page',
    stream,
    epoch: 1,
    from: 0,
    to: 1,
    records: [{ odd: 1 }],
    changes: [],
  }
  expect(v.parse(pullEnvelopeSchema, page)).toEqual(page)
  expect(v.parse(pullEnvelopeSchema, { ...page, newer: true })).toHaveProperty('newer', true)
  for (const bad of [
    { ...page, stream: 'x' },
    { ...page, to: '1' },
    { ...page, records: {} },
    { ...page, changes: undefined },
    { ...page, reset: false },
    { type: 'scope', now: 'x' },
    { type: 'other' },
  ]) {
    expect(v.is(pullEnvelopeSchema, bad), JSON.stringify(bad)).toBe(false)
  }
  expect(v.parse(pullEnvelopeSchema, { type: 'end' })).toEqual({ type: 'end' })
})
