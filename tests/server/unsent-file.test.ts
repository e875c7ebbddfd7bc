/**
 * Unsent work brought in by hand: whose, by whom, twice, and beside the device's own push.
 * Holds `src/server/routes/unsent-file.ts` and `src/server/ledger/unsent.ts`.
 */
import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import {
  unsentFileAnswerSchema,
  unsentFileContext,
  unsentFileFormat,
  unsentFileInfo,
} from '#protocol/unsent-file.ts'
import { useGrid } from './grid.ts'
import { problemOf, type Device } from './office.ts'
import { visit } from './sample.ts'

const g = useGrid()

/** As a device seals it, by Node's own means. */
async function fileOf(device: Device, mutations: readonly unknown[]) {
  const secret = randomBytes(32)
  await g.office.db
    .updateTable('device')
    .set({ key: secret.toString('base64') })
    .where('id', '=', device.id)
    .execute()
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(32), unsentFileInfo, 32))
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(unsentFileContext(device.id)))
  const text = cipher.update(JSON.stringify({ mutations }))
  const box = Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()])
  return { format: unsentFileFormat, device: device.id, box: box.toString('base64') }
}

const bring = (by: Device, file: unknown) => g.office.post('/api/unsent-file', file, by.pass)
const brought = async (by: Device, file: unknown) =>
  v.parse(unsentFileAnswerSchema, await (await bring(by, file)).json())

const visits = (device: Device, count: number) =>
  Array.from({ length: count }, () =>
    device.create(
      g.grid,
      'visit',
      g.office.ids(),
      visit(g.home.household, new Date(g.office.clock.now()).toISOString()),
    ),
  )
const inRegister = async (mutations: readonly { readonly record: string }[]) =>
  (await Promise.all(mutations.map(({ record }) => g.recordOf(record)))).filter(Boolean).length

it('brings work in once, however often the file and the device bring it', async () => {
  const work = visits(g.worker, 3)
  const file = await fileOf(g.worker, work)
  expect(await brought(g.staff, file)).toMatchObject({ count: 3, applied: 3, refused: [] })
  const head = await g.headOf(g.grid)
  expect(await brought(g.staff, file)).toMatchObject({ count: 3, applied: 3, refused: [] })
  const answer = await g.worker.pushed(work)
  expect(answer.receipts.map(({ ok }) => ok)).toEqual([true, true, true])
  expect(await inRegister(work)).toBe(3)
  expect(await g.headOf(g.grid)).toBe(head)
  expect(await g.recordOf(work[0]?.record ?? '')).toMatchObject({ by: g.worker.account })
})

it('takes what is new of a file whose first half came by the network', async () => {
  const work = visits(g.worker, 4)
  await g.worker.pushed(work.slice(0, 2))
  expect(await brought(g.worker, await fileOf(g.worker, work))).toMatchObject({ applied: 4 })
  expect(await inRegister(work)).toBe(4)
})

it('goes over numbers that hold nothing any more, and the device goes on after them', async () => {
  const work = visits(g.worker, 5).filter((_, index) => index !== 1 && index !== 3)
  expect(await brought(g.staff, await fileOf(g.worker, work))).toMatchObject({ applied: 3 })
  const [next] = visits(g.worker, 1)
  expect((await g.worker.pushed([next])).receipts).toMatchObject([{ ok: true }])
})

it('refuses single ones with their reason and takes the rest', async () => {
  const [first, , last] = visits(g.worker, 3)
  const spoilt = {
    ...first,
    id: g.office.ids(),
    record: g.office.ids(),
    seq: (first?.seq ?? 0) + 1,
    fields: {},
  }
  const answer = await brought(g.staff, await fileOf(g.worker, [first, spoilt, last]))
  expect(answer).toMatchObject({
    count: 3,
    applied: 2,
    refused: [{ id: spoilt.id, problem: 'invalid-fields' }],
  })
})

it('takes a month of a whole office, and no batch apart', async () => {
  const work = visits(g.worker, 1_205)
  const batch = g.office.ids()
  for (const index of [498, 499, 500, 501]) {
    work[index] = { ...(work[index] as (typeof work)[number]), batch, batchSize: 4 }
  }
  expect(await brought(g.staff, await fileOf(g.worker, work))).toMatchObject({
    applied: 1_205,
    refused: [],
  })
})

it('is opened for the owner and the office alone', async () => {
  const work = visits(g.worker, 1)
  const file = await fileOf(g.worker, work)
  const stranger = await g.office.enter('stranger')
  for (const nobody of [g.colleague, stranger, await g.office.enter('auditor')]) {
    expect(await problemOf(await bring(nobody, file))).toBe('not-found')
  }
  expect(await inRegister(work)).toBe(0)
})

it('is nothing any more once its device was revoked', async () => {
  const work = visits(g.worker, 1)
  const file = await fileOf(g.worker, work)
  await g.office.post('/api/devices/revoke', { device: g.worker.id }, g.staff.pass)
  expect(await problemOf(await bring(g.staff, file))).toBe('device-revoked')
  expect(await inRegister(work)).toBe(0)
})

it('that is broken, cut short or another device’s says so and changes nothing', async () => {
  const work = visits(g.worker, 1)
  const file = await fileOf(g.worker, work)
  const other = await fileOf(g.colleague, work)
  for (const wrong of [
    'no file at all',
    { ...file, format: 'wuse unsent work 9' },
    { ...file, box: file.box.slice(0, 40) },
    { ...file, box: `AAAA${file.box.slice(4)}` },
    { ...file, box: other.box },
    { ...file, box: 'not base64!' },
  ]) {
    expect(await problemOf(await bring(g.staff, wrong))).toBe('file-unreadable')
  }
  expect(await problemOf(await bring(g.staff, { ...file, device: g.office.ids() }))).toBe(
    'not-found',
  )
  expect(await inRegister(work)).toBe(0)
})
