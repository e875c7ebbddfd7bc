/**
 * Photographs on the real server: chunks in any order, a receipt for the whole alone, and gone with their record.
 * Holds `src/server/routes/photos.ts`.
 */
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { PhotoState } from '#protocol/photos.ts'
import { putChunkPath } from '#protocol/photos.ts'
import { findPhoto } from '#server/ledger/photos.ts'
import { sampleJpeg, withComment, withExif, withTail } from '#tests/support/sample-jpeg.ts'
import { sealedPhoto, type SealedPhoto } from '#tests/support/sample-photo.ts'
import { useGrid } from './grid.ts'
import { problemOf, type Device } from './office.ts'
import { settle, visit } from './sample.ts'

const g = useGrid()
const now = () => new Date(g.office.clock.now()).toISOString()

interface Taken {
  readonly id: string
  readonly visit: string
  readonly sealed: SealedPhoto
}

/** A visit with one photograph, as a telephone sends them; the picture itself is still on its way. */
async function taken(
  device = g.worker,
  made: Parameters<typeof sealedPhoto>[2] = {},
  stream = g.grid,
): Promise<Taken> {
  const [id, of] = [g.office.ids(), g.office.ids()]
  const sealed = sealedPhoto(id, now(), made)
  const { receipts } = await device.pushed([
    device.create(stream, 'visit', of, visit(g.home.household, now())),
    device.create(stream, 'photo', id, { ...sealed.fields, host: of }),
  ])
  expect(receipts).toMatchObject([{ ok: true }, { ok: true }])
  return { id, visit: of, sealed }
}

const put = (
  device: Device,
  photo: string,
  index: number,
  { bytes, hash }: { readonly bytes: Buffer; readonly hash: string },
  stream = g.grid,
) =>
  g.office.fetch(putChunkPath(stream, photo, index, hash), {
    method: 'PUT',
    headers: { ...device.headers, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  })

const stateOf = async (response: Response) => {
  expect(response.status).toBe(200)
  return (await response.json()) as PhotoState
}

const get = (device: Device, photo: string, index: number | null = null, stream = g.grid) =>
  g.office.fetch(`/api/photos/${stream}/${photo}${index === null ? '' : `/${index}`}`, {
    headers: device.headers,
  })

/** All of it, last chunk first. */
async function bring({ id, sealed }: Taken, device = g.worker): Promise<PhotoState> {
  let state: PhotoState | null = null
  for (const [index, chunk] of [...sealed.chunks.entries()].reverse()) {
    state = await stateOf(await put(device, id, index, chunk))
  }
  if (!state) throw new Error('no chunks')
  return state
}

const heldOf = async (photo: string) => {
  const { rows } = await sql<{ stream: string; index: number }>`
    select stream, index from photo_chunk where photo = ${photo}::uuid order by index`.execute(
    g.office.db,
  )
  return rows
}

describe('the chunks of a photograph', () => {
  it('come in any order and as often as they like; only the whole has arrived', async () => {
    const { id, sealed } = await taken()
    const [first, second] = sealed.chunks
    expect(sealed.chunks.length).toBe(2)
    expect(await stateOf(await get(g.worker, id))).toMatchObject({ have: [], arrived: false })
    for (let again = 0; again < 2; again += 1) {
      expect(await stateOf(await put(g.worker, id, 1, second!))).toMatchObject({
        ...{ have: [1], arrived: false },
      })
    }
    // Nobody is shown half a picture.
    expect(await problemOf(await get(g.staff, id, 1))).toBe('not-found')
    expect((await g.recordOf(id))?.fields['arrivedAt']).toBeUndefined()
    expect(await stateOf(await put(g.worker, id, 0, first!))).toMatchObject({
      ...{ have: [0, 1], arrived: true },
    })
    expect(await stateOf(await put(g.worker, id, 0, first!))).toMatchObject({ arrived: true })
    const { records } = await g.staff.pull()
    expect(records.get(id)?.fields).toMatchObject({ arrivedAt: now() })
    const given = (await (await get(g.staff, id, 0)).json()) as { chunk: string }
    expect(Buffer.from(given.chunk, 'base64').equals(first!.bytes)).toBe(true)
  })

  it('that all come at once, twice each, are one picture that came once', async () => {
    const { id, sealed } = await taken()
    const twice = [...sealed.chunks.entries(), ...sealed.chunks.entries()]
    const states = await Promise.all(
      twice.map(async ([index, chunk]) => stateOf(await put(g.worker, id, index, chunk))),
    )
    expect(states.filter(({ refused }) => refused)).toEqual([])
    expect(await stateOf(await get(g.worker, id))).toMatchObject({ have: [0, 1], arrived: true })
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from change
      where record = ${id}::uuid and op = 'patch'`.execute(g.office.db)
    expect(rows).toEqual([{ n: 1 }])
  })

  it('are refused where they are not what they say, and nothing of them is kept', async () => {
    const { id, sealed } = await taken()
    const [first, second] = sealed.chunks
    const changed = { bytes: Buffer.from(first!.bytes), hash: first!.hash }
    changed.bytes[40]! ^= 1
    for (const [index, chunk] of [
      [0, changed],
      [1, first!],
      [0, second!],
      [2, second!],
      [18, second!],
    ] as const) {
      expect(await problemOf(await put(g.worker, id, index, chunk)), String(index)).toBe(
        'malformed',
      )
    }
    const large = { bytes: Buffer.alloc(40_000), hash: first!.hash }
    expect(await problemOf(await put(g.worker, id, 0, large))).toBe('too-large')
    expect(await heldOf(id)).toEqual([])
  })

  it.each([
    [
      'a position in it',
      withExif(sampleJpeg({ width: 320, height: 240, noise: 20 }), {
        orientation: 6,
        latitude: [30, 3, 7],
      }),
      'metadata',
    ],
    ['a comment in it', withComment(sampleJpeg({ width: 320, height: 240 }), 'x'), 'metadata'],
    [
      'a script behind it',
      withTail(sampleJpeg({ width: 320, height: 240 }), '<script>x</script>'),
      'tail',
    ],
    [
      'its end cut off',
      sampleJpeg({ width: 320, height: 240, noise: 20 }).subarray(0, 10_000),
      'cut',
    ],
    [
      'another shape than was said',
      sampleJpeg({ width: 240, height: 320, noise: 20 }),
      'wrong-shape',
    ],
  ] as const)(
    'of a picture with %s are not kept, and everybody hears why',
    async (_, picture, problem) => {
      const photo = await taken(g.worker, { picture })
      expect(await bring(photo)).toMatchObject({ have: [], arrived: false, refused: problem })
      expect(await heldOf(photo.id)).toEqual([])
      const { records } = await g.staff.pull()
      expect(records.get(photo.id)?.fields).toMatchObject({ refusedAs: problem })
      expect(records.get(photo.visit)?.fields).toMatchObject({ outcome: 'met' })
    },
  )

  it('sealed under another key than the record has are damaged', async () => {
    const id = g.office.ids()
    const of = g.office.ids()
    const [one, other] = [sealedPhoto(id, now()), sealedPhoto(id, now())]
    await g.worker.pushed([
      g.worker.create(g.grid, 'visit', of, visit(g.home.household, now())),
      g.worker.create(g.grid, 'photo', id, { ...one.fields, key: other.fields.key, host: of }),
    ])
    expect(await bring({ id, visit: of, sealed: one })).toMatchObject({ refused: 'damaged' })
  })
})

describe('who may', () => {
  it('bring and see them: whoever made the record, and whose grid it is; to others there is nothing', async () => {
    const photo = await taken()
    const [first] = photo.sealed.chunks
    const stranger = await g.office.enter('stranger')
    for (const [response, device] of [
      [await put(stranger, photo.id, 0, first!), 'stranger'],
      [await get(stranger, photo.id), 'stranger'],
      [await put(stranger, photo.id, 0, first!, g.office.places.farGrid), 'stranger'],
    ] as const) {
      expect(await problemOf(response), device).toBe('not-found')
    }
    // The office brings in what a telephone could not send.
    expect(await bring(photo, g.staff)).toMatchObject({ arrived: true })
    expect(await problemOf(await get(stranger, photo.id, 0))).toBe('not-found')
    for (const login of ['handler', 'auditor']) {
      const device = await g.office.enter(login)
      expect((await get(device, photo.id, 0)).status, login).toBeGreaterThanOrEqual(403)
      expect((await device.pull()).records.has(photo.id), login).toBe(false)
    }
    expect((await get(g.colleague, photo.id, 0)).status).toBe(200)
  })

  it('not say that a picture came, nor give it to a record that is not there, nor change it', async () => {
    const { receipts } = await g.worker.pushed([
      g.worker.create(g.grid, 'photo', g.office.ids(), {
        ...sealedPhoto(g.office.ids(), now()).fields,
        ...{ host: g.home.dwelling, arrivedAt: now() },
      }),
      g.worker.create(g.grid, 'photo', g.office.ids(), {
        ...sealedPhoto(g.office.ids(), now()).fields,
        host: g.office.ids(),
      }),
      g.worker.create(g.grid, 'photo', g.office.ids(), {
        ...sealedPhoto(g.office.ids(), now()).fields,
        host: g.home.resident,
      }),
      g.worker.create(g.grid, 'photo', g.office.ids(), {
        ...sealedPhoto(g.office.ids(), now()).fields,
        ...{ host: g.home.dwelling, thumbnail: Buffer.from('GIF89a').toString('base64') },
      }),
    ])
    expect(receipts.map((receipt) => (receipt.ok ? null : receipt.problem))).toEqual([
      'kind-not-yours',
      'reference-missing',
      'reference-missing',
      'invalid-fields',
    ])
    const { id } = await taken()
    const held = (await g.worker.pull()).records.get(id)!
    const patched = await g.worker.pushed([g.worker.patch(held, { host: g.home.dwelling })])
    expect(patched.receipts).toMatchObject([{ ok: false, problem: 'append-only' }])
  })
})

describe('chunks follow their record', () => {
  it('to another grid, also those that come later by the old way', async () => {
    const other = g.office.places.otherGrid
    const there = await settle(g.staff, g.staff, other, g.office.ids)
    const photo = await taken()
    const [first, second] = photo.sealed.chunks
    await put(g.worker, photo.id, 0, first!)
    const moved = await g.staff.pushed([
      g.staff.mutation({
        ...{ stream: g.grid, kind: 'household', record: g.home.household, op: 'patch' },
        ...{ fields: { dwelling: there.dwelling }, to: other, seen: 100_000 },
      }),
    ])
    expect(moved.receipts).toMatchObject([{ ok: true }])
    expect(await heldOf(photo.id)).toEqual([{ stream: other, index: 0 }])
    // The worker has that grid no more; the picture is the worker's all the same.
    expect(await stateOf(await put(g.worker, photo.id, 1, second!))).toMatchObject({
      arrived: true,
    })
    const found = await findPhoto(g.office.db, { stream: g.grid, photo: photo.id })
    expect(found).toMatchObject({ stream: other, fields: { arrivedAt: now() } })
  })

  it('out of the register, with the key, where a visit is taken back', async () => {
    const photo = await taken()
    await bring(photo)
    const remove = (kind: 'visit' | 'photo', record: string) =>
      g.worker.mutation({ stream: g.grid, kind, record, op: 'remove', seen: 100_000 })
    // A visit does not go without its photographs.
    const alone = await g.worker.pushed([remove('visit', photo.visit)])
    expect(alone.receipts).toMatchObject([{ ok: false, problem: 'not-allowed' }])
    const batch = { batch: g.office.ids(), batchSize: 2 }
    const both = await g.worker.pushed([
      { ...remove('photo', photo.id), ...batch },
      { ...remove('visit', photo.visit), ...batch },
    ])
    expect(both.receipts).toMatchObject([{ ok: true }, { ok: true }])
    expect(await heldOf(photo.id)).toEqual([])
    const { rows } = await sql<{ text: string }>`
      select fields::text as text from record where id = ${photo.id}::uuid
      union all select fields::text from change where record = ${photo.id}::uuid`.execute(
      g.office.db,
    )
    expect(rows.map(({ text }) => text).join()).not.toContain(photo.sealed.fields.key)
    expect(await problemOf(await put(g.worker, photo.id, 0, photo.sealed.chunks[0]!))).toBe(
      'not-found',
    )
  })

  it('where the office takes away one that cannot come any more; one that came only its author may', async () => {
    const lost = await taken()
    const came = await taken()
    await bring(came)
    const remove = (record: string) =>
      g.staff.mutation({ stream: g.grid, kind: 'photo', record, op: 'remove', seen: 100_000 })
    const { receipts } = await g.staff.pushed([remove(lost.id), remove(came.id)])
    expect(receipts).toMatchObject([{ ok: true }, { ok: false, problem: 'not-allowed' }])
  })
})
