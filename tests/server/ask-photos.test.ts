/**
 * Photographs of whoever asks by a page: after the words, piece by piece, in the waiting room or beside the request.
 * Holds `src/server/routes/ask/photos.ts`, `src/server/ledger/asked-photos.ts` and `src/server/db/ask-follow.ts`.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idBornIn } from '#domain/born-ids.ts'
import { askPhotoLimits } from '#domain/ask/photos.ts'
import { chunkBytes, chunksOf } from '#domain/photo.ts'
import { putChunkPath } from '#protocol/photos.ts'
import { askPhotoPath, type AskPhotoAnswer } from '#protocol/ask.ts'
import { forgetAsked } from '#server/db/ask.ts'
import { forgetAskPhotos } from '#server/db/ask-photos.ts'
import { residentId } from '#server/db/audit.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import type { AskedPhotoState } from '#server/ledger/asked-photos.ts'
import { sampleJpeg, withExif, withTail } from '#tests/support/sample-jpeg.ts'
import { sealedPhoto } from '#tests/support/sample-photo.ts'
import { openAsk, type AskDesk } from './ask-desk.ts'
import { byPass } from './office.ts'

let ask: AskDesk
beforeAll(async () => {
  ask = await openAsk()
})
afterAll(() => ask.office.close())

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const thumbnail = Buffer.from(sampleJpeg({ width: 96, height: 72 })).toString('base64')
let seed = 0
const newPicture = () => sampleJpeg({ width: 320, height: 240, noise: 20, seed: (seed += 1) })

const announce = (
  token: string,
  picture: Uint8Array,
  more: Readonly<Record<string, string>> = {},
) =>
  ask.send('/photo', {
    ...{ token, sha256: hashOf(picture), bytes: String(picture.length), thumbnail },
    ...more,
  })
const piece = (token: string, picture: Uint8Array, index: number, sha256 = hashOf(picture)) =>
  ask.page(`/photo/${sha256}/${index}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(picture.subarray(index * chunkBytes, (index + 1) * chunkBytes)),
  })
async function bring(token: string, picture: Uint8Array): Promise<AskedPhotoState> {
  expect((await announce(token, picture)).status).toBe(200)
  let state: AskedPhotoState = { have: [], arrived: false }
  for (let index = 0; index < chunksOf(picture.length); index += 1) {
    const response = await piece(token, picture, index)
    expect(response.status).toBe(200)
    state = (await response.json()) as AskedPhotoState
  }
  return state
}
const photosOf = async (request: string) =>
  [...(await ask.desk.staff.pull()).records.values()].filter(
    ({ kind, removed, fields }) => kind === 'photo' && !removed && fields?.['host'] === request,
  )
const shown = (html: string) =>
  [...html.matchAll(/name="photo" value="([^"]*)"/g)].map(([, id]) => id)
const rowsLeft = async () => {
  const { rows } = await sql<{ pieces: number }>`
    select count(*)::integer as pieces from ask_photo_piece`.execute(ask.office.db)
  return rows[0]?.pieces
}

describe('a photograph of whoever asks', () => {
  it('in any order and twice, becomes a record beside the request, and its asker sees it', async () => {
    const { code } = await ask.made()
    const { token, html } = await ask.asked(code)
    const picture = newPicture()
    const count = chunksOf(picture.length)
    expect(count).toBeGreaterThan(1)
    await announce(token, picture)
    for (const index of [...Array(count).keys()].reverse()) {
      for (let time = 0; time < 2; time += 1) {
        expect((await piece(token, picture, index)).status).toBe(200)
      }
    }
    const again = await announce(token, picture)
    expect(await again.json()).toMatchObject({ arrived: true })
    await ask.office.server.runCalendar()
    const request = await ask.requestOf(ask.numberIn(html))
    const [photo, ...others] = await photosOf(request?.id ?? '')
    expect(others).toEqual([])
    expect(photo?.fields).toMatchObject({
      ...{ sha256: hashOf(picture), width: 320, height: 240, bytes: picture.length },
      thumbnail,
    })
    expect(photo?.fields?.['arrivedAt']).toBeTruthy()
    const { rows } = await sql<{ by: string }>`
      select by from record where id = ${photo?.id ?? ''}::uuid`.execute(ask.office.db)
    expect(rows).toEqual([{ by: residentId }])
    expect(await rowsLeft()).toBe(0)
    const page = await (await ask.send('/follow', { token })).text()
    // Another language keeps the code, which stands in no address.
    expect(page).toMatch(
      new RegExp(
        `action="/follow"[^>]*>\\s*<input[^>]*value="${token}"[^>]*>\\s*<input[^>]*name="l"[^>]*value="en"`,
      ),
    )
    expect(page).toContain(`data:image/jpeg;base64,${thumbnail}`)
    expect(shown(page)).toEqual([photo?.id])
    const opened = await ask.send('/picture', { token, photo: photo?.id ?? '' })
    expect(opened.headers.get('content-type')).toBe('image/jpeg')
    expect(opened.headers.get('cache-control')).toBe('no-store')
    expect(Buffer.from(await opened.arrayBuffer()).equals(Buffer.from(picture))).toBe(true)
    // Brought once more after a reload it is no second one.
    expect(await bring(token, picture)).toMatchObject({ arrived: true })
    await ask.office.server.runCalendar()
    expect(await photosOf(request?.id ?? '')).toHaveLength(1)
    expect((await verifyAudit(ask.desk.office.own)).fault).toBeNull()
  })

  it('waits with its words, is seen by the office there, and goes along once admitted', async () => {
    const { code } = await ask.made()
    const { token, html } = await ask.asked(code, { isPrivate: 'on' })
    const number = ask.numberIn(html)
    const picture = newPicture()
    expect(await bring(token, picture)).toMatchObject({ arrived: true })
    await ask.office.server.runCalendar()
    const mine = (await ask.listed()).waiting.find((one) => one.number === number)
    expect(mine?.photos).toEqual([{ id: hashOf(picture), thumbnail }])
    const path = askPhotoPath(mine?.place ?? '', mine?.id ?? '', hashOf(picture))
    const seen = await ask.office.fetch(path, { headers: byPass(ask.desk.staff.pass) })
    const { picture: base64 } = (await seen.json()) as AskPhotoAnswer
    expect(Buffer.from(base64, 'base64').equals(Buffer.from(picture))).toBe(true)
    const other = path.replace(mine?.place ?? '', ask.office.places.otherGrid)
    expect((await ask.office.fetch(other, { headers: byPass(ask.desk.staff.pass) })).status).toBe(
      404,
    )
    const page = await (await ask.send('/follow', { token })).text()
    expect(shown(page)).toEqual([hashOf(picture)])
    const own = await ask.send('/picture', { token, photo: hashOf(picture) })
    expect(own.headers.get('content-type')).toBe('image/jpeg')
    await own.body?.cancel()
    await ask.toOffice('/admit', {
      ...{ place: mine?.place, waiting: [mine?.id], stream: null, level: null },
    })
    await ask.office.server.runCalendar()
    const request = await ask.requestOf(number)
    expect(await photosOf(request?.id ?? '')).toMatchObject([
      { fields: { sha256: hashOf(picture) } },
    ])
    expect((await ask.office.fetch(path, { headers: byPass(ask.desk.staff.pass) })).status).toBe(
      404,
    )
  })

  it('comes to its place also behind more than a page of others that cannot', async () => {
    const { code } = await ask.made()
    const { token, html } = await ask.asked(code)
    await ask.office.server.runCalendar()
    const request = (await ask.requestOf(ask.numberIn(html)))?.id ?? ''
    // Whole, but their pieces are gone: no round places them, and they are older than what comes now.
    await sql`
      insert into ask_photo
        (place, ask, sha256, bytes, width, height, thumbnail, at, arrived_at, token_hash)
      select ${ask.office.places.community}::uuid, ${request}::uuid, 'lost ' || n,
        1, 1, 1, '', timestamptz '2026-01-01' + (n / 2) * interval '1 microsecond', now(), ''
      from generate_series(1, 450) as n`.execute(ask.office.db)
    const picture = newPicture()
    expect(await bring(token, picture)).toMatchObject({ arrived: true })
    await ask.office.server.runCalendar()
    expect(await photosOf(request)).toMatchObject([{ fields: { sha256: hashOf(picture) } }])
    await sql`delete from ask_photo where sha256 like 'lost %'`.execute(ask.office.db)
  })

  it('of an answer is seen by whoever asked once it is released, and no other one of the office', async () => {
    const { desk, office } = ask
    const { code } = await ask.made()
    const { token, html } = await ask.asked(code)
    const request = (await ask.requestOf(ask.numberIn(html)))?.id ?? ''
    const [shownOne, inner] = [await photographed(request), await photographed(request)]
    await desk.does(desk.staff, request, 'accept')
    await desk.does(desk.staff, request, 'dispatch', { unit: desk.unit })
    await desk.unitDoes(request, 'answer', {
      ...{ words: '内部的话', wordsForAsker: '灯已换好', ending: 'solved' },
    })
    expect(shown(await (await ask.send('/follow', { token })).text())).toEqual([])
    await desk.does(desk.staff, request, 'release', { photos: [shownOne] })
    const page = await (await ask.send('/follow', { token })).text()
    expect(shown(page)).toEqual([shownOne])
    const opened = await ask.send('/picture', { token, photo: shownOne })
    expect(opened.headers.get('content-type')).toBe('image/jpeg')
    await opened.body?.cancel()
    expect((await ask.send('/picture', { token, photo: inner })).status).toBe(404)

    async function photographed(host: string): Promise<string> {
      const id = idBornIn(office.places.grid, office.ids())
      const sealed = sealedPhoto(id, desk.now())
      await desk.goodOf(desk.worker, [
        desk.worker.create(office.places.grid, 'photo', id, { ...sealed.fields, host }),
      ])
      for (const [index, { bytes, hash }] of sealed.chunks.entries()) {
        const response = await office.fetch(putChunkPath(office.places.grid, id, index, hash), {
          method: 'PUT',
          headers: { ...desk.worker.headers, 'content-type': 'application/octet-stream' },
          body: new Uint8Array(bytes),
        })
        expect(response.status).toBe(200)
        await response.body?.cancel()
      }
      return id
    }
  })

  it('that is no plain picture is refused in words, and nothing of it stays', async () => {
    const { code } = await ask.made()
    const { token } = await ask.asked(code)
    const plain = newPicture()
    const odd = [
      withExif(plain, { orientation: 6, latitude: [30, 3, 7] }),
      withTail(plain, '<script>alert(1)</script>'),
      plain.subarray(0, plain.length - 400),
      new TextEncoder().encode('<svg onload="alert(1)">'),
    ]
    for (const picture of odd) {
      expect((await announce(token, picture)).status).toBe(200)
      let last: Response | null = null
      for (let index = 0; index < chunksOf(picture.length); index += 1) {
        last = await piece(token, picture, index)
      }
      expect(last?.status).toBe(422)
      expect(await last?.text()).toContain('没有读懂')
    }
    // The pieces of another picture under this one's hash.
    await announce(token, plain)
    const other = newPicture()
    const long = new Uint8Array(plain.length)
    long.set(other.subarray(0, plain.length))
    let last: Response | null = null
    for (let index = 0; index < chunksOf(plain.length); index += 1) {
      last = await piece(token, long, index, hashOf(plain))
    }
    expect(last?.status).toBe(422)
    expect(await rowsLeft()).toBe(0)
  })

  it('without the code, of another size, or too large is refused in words', async () => {
    const { code } = await ask.made()
    const { token } = await ask.asked(code)
    const picture = newPicture()
    const statusOf = async (answer: Promise<Response>) => (await answer).status
    expect(await statusOf(announce(ask.newToken(), picture))).toBe(404)
    expect(await statusOf(announce('nothing', picture))).toBe(400)
    expect(await statusOf(announce(token, picture, { bytes: '600001' }))).toBe(400)
    expect(await statusOf(announce(token, picture, { bytes: '-1' }))).toBe(400)
    expect(await statusOf(announce(token, picture, { thumbnail: 'x'.repeat(9_000) }))).toBe(400)
    expect(await statusOf(announce(token, picture, { sha256: '../../etc' }))).toBe(400)
    expect(await statusOf(piece(token, picture, 0))).toBe(404)
    await announce(token, picture)
    expect(await statusOf(piece(ask.newToken(), picture, 0))).toBe(404)
    expect(await statusOf(piece(token, picture, 30))).toBe(400)
    expect(await statusOf(piece(token, picture.subarray(0, 9_000), 0, hashOf(picture)))).toBe(400)
    const large = ask.page(`/photo/${hashOf(picture)}/0`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new Uint8Array(100_000),
    })
    expect(await statusOf(large)).toBe(413)
    const another = await ask.send('/picture', { token, photo: ask.office.ids() })
    expect(another.status).toBe(404)
  })

  it('whose last piece comes by two lines at once is whole, once', async () => {
    const { code } = await ask.made()
    const { token, html } = await ask.asked(code)
    const picture = newPicture()
    await announce(token, picture)
    const all = [...Array(chunksOf(picture.length)).keys()]
    const answers = await Promise.all([...all, ...all].map((index) => piece(token, picture, index)))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    await ask.office.server.runCalendar()
    expect(await rowsLeft()).toBe(0)
    const request = await ask.requestOf(ask.numberIn(html))
    expect(await photosOf(request?.id ?? '')).toHaveLength(1)
  })

  it('beyond the limits of a request is not taken, and says so', async () => {
    const { code } = await ask.made()
    const { token } = await ask.asked(code)
    const atOnce = await Promise.all(
      Array.from({ length: 3 * askPhotoLimits.ofRequest }, () => announce(token, newPicture())),
    )
    expect(atOnce.filter(({ status }) => status === 200)).toHaveLength(askPhotoLimits.ofRequest)
    const more = await announce(token, newPicture())
    expect(more.status).toBe(429)
    expect(await more.text()).toContain('照片太多')
  })

  it('that never came whole is given up, and one turned away goes with its words', async () => {
    const { code } = await ask.made()
    const { token } = await ask.asked(code, { isPrivate: 'on' })
    const picture = newPicture()
    await announce(token, picture)
    await piece(token, picture, 0)
    const other = await ask.asked(code, { isPrivate: 'on' })
    await bring(other.token, newPicture())
    await ask.send('/say', { token: other.token, act: 'withdraw' })
    const later = ask.office.clock.at + 31 * 86_400_000
    await forgetAsked(ask.office.db, later)
    await forgetAskPhotos(ask.office.db, later)
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from ask_photo where photo is null
        and arrived_at is null`.execute(ask.office.db)
    expect(rows[0]?.count).toBe(0)
    expect(await rowsLeft()).toBe(0)
  })
})
