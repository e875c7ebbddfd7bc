/** What an office asks of the server: by whose session, under which id, and what it knows where no answer came. */
import { describe, expect, it } from 'vitest'
import { createNetwork } from '#app/platform/network.ts'
import { bytesToBase64 } from '#app/platform/sealing.ts'
import { createAskActs } from '#app/acts/ask-acts.ts'
import { createAsking } from '#app/acts/asking.ts'
import { bringPhotos } from '#app/acts/bring-photos.ts'
import { findRequest } from '#app/acts/find-request.ts'
import { createHotlineActs } from '#app/acts/hotline-acts.ts'
import { createOfficeActs } from '#app/acts/office-acts.ts'
import { createOverview } from '#app/acts/overview.ts'
import { createPlacesActs } from '#app/acts/places-acts.ts'
import { createPurgeActs } from '#app/acts/purge-acts.ts'
import { createRemembering } from '#app/acts/remembered.ts'
import { previewRules } from '#app/acts/rules-acts.ts'
import { searchBeyond } from '#app/acts/search-beyond.ts'
import { doneSchema } from '#protocol/device.ts'
import { unsentFileFormat } from '#protocol/unsent-file.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { uuid } from '../register/grid-of-samples.ts'

interface Asked {
  readonly line: string
  readonly body: unknown
  readonly device: string | null
}
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const done = () => json({ ok: true })
const refusal = (problem: string) => json({ ok: false, problem }, 409)

/** The real network and a server that answers what a test says; `null` is a line that breaks. */
function stage(answer: (asked: Asked) => Response | null = done, device: string | null = uuid(99)) {
  const asked: Asked[] = []
  const network = createNetwork({
    clock: createManualClock(),
    fetch: (path, init) => {
      const headers = new Headers(init.headers)
      const text = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body
      const one = {
        line: `${String(init.method)} ${path}`,
        body: text,
        device: headers.get('wuse-device'),
      }
      asked.push(one)
      const response = answer(one)
      return response ? Promise.resolve(response) : Promise.reject(new TypeError('no line'))
    },
  })
  const notes = new Map<string, unknown>()
  const keeper = {
    note: (key: string) => Promise.resolve(notes.get(key)),
    setNote: (key: string, value: unknown) => Promise.resolve(void notes.set(key, value)),
  }
  let made = 500
  const acts = createOfficeActs({
    ...{ network, device: () => device, notes: () => keeper, newId: () => uuid((made += 1)) },
    wait: () => Promise.resolve(),
  })
  const { ask, askAsNobody, listen } = createAsking(network, () => device)
  return { network, asked, acts, ask, askAsNobody, listen, notes, keeper }
}
const lines = (asked: readonly Asked[]) => asked.map(({ line }) => line)

describe('whoever asks', () => {
  it('goes by the session of this device, and without one asks nothing', async () => {
    const at = stage()
    expect(await at.ask('POST', '/api/thing', doneSchema, { a: 1 })).toMatchObject({ ok: true })
    expect(at.asked[0]?.device).toBe(uuid(99))
    const nobody = stage(done, null)
    expect(await nobody.ask('GET', '/api/thing', doneSchema)).toEqual({
      ...{ ok: false, problem: 'not-signed-in' },
    })
    expect(nobody.asked).toEqual([])
    expect(await nobody.askAsNobody('GET', '/api/thing', doneSchema)).toMatchObject({ ok: true })
    expect(nobody.asked[0]?.device).toBeNull()
  })

  it('is told the office’s reason, and that there is no connection where none came', async () => {
    const refused = stage(() => refusal('record-exists'))
    expect(await refused.acts.revoke(uuid(5))).toEqual({ ok: false, problem: 'record-exists' })
    const broken = stage(() => null)
    expect(await broken.acts.devices()).toEqual({ ok: false, problem: 'offline' })
    expect(await broken.acts.notices()).toEqual({ ok: false, problem: 'offline' })
    const portal = stage(() => new Response('<html>', { headers: { 'content-type': 'text/html' } }))
    expect(await portal.acts.overview().then((told) => told.ok)).toBe(true)
    expect(await portal.acts.ownDevices()).toMatchObject({ problem: 'unreadable-answer' })
  })

  it('tells two acts of one name apart by their address', async () => {
    const { acts, asked } = stage()
    await acts.revoke(uuid(5))
    await acts.endOwnDevice(uuid(6))
    expect(asked.map(({ line, body }) => [line, body])).toEqual([
      ['POST /api/devices/revoke', { device: uuid(5) }],
      ['POST /api/devices/own/end', { device: uuid(6) }],
    ])
  })
})

describe('an answer line by line', () => {
  const body = (...all: object[]) =>
    new Response(all.map((one) => `${JSON.stringify(one)}\n`).join(''), {
      headers: { 'content-type': 'application/x-ndjson' },
    })
  const move = (answer: () => Response) => {
    const { ask, listen, keeper } = stage(answer)
    const progress: number[][] = []
    const acts = createPlacesActs({ ask, listen, notes: () => keeper })
    const end = acts.move({ act: uuid(1) } as never, {
      onProgress: (count, of) => progress.push([count, of]),
      signal: new AbortController().signal,
    })
    return end.then((told) => ({ told, progress }))
  }
  const progress = { type: 'progress', done: 1, total: 2 }

  it('tells each step and then the end', async () => {
    const { told, progress: seen } = await move(() =>
      body(progress, { type: 'end', moved: 2, left: 0 }),
    )
    expect(seen).toEqual([[1, 2]])
    expect(told).toMatchObject({ ok: true, value: { moved: 2, left: 0 } })
  })

  it('that ends before its end counts as no connection: asked again, the rest goes', async () => {
    const { told, progress: seen } = await move(() => body(progress))
    expect(seen).toEqual([[1, 2]])
    expect(told).toEqual({ ok: false, problem: 'offline' })
  })
})

describe('what was told last', () => {
  it('is read without a connection, and never where it is something else by now', async () => {
    const { keeper, notes } = stage()
    const remembered = createRemembering({ notes: () => keeper })
    const one = remembered('thing', doneSchema, () =>
      Promise.resolve({ ok: true, value: { ok: true } }),
    )
    expect(await one.last()).toBeNull()
    await one.now()
    expect(await one.last()).toEqual({ ok: true })
    notes.set('thing', { ok: 'of another version' })
    expect(await one.last()).toBeNull()
  })

  it('stays what it was where the office could not be asked, and belongs to whoever asked', async () => {
    const mine = stage()
    const theirs = stage()
    let open: typeof mine.keeper | null = mine.keeper
    const remembered = createRemembering({ notes: () => open })
    const one = remembered('thing', doneSchema, () => {
      open = theirs.keeper
      return Promise.resolve({ ok: true, value: { ok: true } })
    })
    await one.now()
    expect([mine.notes.has('thing'), theirs.notes.has('thing')]).toEqual([true, false])
    open = null
    expect(await one.last()).toBeNull()
    const failing = remembered('thing', doneSchema, () =>
      Promise.resolve({ ok: false, problem: 'offline' }),
    )
    expect(await failing.now()).toEqual({ ok: false, problem: 'offline' })
  })
})

it('every area asks at its own addresses', async () => {
  const { ask, listen, keeper, asked } = stage()
  const notes = () => keeper
  const [act, place] = [uuid(1), uuid(61)]
  const places = createPlacesActs({ ask, listen, notes })
  const overview = createOverview({ ask: (path, schema) => ask('GET', path, schema), notes })
  const purge = createPurgeActs({ ask, notes })
  const [hotline, page] = [createHotlineActs(ask), createAskActs(ask)]
  await Promise.all([
    ...[
      places.list.now(),
      places.act('handOver', {} as never),
      places.act('leave', { act, account: act }),
    ],
    ...[places.make({} as never), places.books.list(), places.books.takeBack({ act, book: act })],
    ...[
      overview.places.now(),
      overview.place(place).now(),
      overview.requestList(place, 'state=open'),
    ],
    ...[purge.visits(place), purge.requests(place), purge.letGo({} as never)],
    ...[hotline.count(), hotline.turnAway({} as never), page.count(), page.stop({} as never)],
    ...[
      page.picture(place, act, act),
      previewRules(ask, { place }),
      findRequest(ask, { hash: 'a' }),
      searchBeyond(ask, '样小明', 'contact'),
    ],
  ])
  expect(lines(asked)).toEqual([
    ...['GET /api/places', 'POST /api/people/hand-over', 'POST /api/people/close'],
    ...['POST /api/people/make', 'GET /api/place-books', 'POST /api/place-books/take-back'],
    ...['GET /api/overview', `GET /api/overview/${place}`],
    `GET /api/requests/list/${place}?state=open`,
    ...[`GET /api/purge/${place}`, `GET /api/purge/${place}/requests`, 'POST /api/purge/let-go'],
    ...['GET /api/hotline?count', 'POST /api/hotline/turn-away', 'GET /api/ask?count'],
    ...['POST /api/ask/codes/stop', `GET /api/ask/photo/${place}/${act}/${act}`],
    ...['POST /api/requests/preview', 'POST /api/requests/find', 'POST /api/search'],
  ])
})

it('a password is changed once: the same words after a lost answer are the same act', async () => {
  let comes = false
  const { acts, asked } = stage(() => (comes ? done() : null))
  await acts.changePassword('从前', '以后')
  comes = true
  await acts.changePassword('从前', '以后')
  await acts.changePassword('从前', '以后')
  await acts.changePassword('从前', '别的')
  const ids = asked.map(({ body }) => (body as { act: string }).act)
  expect(ids[0]).toBe(ids[1])
  expect(new Set(ids).size).toBe(3)
})

describe('a file of unsent work that is brought in', () => {
  const photos = [uuid(80), uuid(81)].map((photo) => ({
    ...{ stream: uuid(1), photo, chunks: [1, 2].map((n) => bytesToBase64(new Uint8Array([n]))) },
  }))
  const file = JSON.stringify({ format: unsentFileFormat, device: uuid(98), box: 'QUJD', photos })

  it('says that it is none before the office is asked', async () => {
    const { acts, asked } = stage()
    for (const text of ['no JSON', '{}', '[]']) {
      expect(await acts.bringIn(text)).toEqual({ ok: false, problem: 'file-unreadable' })
    }
    expect(asked).toEqual([])
  })

  it('goes without its photographs first, then each chunk until the office has the whole', async () => {
    const { acts, asked } = stage(({ line }) =>
      line.startsWith('POST')
        ? json({ ok: true, count: 1, applied: 1, refused: [] })
        : json({ ok: true, have: [0, 1], arrived: line.includes(uuid(80)) || asked.length > 3 }),
    )
    const told = await acts.bringIn(file)
    expect(told).toMatchObject({ ok: true, value: { count: 1, photos: { count: 2, arrived: 2 } } })
    expect(asked[0]?.body).not.toHaveProperty('photos')
    // The first was whole with its first chunk; of the second the office still wanted both.
    expect(asked.slice(1).map(({ line }) => [80, 81].find((n) => line.includes(uuid(n))))).toEqual([
      ...[80, 81, 81],
    ])
  })

  it('leaves out a photograph whose line breaks, and goes on with the next', async () => {
    let first = true
    const { network } = stage(() => {
      const broken = first
      first = false
      return broken ? null : json({ ok: true, have: [0, 1], arrived: true })
    })
    expect(await bringPhotos(network, uuid(99), photos)).toEqual({ count: 2, arrived: 1 })
  })
})
