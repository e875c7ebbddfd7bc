/**
 * What waits is told to the address that an operator named, over a real line: signed, once, and nothing of anybody.
 * Holds `src/server/db/notifications.ts`.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { mostTries, notifyRound } from '#server/keepers/notify.ts'
import {
  createHttpNotifier,
  faultOfAddress,
  signatureOf,
  type Notice,
} from '#server/keepers/outward.ts'
import { openAsk, type AskDesk } from './ask-desk.ts'

const key = 'sample-key-of-thirty-two-letters!'
let ask: AskDesk
let own: Server
let url = ''
let status = 204
const heard: { readonly headers: Readonly<Record<string, unknown>>; readonly body: string }[] = []

beforeAll(async () => {
  ask = await openAsk()
  own = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      heard.push({ headers: request.headers, body })
      response.writeHead(status, { location: '/elsewhere' }).end('whatever')
    })
  })
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(own.address() as AddressInfo).port}/wuse`
})
afterEach(() => {
  heard.length = 0
  status = 204
})
afterAll(async () => {
  own.closeAllConnections()
  await new Promise((resolve) => own.close(resolve))
  await ask.office.close()
})

const outcomes: string[] = []
async function round(to = url): Promise<readonly Notice[]> {
  heard.length = 0
  outcomes.length = 0
  const { db, clock, ids } = ask.office
  const notifier = createHttpNotifier({ url: to, key }, clock)
  await notifyRound({ db, clock, ids, notifier, onTold: (outcome) => outcomes.push(outcome) })
  return heard.map(({ body }) => JSON.parse(body) as Notice)
}
async function waits(): Promise<void> {
  const { code } = await ask.made()
  ask.office.clock.at += 1_000
  const { response } = await ask.asked(code, {
    ...{ words: '四楼漏水', telephone: '10012340078', name: '样例居民', isPrivate: 'on' },
  })
  expect(response.status).toBe(200)
}

it('says that something waits and where, signed, and nothing of anybody', async () => {
  await waits()
  const [notice, ...others] = await round()
  expect(others).toEqual([])
  expect(notice).toEqual({
    ...{ id: notice?.id, event: 'waiting', what: 'page', place: ask.office.places.community },
    ...{ name: '样例社区', count: 1, at: new Date(ask.office.clock.at).toISOString() },
  })
  const [{ headers, body } = { headers: {}, body: '' }] = heard
  const [, moment = '', signature] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-wuse-signature'])) ?? []
  expect(signature).toBe(signatureOf(key, moment, body))
  expect(signature).not.toBe(signatureOf(key, moment, `${body} `))
  expect(headers['x-wuse-id']).toBe(notice?.id)
  expect(body).not.toMatch(/漏水|10012340078|居民/)
  // Once.
  expect(await round()).toEqual([])
  await waits()
  expect(await round()).toMatchObject([{ what: 'page', count: 2 }])
})

it('tells of a request that nobody has accepted, by its grid', async () => {
  const { code } = await ask.made()
  await ask.asked(code, { words: '二楼灯不亮', telephone: '10012340078' })
  const notices = await round()
  expect(notices).toMatchObject([
    { what: 'request', place: ask.office.places.grid, name: '第一网格', count: 1 },
  ])
})

it('tells of what was taken days ago without a signal and came after what it told already', async () => {
  const { desk, office } = ask
  const { code } = await ask.made()
  await ask.asked(code, { words: '二楼灯不亮', telephone: '10012340078' })
  const [before] = await round()
  expect(before).toMatchObject({ what: 'request' })
  expect(await round()).toEqual([])
  const at = new Date(office.clock.now() - 2 * 86_400_000).toISOString()
  const late = desk.taken('样例两天前的事', { number: 'JJQ-261121-07-01', at })
  await desk.goodOf(desk.worker, late.mutations)
  expect(await round()).toMatchObject([
    { what: 'request', place: office.places.grid, count: (before?.count ?? 0) + 1 },
  ])
})

it('tries again while nobody answers, so often and no more, and says so in its log', async () => {
  await waits()
  status = 500
  const ids = new Set<string>()
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const [notice] = await round()
    ids.add(notice?.id ?? '')
    expect(outcomes).toEqual([tries === mostTries ? 'given-up' : 'failed'])
  }
  // The same notice each time, so that whoever hears it twice knows.
  expect(ids.size).toBe(1)
  expect(await round()).toEqual([])
  const rows = await ask.office.db
    .selectFrom('notification')
    .select(['tries', 'status'])
    .where('given_up_at', 'is not', null)
    .execute()
  expect(rows).toEqual([{ tries: mostTries, status: 500 }])
  status = 204
  await waits()
  expect(await round()).toHaveLength(1)
})

it('follows nobody elsewhere, and goes on where nobody listens', async () => {
  await waits()
  status = 307
  expect(await round()).toHaveLength(1)
  expect(outcomes).toEqual(['failed'])
  expect(await round('http://127.0.0.1:9/wuse')).toEqual([])
  expect(outcomes).toEqual(['failed'])
  status = 200
  expect(await round()).toHaveLength(1)
  expect(outcomes).toEqual(['sent'])
})

it('is off without an operator’s word, and tells nothing to an address that is open on the way', () => {
  expect(readConfig({}).notify).toBeNull()
  const set = (NOTIFY_URL: string, NOTIFY_HOSTS = '') =>
    readConfig({ NOTIFY_URL, NOTIFY_HOSTS, NOTIFY_KEY: key }).notify
  expect(set('https://notify.example.cn/wuse')).toMatchObject({ key })
  expect(set('http://10.0.0.8/wuse', '10.0.0.8')).toMatchObject({ key })
  for (const address of ['http://notify.example.cn/', 'ftp://10.0.0.8/', 'https://a:b@c.cn/']) {
    expect(() => set(address, '10.0.0.8')).toThrow(/NOTIFY_URL/)
  }
  expect(() => readConfig({ NOTIFY_URL: 'https://notify.example.cn/' })).toThrow(/NOTIFY_KEY/)
  expect(faultOfAddress('nothing', [])).not.toBeNull()
})
