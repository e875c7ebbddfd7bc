/** The door itself: what every answer says, who reads the metrics, half requests, and what the application's role may not do. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { listen } from '#server/listen.ts'
import { createServer } from '#server/server.ts'
import { openOffice, type LogEntry, type Office } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const serverWith = (more: object, log: LogEntry[] = []) =>
  createServer({
    ...{ db: office.own, clock: office.clock, ids: office.ids, staticDir: null },
    randomBytes: (count) => new Uint8Array(count).fill(5),
    log: { write: (event, fields) => void log.push({ event, fields }) },
    ...{ secureCookies: false, ...more },
  })

describe('settings', () => {
  it('keep cookies for https as soon as others reach the server, and say so in one line', () => {
    const read = (environment: Record<string, string>) => {
      const { secureCookies, notices } = readConfig(environment)
      return [secureCookies, notices.length]
    }
    expect(read({})).toEqual([false, 0])
    expect(read({ HOST: 'localhost' })).toEqual([false, 0])
    expect(read({ HOST: '0.0.0.0' })).toEqual([true, 1])
    expect(read({ HOST: '0.0.0.0', SECURE_COOKIES: 'on' })).toEqual([true, 0])
    expect(read({ HOST: '0.0.0.0', SECURE_COOKIES: 'off' })).toEqual([false, 1])
    expect(read({ SECURE_COOKIES: 'on' })).toEqual([true, 0])
    expect(readConfig({ HOST: '0.0.0.0' }).notices[0]).toMatch(
      /^HOST=0\.0\.0\.0 .*SECURE_COOKIES=off/,
    )
  })

  it('that cannot be read are told by name', () => {
    expect(() => readConfig({ TRUSTED_PROXIES: 'nginx' })).toThrow('TRUSTED_PROXIES should be')
    expect(() => readConfig({ METRICS_TOKEN: 'short' })).toThrow('METRICS_TOKEN should be')
    expect(readConfig({ TRUSTED_PROXIES: '127.0.0.1, fd00::/8' }).trustedProxies).toEqual([
      '127.0.0.1',
      'fd00::/8',
    ])
  })
})

describe('an answer', () => {
  it('asks the browser for https alone from then on, where there is https', async () => {
    const of = async (secureCookies: boolean) => {
      const server = serverWith({ secureCookies })
      const response = await server.fetch(new Request('http://office.test/api/filing'))
      await server.stop()
      return response.headers.get('strict-transport-security')
    }
    expect(await of(true)).toBe('max-age=31536000')
    expect(await of(false)).toBeNull()
  })

  it('that is a stream of events is stored nowhere', async () => {
    const worker = await office.enter('worker')
    const response = await office.fetch('/api/events', {
      headers: { authorization: `Bearer ${worker.pass}` },
    })
    expect(response.headers.get('cache-control')).toBe('no-store')
    await response.body?.cancel()
  })
})

describe('metrics', () => {
  const ask = async (more: object, headers: Record<string, string> = {}, peer = '127.0.0.1') => {
    const server = serverWith(more)
    const response = await server.fetch(new Request('http://office.test/metrics', { headers }), {
      incoming: { socket: { remoteAddress: peer } },
    })
    await server.stop()
    return response.status
  }

  it('are for this machine alone, and for nobody behind a proxy', async () => {
    expect(await ask({})).toBe(200)
    expect(await ask({}, {}, '192.0.2.1')).toBe(404)
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
      expect(await ask({}, { [name]: '192.0.2.1' })).toBe(404)
    }
    // A proxy on this machine that says nothing of whom it serves.
    expect(await ask({ secureCookies: true })).toBe(404)
    expect(await ask({ trustedProxies: ['127.0.0.1'] })).toBe(404)
  })

  it('open with the token, and without it to nobody where one is set', async () => {
    const metricsToken = 'sample-token-of-metrics'
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
    expect(
      await ask({ metricsToken, secureCookies: true }, bearer(metricsToken), '192.0.2.1'),
    ).toBe(200)
    expect(await ask({ metricsToken }, bearer('another'))).toBe(404)
    expect(await ask({ metricsToken })).toBe(404)
  })
})

describe('a caller', () => {
  async function withSocket(work: (port: number, log: LogEntry[]) => Promise<void>) {
    const log: LogEntry[] = []
    const server = serverWith({}, log)
    const port = 20_000 + (process.pid % 20_000)
    const socket = await listen({ host: '127.0.0.1', port }, { headersMs: 300, bodyMs: 300 })
    socket.open(server.fetch)
    try {
      await work(port, log)
    } finally {
      await socket.close()
      await server.stop()
    }
  }
  const head = 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'

  it('who sends half a request does not hold the connection', async () => {
    await withSocket(async (port) => {
      for (const half of [head, `${head}Content-Length: 100\r\n\r\n{"login"`]) {
        const client = connect(port, '127.0.0.1')
        client.write(half)
        client.on('error', () => undefined)
        client.resume()
        await once(client, 'close')
      }
    })
  })

  it('who hangs up in a body is no fault of the database', async () => {
    await withSocket(async (port, log) => {
      const client = connect(port, '127.0.0.1')
      client.write(`${head}Content-Length: 100\r\n\r\n{"login"`)
      client.on('error', () => undefined)
      await once(client, 'connect')
      client.resetAndDestroy()
      await once(client, 'close')
      // Another request after it is answered, and by then the first has ended as well.
      await fetch(`http://127.0.0.1:${port}/api/filing`)
      await fetch(`http://127.0.0.1:${port}/healthz`)
      expect(log.filter(({ event }) => event === 'fault')).toEqual([])
    })
  })
})

describe("the application's role", () => {
  it('adds to acts and chains, and neither it nor the owner changes one', async () => {
    const admin = await office.enter('admin')
    const account = office.accounts['colleague']?.id
    const asked = { act: office.ids(), account }
    const made = await office.post('/api/people/reset', asked, admin.pass)
    expect(made.status).toBe(200)
    for (const db of [office.own, office.db]) {
      for (const statement of [
        `update act set act = 'nothing'`,
        'delete from act',
        `update chain set id = '00000000-0000-0000-0000-000000000001'`,
        'delete from chain',
        'truncate act',
        'truncate chain',
      ]) {
        await expect(sql.raw(statement).execute(db)).rejects.toMatchObject({ code: '42501' })
      }
    }
  })
})
