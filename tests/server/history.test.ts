/**
 * A record's history, asked of the server.
 * Holds `src/server/routes/history.ts` and `src/server/db/changes.ts`.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as v from 'valibot'
import { wireChangeSchema } from '#protocol/pull.ts'
import { openOffice, problemOf, type Device, type Office } from './office.ts'
import { settle, type Home } from './sample.ts'

let office: Office
let worker: Device
let home: Home

beforeAll(async () => {
  office = await openOffice()
  worker = await office.enter('worker')
  const { grid } = office.places
  home = await settle(await office.enter('staff'), worker, grid, office.ids)
  const record = { id: home.resident, stream: grid, kind: 'resident' as const, version: 9 }
  await worker.pushed([
    worker.patch(record, { note: '一' }),
    worker.patch(record, { note: '二' }),
    worker.mutation({ stream: grid, kind: 'resident', record: home.resident, op: 'remove' }),
  ])
})
afterAll(() => office.close())

const ask = (device: Device | null, stream: string, record: string) =>
  office.fetch(`/api/history/${stream}/${record}`, {
    headers: device ? device.headers : {},
  })

it('tells what changed, the newest first, and not what a removal took away', async () => {
  const response = await ask(worker, office.places.grid, home.resident)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const { changes } = (await response.json()) as { changes: unknown[] }
  const lines = v.parse(v.array(wireChangeSchema), changes)
  expect(lines.map(({ op, fields, by }) => ({ op, fields, by }))).toEqual([
    { op: 'remove', fields: {}, by: worker.account },
    { op: 'patch', fields: { note: ['一', '二'] }, by: worker.account },
    { op: 'patch', fields: { note: [null, '一'] }, by: worker.account },
  ])
})

it('tells nothing to whoever may not see the stream, or persons at all', async () => {
  const { grid } = office.places
  const stranger = await ask(await office.enter('stranger'), grid, home.resident)
  expect([stranger.status, await problemOf(stranger)]).toEqual([403, 'stream-not-yours'])
  const nowhere = await ask(worker, office.ids(), home.resident)
  expect([nowhere.status, await problemOf(nowhere)]).toEqual([403, 'stream-not-yours'])
  const auditor = await ask(await office.enter('auditor'), grid, home.resident)
  expect(await auditor.json()).toEqual({ ok: true, changes: [] })
  const anonymous = await ask(null, grid, home.resident)
  expect([anonymous.status, await problemOf(anonymous)]).toEqual([401, 'not-signed-in'])
  const nonsense = await ask(worker, grid, 'x')
  expect([nonsense.status, await problemOf(nonsense)]).toEqual([400, 'malformed'])
})
