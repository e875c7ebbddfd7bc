/** A device that is only a program: what it sends and gets over HTTP, without the app. */
import { createHash, randomBytes } from 'node:crypto'
import { get } from 'node:http'
import { uuidv7 } from 'uuidv7'
import type { Mutation } from '#protocol/mutation.ts'
import type { Cursor, PageLine, PullLine, ScopeLine, WireRecord } from '#protocol/pull.ts'
import type { PushResponse } from '#protocol/push.ts'
import { deviceHeader } from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { Db } from '#server/db/schema.ts'
import { demoPassword } from '#tests/support/wuse-server.ts'

export interface HeldRecord extends WireRecord {
  readonly stream: string
}

export interface Pulled {
  readonly scope: ScopeLine
  readonly records: readonly HeldRecord[]
  readonly cursors: Record<string, Cursor>
}

export interface HttpDevice {
  readonly id: string
  /** Numbers it; pushed in the order in which they were made. */
  mutation(given: Pick<Mutation, 'stream' | 'kind' | 'record'> & Partial<Mutation>): Mutation
  patch(record: HeldRecord, fields: Mutation['fields']): Mutation
  push(mutations: readonly Mutation[]): Promise<PushResponse>
  /** Throws where any of them was refused. */
  pushAll(mutations: readonly Mutation[]): Promise<PushResponse>
  pull(cursors?: Readonly<Record<string, Cursor>>): Promise<Pulled>
  /** Listens for pokes until the signal; resolves when the server has said that it is ready. */
  listen(signal: AbortSignal, onPoke: () => void): Promise<void>
}

/** Signs in as a person does. */
export async function signInDevice(url: string, login: string): Promise<HttpDevice> {
  const id = uuidv7()
  const answer = await post(`${url}/api/session`, {
    protocol: protocolVersion,
    login,
    password: demoPassword,
    device: id,
    deviceName: 'bench',
  })
  const { token } = (await answer.json()) as { token: string }
  const given = await post(`${url}/api/session/pass`, { protocol: protocolVersion }, token)
  const { pass } = (await given.json()) as { pass: string }
  return createHttpDevice(url, id, pass)
}

/** Many devices with a session each, put into the database: a thousand sign-ins would measure Argon2id. */
export async function enrolDevices(
  db: Db,
  url: string,
  accounts: readonly string[],
): Promise<HttpDevice[]> {
  const now = new Date()
  const made = accounts.map((account) => {
    const [id, pass] = [uuidv7(), randomBytes(32).toString('base64url')]
    return { id, account, pass, hash: createHash('sha256').update(pass).digest('hex') }
  })
  const devices = made.map(({ id, account }) => ({
    ...{ id, account, name: 'bench', key: '', last_seq: 0 },
    ...{ skew_ms: null, seen_at: now, revoked_at: null },
  }))
  const until = new Date(now.getTime() + 30 * 86_400_000)
  const sessions = made.map(({ id, account }) => ({
    ...{ hash: `session of ${id}`, account, device: id, created_at: now },
    ...{ expires_at: until, by_cookie: false },
  }))
  const passes = made.map(({ id, hash }) => ({
    ...{ hash, session: `session of ${id}`, device: id, expires_at: until },
  }))
  await db.insertInto('device').values(devices).execute()
  await db.insertInto('session').values(sessions).execute()
  await db.insertInto('session_pass').values(passes).execute()
  return made.map(({ id, pass }) => createHttpDevice(url, id, pass))
}

function createHttpDevice(url: string, id: string, pass: string): HttpDevice {
  let seq = 0
  const ask = (path: string, body: object) =>
    post(`${url}${path}`, { protocol: protocolVersion, device: id, ...body }, pass, id)
  const mutation: HttpDevice['mutation'] = (given) => ({
    ...{ id: uuidv7(), device: id, seq: (seq += 1), at: new Date().toISOString(), batch: null },
    ...{ op: 'create', fields: {}, seen: 0 },
    ...given,
  })
  const push: HttpDevice['push'] = async (mutations) => {
    const answer = await ask('/api/push', { sentAt: new Date().toISOString(), mutations })
    return (await answer.json()) as PushResponse
  }
  return {
    id,
    mutation,
    patch: ({ stream, kind, id: record, version }, fields) =>
      mutation({ stream, kind, record, op: 'patch', fields, seen: version }),
    push,
    async pushAll(mutations) {
      const pushed = await push(mutations)
      const refused = pushed.receipts.find((receipt) => !receipt.ok)
      if (refused) throw new Error(`refused: ${JSON.stringify(refused)}`)
      return pushed
    },
    async pull(cursors = {}) {
      const answer = await ask('/api/pull', { cursors })
      return readPull(await answer.text(), cursors)
    },
    // By a bare socket: what hundreds of readers of the web's kind cost here would be measured as the server's.
    listen: (signal, onPoke) =>
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${pass}`, [deviceHeader]: id }
        const request = get(`${url}/api/events`, { signal, headers, agent: false }, (answer) => {
          if (answer.statusCode !== 200) {
            answer.resume()
            return reject(new HttpRefusal('/api/events', answer.statusCode ?? 0, ''))
          }
          answer.once('data', () => {
            resolve()
            answer.on('data', onPoke)
          })
          // It ends with the signal, which is no fault.
          answer.on('error', () => undefined)
        })
        request.on('error', reject)
      }),
  }
}

async function post(address: string, body: unknown, pass = '', device?: string): Promise<Response> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-encoding': 'gzip',
      ...(pass ? { authorization: `Bearer ${pass}` } : {}),
      ...(device ? { [deviceHeader]: device } : {}),
    },
    body: JSON.stringify(body),
  })
  if (answer.ok) return answer
  throw new HttpRefusal(new URL(address).pathname, answer.status, await answer.text())
}

export class HttpRefusal extends Error {
  readonly status: number
  constructor(path: string, status: number, text: string) {
    super(`${path}: ${status} ${text}`)
    this.status = status
  }
}

function readPull(text: string, before: Readonly<Record<string, Cursor>>): Pulled {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PullLine)
  const scope = lines[0]
  if (scope?.type !== 'scope' || lines.at(-1)?.type !== 'end') throw new Error('half a pull')
  const pages = lines.filter((line): line is PageLine => line.type === 'page')
  const cursors = { ...before }
  for (const { stream, epoch, to } of pages) cursors[stream] = { epoch, version: to }
  const records = pages.flatMap(({ stream, records: found }) =>
    found.map((record) => ({ ...record, stream })),
  )
  return { scope, records, cursors }
}
