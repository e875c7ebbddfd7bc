/** Photographs on the disk: whole or not at all, nothing of them readable, and one that is damaged costs nothing else. */
import { describe, expect, it } from 'vitest'
import { createDatabase } from '#app/vault/schema.ts'
import { rescueInto } from '#app/vault/rescue.ts'
import { openPicture, sealPicture } from '#app/platform/photo-sealing.ts'
import { randomBytes } from '#app/platform/sealing.ts'
import { chunkBytes, type Picture } from '#domain/photo.ts'
import type { ShelvedPhoto } from '#app/vault/photo-shelf.ts'
import { account, createFactory, grid, idOf, mutationOf, openTestVault } from './open-test-vault.ts'

const picture = (length = 2 * chunkBytes + 100) => randomBytes(length)

async function shelved(number: number, bytes = picture(), more: Partial<ShelvedPhoto> = {}) {
  const id = idOf(0xf0000 + number)
  const { key, chunks, hashes, sealed, sha256 } = await sealPicture(id, bytes)
  const fields: Picture = {
    ...{ sha256, sealed, key, bytes: bytes.length, width: 10, height: 10, chunks: chunks.length },
    ...{ takenAt: `2026-11-23T06:32:0${number}.000Z`, thumbnail: 'QUJDREVGR0g=' },
  }
  const photo: ShelvedPhoto = {
    ...{ id, state: 'draft', at: 1, size: bytes.length, stream: grid, form: 'visit/样例' },
    ...{ fields, hashes, ...more },
  }
  return { photo, chunks, bytes }
}

describe('a sealed picture', () => {
  it('opens in its place alone, whole, and with its own key', async () => {
    const bytes = picture()
    const id = idOf(1)
    const { key, chunks } = await sealPicture(id, bytes)
    expect(chunks.map(({ length }) => length)).toEqual([chunkBytes + 28, chunkBytes + 28, 128])
    expect(await openPicture(id, key, chunks)).toEqual(bytes)
    expect(await openPicture(idOf(2), key, chunks)).toBeNull()
    expect(await openPicture(id, key, [...chunks].reverse())).toBeNull()
    const other = await sealPicture(id, bytes)
    expect(other.key).not.toBe(key)
    expect(await openPicture(id, other.key, chunks)).toBeNull()
    const [first] = chunks
    first![40]! ^= 1
    expect(await openPicture(id, key, chunks)).toBeNull()
  })
})

describe('the shelf', () => {
  it('gives back what was added, in the order of taking, after the app was closed', async () => {
    const factory = createFactory()
    const vault = await openTestVault(factory)
    const [later, earlier] = [await shelved(2), await shelved(1)]
    await vault.photos.add(later.photo, later.chunks)
    await vault.photos.add(earlier.photo, earlier.chunks)
    vault.close()
    const again = await openTestVault(factory)
    expect(await again.photos.list()).toEqual([earlier.photo, later.photo])
    expect(await again.photos.chunk(later.photo.id, 1)).toEqual(later.chunks[1])
    expect(await again.photos.chunk(later.photo.id, 3)).toBeNull()
    await again.photos.mark([later.photo.id], 'waiting', 5)
    expect((await again.photos.list()).map(({ state, at }) => [state, at])).toEqual([
      ['draft', 1],
      ['waiting', 5],
    ])
    await again.photos.remove([later.photo.id])
    expect(await again.photos.list()).toHaveLength(1)
    expect(await again.photos.chunk(later.photo.id, 0)).toBeNull()
  })

  it('holds ArrayBuffers below 64 kB, and nothing readable beside them', async () => {
    const factory = createFactory()
    const vault = await openTestVault(factory)
    const { photo, chunks, bytes } = await shelved(1)
    await vault.photos.add(photo, chunks)
    const database = createDatabase(account, 0, factory)
    const rows = await database.chunks.toArray()
    expect(rows).toHaveLength(3)
    for (const { body } of rows) {
      expect(body).toBeInstanceOf(ArrayBuffer)
      expect(body.byteLength).toBeLessThan(64 * 1024)
    }
    const all =
      JSON.stringify(await database.photos.toArray()) + rows.map(({ body }) => hex(body)).join()
    for (const secret of [
      '样例',
      photo.fields.key,
      photo.fields.thumbnail,
      hex(bytes.slice(100, 130).buffer),
    ]) {
      expect(all).not.toContain(secret)
    }
    database.db.close()
  })

  it('leaves out one whose row was changed, and keeps the others', async () => {
    const factory = createFactory()
    const vault = await openTestVault(factory)
    const [one, other] = [await shelved(1), await shelved(2)]
    await vault.photos.add(one.photo, one.chunks)
    await vault.photos.add(other.photo, other.chunks)
    const database = createDatabase(account, 0, factory)
    await database.photos
      .where(':id')
      .equals(one.photo.id)
      .modify({ box: new Uint8Array(40) })
    database.db.close()
    expect((await vault.photos.list()).map(({ id }) => id)).toEqual([other.photo.id])
  })

  it('goes along into the database that replaces one that would not open', async () => {
    const [old, next] = [await openTestVault(createFactory()), await openTestVault(createFactory())]
    const { photo, chunks } = await shelved(1, picture(), { state: 'waiting' })
    await old.save([mutationOf(1)])
    await old.photos.add(photo, chunks)
    for (let twice = 0; twice < 2; twice += 1) await rescueInto(next, old)
    expect(await next.photos.list()).toEqual([photo])
    expect(await next.photos.chunk(photo.id, 2)).toEqual(chunks[2])
  })
})

function hex(buffer: ArrayBuffer): string {
  return Buffer.from(buffer).toString('hex')
}
