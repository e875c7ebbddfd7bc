/** Several servers on one database: news crosses, also where no notification is heard, and one does what runs by itself. */
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { takeLease } from '#server/db/lease.ts'
import { oneAtATime } from '#server/db/one-at-a-time.ts'
import { createLease, wakeWhereOurs, type Background } from '#server/keepers/background.ts'
import type { News } from '#server/pokes/pokes.ts'
import { createSharedLine, type SharedLine } from '#server/pokes/shared-line.ts'
import { createServer, type Server } from '#server/server.ts'
import { openOffice, type Office } from './office.ts'
import { building } from './sample.ts'

let office: Office
const ends: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  office = await openOffice()
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  await office.close()
})

/** A machine that does other work as well takes its time. */
const patience = { timeout: 30_000, interval: 20 }

function lineOf(
  server: string,
  more: { readonly url?: string; readonly isAlone?: boolean } = {},
): SharedLine {
  const line = createSharedLine({
    ...{ db: office.own, url: office.applicationUrl, server, askMs: 50, restMs: 600_000 },
    onFault: (error) => {
      throw error
    },
    ...more,
  })
  ends.push(() => line.stop())
  return line
}

function heardOf(line: SharedLine): News[] {
  const heard: News[] = []
  line.hear((news) => heard.push(news))
  return heard
}

/** Another database of the same PostgreSQL: a notification of this one is never heard there, as behind a pooler. */
function deafUrl(): string {
  const url = new URL(office.applicationUrl)
  url.pathname = '/postgres'
  return url.href
}

const clock = { now: () => performance.timeOrigin + performance.now() }

function leaseOf(server: string, seconds: number): Background {
  const lease = createLease({
    ...{ db: office.own, clock, server, seconds },
    onFault: (error) => {
      throw error
    },
  })
  ends.push(() => lease.stop())
  return lease
}

describe('the line between servers', () => {
  it('carries news to the others, once, and not back', async () => {
    const [one, other] = [lineOf('one'), lineOf('other')]
    const [own, heard] = [heardOf(one), heardOf(other)]
    await vi.waitFor(() => expect([one.isHeard, other.isHeard]).toEqual([true, true]), patience)
    one.tell({ moved: ['s'] })
    one.tell({ wake: { device: 'd' } })
    await vi.waitFor(() => expect(heard).toHaveLength(2), patience)
    one.tell({ work: 'imports' })
    await vi.waitFor(() => expect(heard).toHaveLength(3), patience)
    const told = [{ moved: ['s'] }, { wake: { device: 'd' } }, { work: 'imports' }]
    expect(heard).toEqual(told)
    expect(own).toEqual(told)
  })

  it('hears what was told at another machine of a cluster, which gives ids of its own', async () => {
    const line = lineOf('one', { isAlone: false })
    const heard = heardOf(line)
    const tell = (id: number, stream: string) =>
      sql`insert into news (id, server, body)
        values (${id}, 'other', ${JSON.stringify([{ moved: [stream] }])}::jsonb)`.execute(office.db)
    let id = 9_000_000
    await vi.waitFor(async () => {
      await tell((id += 1), 'near')
      expect(heard).toContainEqual({ moved: ['near'] })
    }, patience)
    await tell(5, 'far')
    await vi.waitFor(() => expect(heard).toContainEqual({ moved: ['far'] }), patience)
    const told = heard.length
    await tell(6, 'last')
    await vi.waitFor(() => expect(heard).toHaveLength(told + 1), patience)
    expect(line.isHeard).toBe(false)
  })

  it('asks where no notification is heard', async () => {
    const [one, deaf] = [lineOf('one'), lineOf('deaf', { url: deafUrl() })]
    const heard = heardOf(deaf)
    await vi.waitFor(() => expect(one.isHeard).toBe(true), patience)
    // Its first question is over: what comes now is news to it.
    one.tell({ moved: ['first'] })
    await vi.waitFor(() => expect(heard).not.toEqual([]), patience)
    one.tell({ moved: ['second'] })
    await vi.waitFor(() => expect(heard.at(-1)).toEqual({ moved: ['second'] }), patience)
    expect(deaf.isHeard).toBe(false)
  })

  it('hears again after its connection was cut', async () => {
    const [one, other] = [lineOf('one'), lineOf('other')]
    const heard = heardOf(other)
    await vi.waitFor(() => expect([one.isHeard, other.isHeard]).toEqual([true, true]), patience)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen%'`.execute(office.db)
    one.tell({ moved: ['meanwhile'] })
    await vi.waitFor(() => expect(heard).toEqual([{ moved: ['meanwhile'] }]), patience)
    await vi.waitFor(() => expect([one.isHeard, other.isHeard]).toEqual([true, true]), patience)
    one.tell({ moved: ['after'] })
    await vi.waitFor(() => expect(heard.at(-1)).toEqual({ moved: ['after'] }), patience)
  })

  it('passes over what a newer server says that this one does not understand', async () => {
    const line = lineOf('one')
    const heard = heardOf(line)
    await vi.waitFor(() => expect(line.isHeard).toBe(true), patience)
    const body = JSON.stringify([{ weather: 'rain' }, { moved: ['s'] }, 7])
    await sql`insert into news (server, body) values ('newer', ${body}::jsonb)`.execute(office.own)
    await sql`select pg_notify('wuse_news', '')`.execute(office.own)
    await vi.waitFor(() => expect(heard).toEqual([{ moved: ['s'] }]), patience)
  })
})

describe('what runs by itself', () => {
  it('is done by one, and by another soon after that one gave it back', async () => {
    const first = leaseOf('first', 3)
    await vi.waitFor(() => expect(first.isOurs()).toBe(true), patience)
    const second = leaseOf('second', 3)
    let taken = 0
    second.onTaken(() => (taken += 1))
    expect(await takeLease(office.own, 'background', 'third', 3)).toBe(false)
    expect([first.isOurs(), second.isOurs(), taken]).toEqual([true, false, 0])
    await first.stop()
    await vi.waitFor(() => expect([second.isOurs(), taken]).toEqual([true, 1]), patience)
    expect(first.isOurs()).toBe(false)
  })

  it('goes over when its holder says nothing any more', async () => {
    // Somebody who was killed: it gave nothing back, and never renews.
    expect(await takeLease(office.own, 'background', 'killed', 2)).toBe(true)
    const second = leaseOf('second', 2)
    await vi.waitFor(() => expect(second.isOurs()).toBe(true), patience)
  })

  it('is woken at the server that does it', async () => {
    const [one, other] = [lineOf('one'), lineOf('other')]
    await vi.waitFor(() => expect([one.isHeard, other.isHeard]).toEqual([true, true]), patience)
    const runs: string[] = []
    const first = leaseOf('one', 60)
    await vi.waitFor(() => expect(first.isOurs()).toBe(true), patience)
    const second = leaseOf('other', 60)
    one.hear((news) => void ('work' in news && first.isOurs() && runs.push(`one ${news.work}`)))
    other.hear(
      (news) => void ('work' in news && second.isOurs() && runs.push(`other ${news.work}`)),
    )
    const wakeAt = (background: Background, line: SharedLine, name: string) =>
      wakeWhereOurs(
        background,
        () => Promise.resolve(void runs.push(`${name} itself`)),
        () => line.tell({ work: 'recolour' }),
      )
    await wakeAt(first, one, 'one')()
    await wakeAt(second, other, 'other')()
    await vi.waitFor(() => expect(runs).toEqual(['one itself', 'one recolour']), patience)
  })
})

describe('two servers', () => {
  /** Beside the office's own one. */
  function serverOf(name: string, background: Background): Server {
    const server = createServer({
      ...{ db: office.own, clock: office.clock, ids: office.ids, staticDir: null },
      randomBytes: (count) => new Uint8Array(count).fill(7),
      log: { write: () => undefined },
      secureCookies: false,
      pokeLine: lineOf(name),
      background,
    })
    ends.push(() => server.stop())
    return server
  }

  it('what is pushed at one is heard at the other, and an import there is written', async () => {
    const lease = leaseOf('one', 60)
    await vi.waitFor(() => expect(lease.isOurs()).toBe(true), patience)
    const [one, other] = [serverOf('one', lease), serverOf('other', leaseOf('other', 60))]
    const at = (server: Server, path: string, pass: string, body?: unknown) =>
      server.fetch(
        new Request(`http://office.test${path}`, {
          method: body === undefined ? 'GET' : 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${pass}` },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      )
    const worker = await office.enter('worker')
    const staff = await office.enter('staff')
    const events = await at(one, '/api/events', worker.pass)
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toContain('event: ready')
    const { grid, community } = office.places
    const push = (mutations: readonly unknown[]) =>
      at(other, '/api/push', staff.pass, {
        protocol: 3,
        device: staff.id,
        sentAt: new Date(office.clock.now()).toISOString(),
        mutations,
      })
    const pushed = await push([staff.create(grid, 'building', office.ids(), building())])
    expect(pushed.status).toBe(200)
    expect((await reader?.read())?.value).toContain(`event: poke\ndata: ["${grid}"`)
    await reader?.cancel()

    const { head } = await office.db
      .selectFrom('stream')
      .select('head')
      .where('id', '=', grid)
      .executeTakeFirstOrThrow()
    const id = office.ids()
    const house = office.ids()
    await push([
      staff.create(community, 'import', id, {
        ...{ title: '样例花名册.xlsx', parts: 1, rows: 1, added: 1, changed: 0 },
        bases: [{ stream: grid, version: head }],
      }),
      staff.create(community, 'import-part', office.ids(), {
        ...{ import: id, part: 1 },
        items: [
          {
            ...{ op: 'create', stream: grid, kind: 'building', record: house, seen: 0 },
            fields: { ...building(), number: '2' },
          },
        ],
      }),
    ])
    await vi.waitFor(async () => {
      const found = await office.db
        .selectFrom('record')
        .select('id')
        .where('id', '=', house)
        .execute()
      expect(found).toHaveLength(1)
    }, patience)
  })
})

describe('the first start', () => {
  it('is made by one at a time, and a wait ends where the server is stopped', async () => {
    const never = new AbortController().signal
    let finish = () => undefined as void
    const order: string[] = []
    const first = oneAtATime(office.db, never, async () => {
      order.push('first begins')
      await new Promise<void>((resolve) => (finish = () => resolve()))
      order.push('first ends')
    })
    await vi.waitFor(() => expect(order).toEqual(['first begins']), patience)
    const stop = new AbortController()
    const stopped = oneAtATime(office.db, stop.signal, () => Promise.resolve('never'))
    const outcome = stopped.catch((error: unknown) => (error as Error).name)
    let waited = 0
    const second = oneAtATime(
      office.db,
      never,
      () => Promise.resolve(void order.push('second')),
      () => (waited += 1),
    )
    await vi.waitFor(() => expect(waited).toBe(1), patience)
    stop.abort()
    expect(await outcome).toBe('AbortError')
    finish()
    await Promise.all([first, second])
    expect(order).toEqual(['first begins', 'first ends', 'second'])
  })
})
