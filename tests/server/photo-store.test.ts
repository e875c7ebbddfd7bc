/** Chunks in a folder beside the database: durable before they count, purged with their record, and of the old rows too. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFolderStore } from '#server/db/chunk-folder.ts'
import { createRowStore, type ChunkStore } from '#server/db/chunk-store.ts'
import { dropGone, hashesNamed } from '#server/db/photos.ts'
import { hashOf } from '#server/db/photo-sealing.ts'
import { createPhotoSweep } from '#server/keepers/sweep-photos.ts'
import { dump, restore } from '#server/db/dump.ts'
import { emptyDatabase } from '#server/db/empty.ts'
import { bringChunk, findPhoto, stateOfPhoto } from '#server/ledger/photos.ts'
import { createTestDatabase } from '#tests/support/database.ts'
import { migrate } from '#server/db/migrate.ts'
import { sealedPhoto } from '#tests/support/sample-photo.ts'
import { breaksAfterCommit } from './breaks-after-commit.ts'
import { openOffice, type Device, type Office } from './office.ts'
import { settle, visit } from './sample.ts'

let office: Office
let worker: Device
let household: string
let folder: string
let store: ChunkStore

beforeAll(async () => {
  office = await openOffice()
  worker = await office.enter('worker')
  const staff = await office.enter('staff')
  ;({ household } = await settle(staff, worker, office.places.grid, office.ids))
  folder = await mkdtemp(join(tmpdir(), 'wuse-photos-'))
  store = createFolderStore(folder)
})
afterAll(async () => {
  await office.close()
  await rm(folder, { recursive: true })
})

const clock = () => ({ now: office.clock.now(), ids: office.ids })
const files = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())

/** A photograph of which the record came, and no chunk yet. */
async function pushedPhoto() {
  const { grid } = office.places
  const [id, of] = [office.ids(), office.ids()]
  const at = new Date(office.clock.now()).toISOString()
  const { fields, chunks } = sealedPhoto(id, at)
  await worker.pushed([
    worker.create(grid, 'visit', of, visit(household, at)),
    worker.create(grid, 'photo', id, { ...fields, host: of }),
  ])
  const row = (await findPhoto(office.db, { stream: grid, photo: id }))!
  return { row, id, of, chunks }
}

/** One that came whole, by way of a store. */
async function arrived(by: ChunkStore) {
  const { row, id, of, chunks } = await pushedPhoto()
  for (const [index, { bytes, hash }] of chunks.entries()) {
    expect(await bringChunk(office.own, row, { index, hash, bytes }, by, clock())).toBe(true)
  }
  expect(await stateOfPhoto(office.own, row, by, clock())).toMatchObject({ arrived: true })
  return { id, of, chunks }
}
const takeBack = async ({ id, of }: { readonly id: string; readonly of: string }) => {
  const batch = { batch: office.ids(), batchSize: 2 }
  const remove = (kind: 'visit' | 'photo', record: string) => ({
    ...worker.mutation({ stream: office.places.grid, kind, record, op: 'remove', seen: 100_000 }),
    ...batch,
  })
  const { receipts } = await worker.pushed([remove('photo', id), remove('visit', of)])
  expect(receipts).toMatchObject([{ ok: true }, { ok: true }])
}

it('has a file for each chunk, and none once its record is gone', async () => {
  const photo = await arrived(store)
  expect((await files()).map(({ name }) => name).sort()).toEqual(
    photo.chunks.map(({ hash }) => hash).sort(),
  )
  const { rows } = await sql`
    select 1 from photo_chunk where photo = ${photo.id}::uuid and body is not null`.execute(
    office.db,
  )
  expect(rows).toEqual([])
  await takeBack(photo)
  await dropGone(office.own, store)
  expect(await files()).toEqual([])
  const gone = await sql`select 1 from photo_gone`.execute(office.db)
  expect(gone.rows).toEqual([])
})

it('keeps a chunk whole that comes twice at once, since the answer to the first was lost', async () => {
  const bytes = Buffer.alloc(16_000, '样例分块')
  const hash = hashOf(bytes)
  for (let round = 0; round < 20; round += 1) {
    await Promise.all([1, 2, 3, 4].map(() => store.keep(hash, bytes)))
    expect((await store.read(hash, null))?.equals(bytes)).toBe(true)
  }
  await store.drop([hash])
  expect(await files()).toEqual([])
})

it('has what came where the line to the database broke after it was written', async () => {
  const { row, id, of, chunks } = await pushedPhoto()
  const broken = breaksAfterCommit(office.own)
  for (const [index, { bytes, hash }] of chunks.entries()) {
    const chunk = { index, hash, bytes }
    await expect(bringChunk(broken, row, chunk, store, clock())).rejects.toThrow('ECONNRESET')
    // The telephone heard nothing, and sends it once more.
    expect(await bringChunk(office.own, row, chunk, store, clock())).toBe(true)
  }
  expect((await files()).map(({ name }) => name).sort()).toEqual(
    chunks.map(({ hash }) => hash).sort(),
  )
  await expect(stateOfPhoto(broken, row, store, clock())).rejects.toThrow('ECONNRESET')
  const again = (await findPhoto(office.own, { stream: office.places.grid, photo: id }))!
  expect(await stateOfPhoto(office.own, again, store, clock())).toMatchObject({ arrived: true })
  for (const { bytes, hash } of chunks) {
    expect((await store.read(hash, null))?.equals(bytes)).toBe(true)
  }
  await takeBack({ id, of })
  await dropGone(office.own, store)
})

it('reads what came before the folder was set, and gives nothing for a file that was changed', async () => {
  const { chunks, id } = await arrived(createRowStore())
  const row = (await findPhoto(office.db, { stream: office.places.grid, photo: id }))!
  expect(await stateOfPhoto(office.own, row, store, clock())).toMatchObject({ arrived: true })
  const [first] = chunks
  await store.keep(first!.hash, first!.bytes)
  expect((await store.read(first!.hash, null))?.equals(first!.bytes)).toBe(true)
  await writeFile(join(folder, first!.hash.slice(0, 2), first!.hash), 'other')
  expect(await store.read(first!.hash, null)).toBeNull()
  await store.drop([first!.hash, 'never-there'])
  expect(await store.read(first!.hash, null)).toBeNull()
})

it('is swept of what no row names, after a day aside and after a month for good; of nothing that one names', async () => {
  const day = 86_400_000
  const photo = await arrived(store)
  const orphan = Buffer.from('样例没有行的分块')
  const hash = hashOf(orphan)
  await store.keep(hash, orphan)
  const part = join(folder, hash.slice(0, 2), `${hash}.1.part`)
  await writeFile(part, 'cut')
  const named = (hashes: readonly string[]) => hashesNamed(office.db, hashes)
  const now = Date.now()
  const namesOf = async () => (await files()).map(({ name }) => name).sort()
  const own = photo.chunks.map((one) => one.hash)
  // Written of late: its row may come in a moment.
  await store.sweep(named, now)
  expect(await namesOf()).toEqual([...own, hash, `${hash}.1.part`].sort())
  await store.sweep(named, now + 2 * day)
  expect(await namesOf()).toEqual([...own, hash].sort())
  expect((await files()).find(({ name }) => name === hash)?.parentPath).toBe(join(folder, 'aside'))
  // A backup that names it was brought back meanwhile: it is read, and stands in its place again.
  expect((await store.read(hash, null))?.equals(orphan)).toBe(true)
  await store.sweep(async (hashes) => new Set([...(await named(hashes)), hash]), now + 40 * day)
  expect((await files()).find(({ name }) => name === hash)?.parentPath).toBe(
    join(folder, hash.slice(0, 2)),
  )
  await store.sweep(named, now + 41 * day)
  await store.sweep(named, now + 70 * day)
  expect(await namesOf()).toEqual([...own, hash].sort())
  await store.sweep(named, now + 72 * day)
  expect(await namesOf()).toEqual([...own].sort())
  for (const one of photo.chunks) {
    expect((await store.read(one.hash, null))?.equals(one.bytes)).toBe(true)
  }
  await takeBack(photo)
  await dropGone(office.own, store)
})

it('is swept once a day by the calendar’s round, however often that runs', async () => {
  let swept = 0
  const counting = { ...store, sweep: () => Promise.resolve(void (swept += 1)) }
  const at = { value: office.clock.now() }
  const sweep = createPhotoSweep(office.db, counting, { now: () => at.value })
  await sweep()
  at.value += 600_000
  await sweep()
  expect(swept).toBe(1)
  at.value += 86_400_000
  await sweep()
  expect(swept).toBe(2)
})

it('goes into a backup and back with the chunks of the database, byte for byte', async () => {
  const { id, chunks } = await arrived(createRowStore())
  const lines: string[] = []
  for await (const part of dump(office.db, new Date(office.clock.now()))) {
    lines.push(...part.split('\n').filter((line) => line !== ''))
  }
  const copy = await createTestDatabase()
  try {
    await migrate(copy.db)
    await emptyDatabase(copy.db)
    await restore(
      copy.db,
      (async function* () {
        await Promise.resolve()
        yield* lines
      })(),
      new Date(office.clock.now()),
    )
    const { rows } = await sql<{ body: Buffer }>`
      select body from photo_chunk where photo = ${id}::uuid order by index`.execute(copy.db)
    expect(rows.map(({ body }) => body.toString('hex'))).toEqual(
      chunks.map(({ bytes }) => bytes.toString('hex')),
    )
  } finally {
    await copy.drop()
  }
})
