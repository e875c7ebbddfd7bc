/** A whole office for a test: its own database, places, accounts, a clock that stands still, and devices that speak to it. */
import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { Role } from '#domain/account.ts'
import type { Kind } from '#domain/record.ts'
import type { Mutation, Receipt } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { Cursor, PageLine, PullLine, ScopeLine, WireRecord } from '#protocol/pull.ts'
import { deviceHeader } from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import { createAccount } from '#server/db/accounts.ts'
import { openDatabase } from '#server/db/connect.ts'
import { migrate } from '#server/db/migrate.ts'
import { enrolDevice } from '#server/db/devices.ts'
import { hashPassword } from '#server/db/passwords.ts'
import type { Db } from '#server/db/schema.ts'
import type { LogFields } from '#server/routes/log.ts'
import { startPass, startSession } from '#server/db/sessions.ts'
import { createPlace } from '#server/db/streams.ts'
import type { AskSettings } from '#server/routes/ask/origin.ts'
import { createServer, type Server } from '#server/server.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTestDatabase } from '#tests/support/database.ts'
import type { Layout } from '#tests/support/layout.ts'

export const password = 'correct horse battery'
/** Monday 23 November 2026, 14:32 in China. */
const start = Date.UTC(2026, 10, 23, 6, 32)
export const dayMs = 86_400_000

let passwordHash: Promise<string> | null = null

export interface LogEntry {
  readonly event: string
  readonly fields: LogFields | undefined
}

export interface Place {
  readonly subdistrict: string
  readonly community: string
  readonly grid: string
  readonly otherGrid: string
  readonly otherCommunity: string
  readonly farGrid: string
}

export type Office = Awaited<ReturnType<typeof openOffice>>
export type Device = ReturnType<typeof createDevice>

let series = 0x10

export async function openOffice({
  layout,
  ...more
}: {
  readonly hotline?: boolean
  readonly ask?: AskSettings
  readonly deviceResidents?: number
  /** How the tables lie; as its name says where left out. */
  readonly layout?: Layout
} = {}) {
  const { db, applicationUrl, drop } = await createTestDatabase(layout)
  await migrate(db)
  // The server works as it does in an office: with a role that owns nothing.
  const own = openDatabase(applicationUrl)
  const ids = createCountedIds((series += 1))
  const clock = { at: start, now: () => clock.at }
  const log: LogEntry[] = []
  const places = await createPlaces(db, ids)
  const accounts = await createAccounts(db, ids, places)
  let seed = 0
  const server: Server = createServer({
    db: own,
    clock,
    ids,
    randomBytes: (count) => hashOf(`random ${(seed += 1)}`).subarray(0, count),
    log: { write: (event, fields) => void log.push({ event, fields }) },
    staticDir: null,
    secureCookies: false,
    ...more,
  })

  const fetch = async (path: string, init: RequestInit = {}) =>
    server.fetch(new Request(`http://office.test${path}`, init))
  /** `pass` opens; '' for nobody in particular. */
  const post = (path: string, body: unknown, pass = '', headers: HeadersInit = {}) =>
    fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...byPass(pass), ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  /** As the app does: each request says of which device it is. */
  const postOf = (device: string) => (path: string, body: unknown, pass?: string) =>
    post(path, body, pass, { [deviceHeader]: device })

  async function signIn(login: string, id = ids()) {
    const response = await post('/api/session', {
      protocol: protocolVersion,
      login,
      password,
      device: id,
      deviceName: 'test',
    })
    if (response.status !== 200) throw new Error(`sign-in: ${await response.text()}`)
    const { token } = (await response.json()) as { token: string }
    const given = await postOf(id)('/api/session/pass', { protocol: protocolVersion }, token)
    const { pass } = (await given.json()) as { pass: string }
    return createDevice({
      id,
      pass,
      ids,
      clock,
      post: postOf(id),
      account: accounts[login]?.id ?? '',
    })
  }

  /** A device with a session as a sign-in makes them, without its costly hashing. */
  async function enter(login: string) {
    const id = ids()
    const account = accounts[login]?.id ?? ''
    const [token, pass] = [hashOf(`token of ${id}`).toString('hex'), `pass-of-${id}`]
    const now = new Date(clock.now())
    const until = new Date(clock.now() + 30 * dayMs)
    await enrolDevice(db, { id, account, name: 'test', key: '' }, now)
    await startSession(db, {
      hash: token,
      account,
      device: id,
      created_at: now,
      expires_at: until,
      by_cookie: false,
    })
    // Longer than any that the server gives: a test may let weeks go by.
    const given = { hash: hashOf(pass).toString('hex'), expires_at: until }
    await startPass(db, { id: token, device: id }, given, until)
    return createDevice({ id, account, ids, clock, post: postOf(id), pass })
  }

  return {
    db,
    /** The server's own connections. */
    own,
    /** Where the server connects. */
    applicationUrl,
    clock,
    ids,
    log,
    places,
    accounts,
    server,
    fetch,
    post,
    signIn,
    enter,
    async close() {
      await server.stop()
      await own.destroy()
      await drop()
    },
  }
}

/** The header that opens the office; none for ''. */
export function byPass(pass: string): { authorization?: string } {
  return pass === '' ? {} : { authorization: `Bearer ${pass}` }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

async function createPlaces(db: Db, ids: () => string): Promise<Place> {
  const add = async (parent: string | null) => {
    const id = ids()
    await createPlace(db, { id, parent, epoch: 1 })
    return id
  }
  const subdistrict = await add(null)
  const community = await add(subdistrict)
  const otherCommunity = await add(subdistrict)
  return {
    subdistrict,
    community,
    otherCommunity,
    grid: await add(community),
    otherGrid: await add(community),
    farGrid: await add(otherCommunity),
  }
}

async function createAccounts(db: Db, ids: () => string, places: Place) {
  passwordHash ??= hashPassword(password, new Uint8Array(16).fill(7))
  const hash = await passwordHash
  const made: Record<string, { readonly id: string; readonly role: Role }> = {}
  const add = async (login: string, role: Role, place: string) => {
    const id = ids()
    made[login] = { id, role }
    await createAccount(db, { id, login, name: login, role, password: hash }, [place])
  }
  await add('worker', 'worker', places.grid)
  await add('colleague', 'worker', places.grid)
  await add('stranger', 'worker', places.farGrid)
  await add('staff', 'staff', places.community)
  await add('admin', 'admin', places.subdistrict)
  await add('handler', 'handler', places.subdistrict)
  await add('auditor', 'auditor', places.subdistrict)
  await add('gate', 'gate', places.community)
  return made
}

interface DeviceParts {
  readonly id: string
  readonly account: string
  readonly pass: string
  readonly ids: () => string
  readonly clock: { now(): number }
  readonly post: (path: string, body: unknown, pass?: string) => Promise<Response>
}

interface PushAnswer {
  readonly receipts: readonly Receipt[]
  readonly expected: number
}

function createDevice({ id, account, pass, ids, clock, post }: DeviceParts) {
  let seq = 0
  const isoNow = () => new Date(clock.now()).toISOString()

  const mutation = (
    given: Pick<Mutation, 'stream' | 'kind' | 'record'> & Partial<Mutation>,
  ): Mutation => ({
    id: ids(),
    device: id,
    seq: (seq += 1),
    at: isoNow(),
    batch: null,
    op: 'create',
    fields: {},
    seen: 0,
    ...given,
  })

  const push = (mutations: readonly unknown[], more: object = {}) =>
    post(
      '/api/push',
      { protocol: protocolVersion, device: id, sentAt: isoNow(), mutations, ...more },
      pass,
    )

  return {
    id,
    account,
    pass,
    /** Of a request of its own. */
    headers: byPass(pass),
    mutation,
    push,
    create: (stream: string, kind: Kind, record: string, fields: Mutation['fields']) =>
      mutation({ stream, kind, record, fields }),
    patch: (record: WireRecord & { stream: string }, fields: Mutation['fields']) =>
      mutation({
        stream: record.stream,
        kind: record.kind,
        record: record.id,
        op: 'patch',
        fields,
        seen: record.version,
      }),
    /** Gives the numbers back of mutations that were made and not pushed. */
    rewind: (to: number) => (seq = to),
    async pushed(mutations: readonly unknown[], more: object = {}): Promise<PushAnswer> {
      const response = await push(mutations, more)
      if (response.status !== 200) throw new Error(`push: ${await response.text()}`)
      return (await response.json()) as PushAnswer
    },
    async pull(cursors: Readonly<Record<string, Cursor>> = {}): Promise<Pull> {
      const response = await post(
        '/api/pull',
        { protocol: protocolVersion, device: id, cursors },
        pass,
      )
      if (response.status !== 200) throw new Error(`pull: ${await response.text()}`)
      return readPull(await response.text())
    },
  }
}

export interface Pull {
  readonly scope: ScopeLine
  readonly pages: readonly PageLine[]
  readonly ended: boolean
  /** The last state of each record by id, with its stream. */
  readonly records: ReadonlyMap<string, WireRecord & { readonly stream: string }>
  readonly cursors: Record<string, Cursor>
}

export function readPull(text: string): Pull {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PullLine)
  const scope = lines[0]
  if (scope?.type !== 'scope') throw new Error('no scope line')
  const pages = lines.filter((line): line is PageLine => line.type === 'page')
  const records = new Map<string, WireRecord & { readonly stream: string }>()
  const cursors: Record<string, Cursor> = {}
  for (const { stream, epoch, to, proof, records: found } of pages) {
    for (const record of found) records.set(record.id, { ...record, stream })
    cursors[stream] = { epoch, version: to, ...(proof === undefined ? {} : { proof }) }
  }
  return { scope, pages, ended: lines.at(-1)?.type === 'end', records, cursors }
}

export async function problemOf(response: Response): Promise<Problem | undefined> {
  return ((await response.json()) as { problem?: Problem }).problem
}

export function unzip(bytes: ArrayBuffer): string {
  return gunzipSync(new Uint8Array(bytes)).toString()
}
