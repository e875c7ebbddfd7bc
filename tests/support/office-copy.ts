/** What the server holds, read as a device of its own reads it: signed in, pulled, record by record. */
import { randomUUID } from 'node:crypto'
import type { Fields, Kind } from '#domain/record.ts'
import { pullLineSchema, type WireChange, type WireRecord } from '#protocol/pull.ts'
import * as v from 'valibot'
import { demoPassword } from './wuse-server.ts'

export interface Held<K extends Kind> {
  readonly id: string
  readonly stream: string
  readonly fields: Fields<K>
}

export interface OfficeCopy {
  all<K extends Kind>(kind: K): readonly Held<K>[]
  get<K extends Kind>(kind: K, id: string): Held<K> | undefined
  readonly changes: readonly WireChange[]
}

/** Pulls everything that an account sees. */
export async function copyOffice(url: string, login: string): Promise<OfficeCopy> {
  const device = randomUUID()
  const headers = { 'content-type': 'application/json' }
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      protocol: 1,
      login,
      password: demoPassword,
      device,
      deviceName: 'test',
    }),
  })
  if (!signedIn.ok) throw new Error(`sign-in: ${await signedIn.text()}`)
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const answer = await fetch(`${url}/api/pull`, {
    method: 'POST',
    headers: { ...headers, cookie },
    body: JSON.stringify({ protocol: 1, device, cursors: {} }),
  })
  const records = new Map<string, WireRecord & { stream: string }>()
  const changes: WireChange[] = []
  let isWhole = false
  for (const text of (await answer.text()).split('\n')) {
    if (text === '') continue
    const line = v.parse(pullLineSchema, JSON.parse(text))
    if (line.type === 'end') isWhole = true
    if (line.type !== 'page') continue
    for (const record of line.records) {
      // Behind a stored snapshot come the tombstones of what went since, also to another stream.
      const key = `${line.stream}/${record.id}`
      if (record.removed) records.delete(key)
      else records.set(key, { ...record, stream: line.stream })
    }
    changes.push(...line.changes)
  }
  if (!isWhole) throw new Error('the pull was cut')
  const all = <K extends Kind>(kind: K) =>
    [...records.values()].filter((record) => record.kind === kind) as unknown as Held<K>[]
  return {
    all,
    get: (kind, id) => all(kind).find((record) => record.id === id),
    changes,
  }
}
