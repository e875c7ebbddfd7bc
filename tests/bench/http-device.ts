/** A device that is only a program: what it sends and gets over HTTP, without the app. */
import { createHash, randomBytes } from 'node:crypto'
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
  return createHttpDevice(url, id, (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '')
}

/** Many devices with a session each, put into the database: a thousand sign-ins would measure Argon2id. */
export async function enrolDevices(
  db: Db,
  url: string,
  accounts: readonly string[],
): Promise<HttpDevice[]> {
  const now = new Date()
  const made = accounts.map((account) => {
    const [id, token] = [uuidv7(), randomBytes(32).toString('base64url')]
    return { id, account, token, hash: createHash('sha256').update(token).digest('hex') }
  })
  const devices = made.map(({ id, account }) => ({
    ...{ id, account, name: 'bench', key: '', last_seq: 0 },
    ...{ skew_ms: null, seen_at: now, revoked_at: null },
  }))
  const sessions = made.map(({ id, account, hash }) => ({
    ...{ hash, account, device: id, created_at: now },
    expires_at: new Date(now.getTime() + 30 * 86_400_000),
  }))
  await db.insertInto('device').values(devices).execute()
  await db.insertInto('session').values(sessions).execute()
  return made.map(({ id, token }) => createHttpDevice(url, id, `wuse-${id}=${token}`))
}

function createHttpDevice(url: string, id: string, cookie: string): HttpDevice {
  let seq = 0
  const ask = (path: string, body: object) =>
    post(`${url}${path}`, { protocol: protocolVersion, device: id, ...body }, cookie, id)
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
  }
}

async function post(
  address: string,
  body: unknown,
  cookie = '',
  device?: string,
): Promise<Response> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-encoding': 'gzip',
      ...(cookie ? { cookie } : {}),
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
