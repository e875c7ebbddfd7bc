/** Every route × every role: who is not in the table is refused before anything else is looked at. */
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles, type Role } from '#domain/account.ts'
import type { Env } from '#server/routes/context.ts'
import { callers, requireCallers } from '#server/routes/who-may-call.ts'
import { openOffice, problemOf, type Office } from './office.ts'

/** As it is meant to be, written down once more by hand. */
const everyone: readonly Role[] = roles
const offices: readonly Role[] = ['staff', 'admin']
const expected: Readonly<Record<string, 'anyone' | readonly Role[]>> = {
  'GET /api/filing': 'anyone',
  'GET /api/setup': 'anyone',
  'POST /api/setup': 'anyone',
  'POST /api/session': 'anyone',
  'POST /api/session/pass': 'anyone',
  'POST /api/session/exchange': 'anyone',
  'GET /api/session': everyone,
  'GET /api/session/factor': everyone,
  'POST /api/session/factor/begin': everyone,
  'POST /api/session/factor/confirm': everyone,
  'POST /api/session/factor/codes': everyone,
  'POST /api/session/factor/end': everyone,
  'DELETE /api/session': 'anyone',
  'POST /api/push': everyone,
  'POST /api/pull': everyone,
  'GET /api/events': everyone,
  'GET /api/history/:stream/:record': everyone.filter((role) => role !== 'gate'),
  'POST /api/unsent-file': everyone,
  'GET /api/devices/own': everyone,
  'POST /api/devices/own/end': everyone,
  'GET /api/devices': offices,
  'POST /api/devices/revoke': offices,
  'POST /api/scheme/preview': ['admin'],
  'GET /api/photos/:stream/:photo': ['worker', 'staff', 'admin', 'handler'],
  'PUT /api/photos/:stream/:photo/:index/:hash': ['worker', 'staff', 'admin', 'handler'],
  'GET /api/photos/:stream/:photo/:index': ['worker', 'staff', 'admin', 'handler'],
  'GET /api/hotline': offices,
  'POST /api/hotline/make': ['admin'],
  'POST /api/hotline/renew': ['admin'],
  'POST /api/hotline/stop': ['admin'],
  'POST /api/hotline/admit': offices,
  'POST /api/hotline/turn-away': offices,
  'GET /api/ask': offices,
  'GET /api/ask/photo/:place/:waiting/:photo': offices,
  'POST /api/ask/codes/make': offices,
  'POST /api/ask/codes/stop': offices,
  'POST /api/ask/codes/printed': offices,
  'POST /api/ask/page': offices,
  'POST /api/ask/admit': offices,
  'POST /api/ask/turn-away': offices,
  'POST /api/ask/take-back': offices,
  'POST /api/audit': ['admin', 'auditor'],
  'GET /api/overview': ['worker', 'staff', 'admin', 'auditor'],
  'GET /api/overview/:place': ['worker', 'staff', 'admin', 'auditor'],
  'GET /api/topics/:stream/:topic': ['worker', 'staff', 'admin'],
  'GET /api/year/:year': ['staff', 'admin', 'auditor'],
  'GET /api/requests/overview/:place': ['worker', 'staff', 'admin', 'auditor'],
  'GET /api/requests/list/:place': offices,
  'POST /api/requests/find': offices,
  'POST /api/requests/preview': ['admin'],
  'POST /api/search': offices,
  'POST /api/table': offices,
  'POST /api/table/count': offices,
  'POST /api/review': offices,
  'POST /api/review/pairs': offices,
  'POST /api/session/password': everyone,
  'GET /api/purge': offices,
  'GET /api/purge/:stream': offices,
  'GET /api/purge/:stream/requests': offices,
  'POST /api/purge/keep': offices,
  'POST /api/purge/let-go': offices,
  'POST /api/purge/agree': offices,
  'POST /api/purge/withdraw': offices,
  'GET /api/places': offices,
  'POST /api/places/add': offices,
  'POST /api/places/rename': offices,
  'POST /api/places/close': offices,
  'POST /api/places/assign': offices,
  'POST /api/places/turn': offices,
  'POST /api/places/move': offices,
  'POST /api/places/merge': offices,
  'POST /api/people/make': offices,
  'POST /api/people/change': offices,
  'POST /api/people/reset': offices,
  'POST /api/people/reset-factor': offices,
  'POST /api/people/close': offices,
  'POST /api/people/reopen': offices,
  'POST /api/people/hand-over': offices,
  'POST /api/people/one-time': offices,
  'GET /api/place-books': offices,
  'POST /api/place-books/write': offices,
  'POST /api/place-books/take-back': offices,
}

let office: Office

beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

/** Without a body that anybody could use: whoever may call is refused for that, or answered. */
async function call(route: string, login: Role | null) {
  const [method = '', path = ''] = route.split(' ')
  const opening = login ? (await office.enter(login)).headers : {}
  const type = method === 'PUT' ? 'application/octet-stream' : 'application/json'
  const headers = { ...opening, 'content-type': type }
  const body = method === 'POST' ? { body: '{}' } : {}
  const response = await office.fetch(path.replace(/:\w+/g, 'x'), { method, headers, ...body })
  if (!/json/.test(response.headers.get('content-type') ?? '')) {
    await response.body?.cancel()
    return [response.status, undefined]
  }
  return [response.status, await problemOf(response)]
}

it('is the table that was meant', () => {
  expect(callers).toEqual(expected)
})

describe.each(Object.entries(expected))('%s', (route, allowed) => {
  it.each(roles.map((role) => [role]))('answers or refuses: %s', async (role) => {
    const isAllowed = allowed === 'anyone' || allowed.includes(role)
    const answer = await call(route, role)
    if (isAllowed) {
      expect(answer[1]).not.toBe('not-allowed')
      expect(answer[1]).not.toBe('not-found')
    } else expect(answer).toEqual([403, 'not-allowed'])
  })

  it('asks whoever is not signed in to do so', async () => {
    const answer = await call(route, null)
    if (allowed === 'anyone') expect(answer[1]).not.toBe('not-signed-in')
    else expect(answer).toEqual([401, 'not-signed-in'])
  })
})

it('lets no server start with a route that says of nobody who may call it', () => {
  const app = new Hono<Env>()
  app.get('/api/nowhere/:id', (context) => context.text(''))
  expect(() => requireCallers(app)).toThrow(/GET \/api\/nowhere\/:id is missing/)
  expect(() => requireCallers(app)).toThrow(/POST \/api\/push is gone/)
})
