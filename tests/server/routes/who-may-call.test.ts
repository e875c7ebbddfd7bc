/** What is in no table of callers is there for nobody, whatever its method. */
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callers, callersOnly, requireCallers } from '#server/routes/who-may-call.ts'
import type { Env, Office } from '#server/routes/context.ts'
import { openOffice, problemOf, type Office as TestOffice } from '../office.ts'

let office: TestOffice
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE']

/** An API with routes that nobody said anything about; they note that somebody came as far as them. */
function createUnsaid() {
  const reached: string[] = []
  const app = new Hono<Env>()
  // No route asks for a session here: nothing of the office is looked at.
  app.use('/api/*', callersOnly({} as unknown as Office))
  const note = (name: string) => () => {
    reached.push(name)
    return new Response('here')
  }
  for (const method of methods) app.on(method, '/api/forgotten', note(method))
  app.all('/api/for-all', note('all'))
  app.all('/api/below/*', note('below'))
  app.get('/api/by-name/:name', note('by name'))
  // In the table for another method.
  app.put('/api/setup', note('another method'))
  return { app, reached }
}

describe('a route that is not in the table', () => {
  it.each([
    ...methods.map((method) => [method, '/api/forgotten']),
    ...methods.map((method) => [method, '/api/for-all']),
    ['GET', '/api/below/anything'],
    ['POST', '/api/below/anything'],
    ['GET', '/api/by-name/someone'],
    ['PUT', '/api/setup'],
  ])('%s %s is there for nobody', async (method, path) => {
    const { app, reached } = createUnsaid()
    const response = await app.request(`http://office.test${path}`, { method })
    expect(response.status).toBe(404)
    expect(reached).toEqual([])
  })

  it.each([
    ['get', 'GET /api/forgotten'],
    ['put', 'PUT /api/forgotten'],
    ['all', 'ALL /api/forgotten'],
  ] as const)('keeps the server from starting: %s', (method, told) => {
    const app = new Hono<Env>()
    for (const route of Object.keys(callers)) {
      const [name = '', path = ''] = route.split(' ')
      app.on(name, path, () => new Response())
    }
    expect(() => requireCallers(app)).not.toThrow()
    app[method]('/api/forgotten', () => new Response())
    expect(() => requireCallers(app)).toThrow(`${told} is missing`)
  })
})

describe('the server', () => {
  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE'])(
    'answers %s as it answers an address that there is not',
    async (method) => {
      // What is put are bytes: another type is refused before anybody looks at the address.
      const type = method === 'PUT' ? 'application/octet-stream' : 'application/json'
      const response = await office.fetch('/api/places', {
        method,
        headers: { 'content-type': type, 'sec-fetch-site': 'same-origin' },
      })
      expect(response.status).toBe(404)
      expect(await problemOf(response)).toBe('not-found')
    },
  )
})
