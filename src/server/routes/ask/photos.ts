/**
 * Photographs of whoever asks: told by a form, brought piece by piece by index and hash, as often as the line likes;
 * and given back to whoever has the follow-up code. The code stands in a body or a header, never in an address.
 */
import type { Hono } from 'hono'
import { pictureHash, readAnnounced } from '#domain/ask/photos.ts'
import type { PageProblem } from '#domain/ask/page-words.ts'
import { id as uuid } from '#domain/field.ts'
import { chunksOf, mostPhotoBytes, type Photo } from '#domain/photo.ts'
import { readFollowCode } from '#domain/requests/follow-code.ts'
import * as v from 'valibot'
import { askPlaceOf } from '#server/db/ask-place.ts'
import {
  announcePhoto,
  askedAs,
  findAskPhoto,
  pictureOf,
  type AskKey,
  type AskPhotoRow,
} from '#server/db/ask-photos.ts'
import { openByToken } from '#server/db/ask-follow.ts'
import { hashOfText } from '#server/db/hashing-text.ts'
import { openPhoto } from '#server/db/photo-sealing.ts'
import { loadRecords } from '#server/db/records.ts'
import { bringPiece, stateOfAskedPhoto } from '#server/ledger/asked-photos.ts'
import { readSealed } from '#server/ledger/photos.ts'
import type { Office } from '../context.ts'
import type { AskContext, AskEnv } from './env.ts'
import { whereIs } from './say.ts'

const pieceSchema = v.object({
  sha256: pictureHash,
  index: v.pipe(
    v.string(),
    v.regex(/^\d{1,3}$/),
    v.transform(Number),
    v.maxValue(chunksOf(mostPhotoBytes) - 1),
  ),
})

interface PhotoRoutes {
  readonly readForm: (context: AskContext) => Promise<Record<string, unknown> | undefined>
  readonly refuse: (context: AskContext, problem: PageProblem) => Response | Promise<Response>
}

/** Adds its routes to the page's. */
export function photoPages(
  app: Hono<AskEnv>,
  office: Office,
  { readForm, refuse }: PhotoRoutes,
): void {
  const { db, clock } = office
  const told = async (context: AskContext, row: AskPhotoRow | undefined) =>
    row ? context.json(await stateOfAskedPhoto(db, row)) : refuse(context, 'not-found')

  app.post('/photo', async (context) => {
    const form = await readForm(context)
    const announced = form ? readAnnounced(form) : null
    if (!form || !announced) return refuse(context, 'unreadable')
    const hash = hashOfCode(form['token'])
    if (hash === null) return refuse(context, 'code-mistyped')
    const opened = await openByToken(db, hash, clock.now())
    if (opened.is === 'unknown') return refuse(context, 'unknown-code')
    if (opened.is === 'ended') return refuse(context, 'code-ended')
    const isOpen =
      opened.is === 'request'
        ? opened.followed.may.includes('note')
        : opened.row.state === 'waiting'
    if (!isOpen) return refuse(context, 'cannot-now')
    const key = await keyOf(office, hash)
    if (!key) return refuse(context, 'unknown-code')
    const at = new Date(clock.now())
    if (!(await announcePhoto(db, key, { code: key.code, hash }, announced, at))) {
      return refuse(context, 'photos-full')
    }
    return told(context, await findAskPhoto(db, { ...key, sha256: announced.sha256 }))
  })

  app.post('/photo/:sha256/:index', async (context) => {
    const asked = v.safeParse(pieceSchema, context.req.param())
    const hash = hashOfCode(bearerOf(context))
    if (!asked.success || hash === null) return refuse(context, 'unreadable')
    const key = await keyOf(office, hash)
    const row = key && (await findAskPhoto(db, { ...key, sha256: asked.output.sha256 }))
    if (!row) return refuse(context, 'not-found')
    const body = Buffer.from(await context.req.arrayBuffer())
    const state = await bringPiece(db, row, asked.output.index, body, { now: clock.now() })
    if (!state) return refuse(context, 'unreadable')
    // Where its request stands in a stream it goes there at once.
    if (state.arrived) void office.requests.wake()
    return state.isRefused ? refuse(context, 'photo-unreadable') : context.json(state)
  })

  app.post('/picture', async (context) => {
    const form = await readForm(context)
    if (!form) return refuse(context, 'unreadable')
    const hash = hashOfCode(form['token'])
    if (hash === null) return refuse(context, 'code-mistyped')
    const picture = await pictureFor(office, hash, form['photo'])
    if (!picture) return refuse(context, 'not-found')
    return context.body(new Uint8Array(picture), 200, { 'Content-Type': 'image/jpeg' })
  })
}

function bearerOf(context: AskContext): string {
  return /^Bearer (\S{1,200})$/.exec(context.req.header('authorization') ?? '')?.[1] ?? ''
}

function hashOfCode(given: unknown): string | null {
  const token = readFollowCode(typeof given === 'string' ? given : '')
  return token.kind === 'code' ? hashOfText(token.code) : null
}

/** Where photographs of what this code opens lie; of one that its page wrote always under the page's id. */
async function keyOf(
  office: Office,
  hash: string,
): Promise<(AskKey & { readonly code: string | null }) | null> {
  const { db } = office
  const at = await whereIs(office, hash)
  if (at === null) return null
  if ('row' in at) return { place: at.row.place, ask: at.row.id, code: at.row.code }
  const asked = await askedAs(db, at.request)
  if (asked) return { place: asked.place, ask: asked.id, code: asked.code }
  const { place } = await askPlaceOf(db, at.stream)
  return { place, ask: at.request, code: null }
}

/** One of those that the followed page shows, and no other. */
async function pictureFor(office: Office, hash: string, given: unknown): Promise<Buffer | null> {
  const { db, clock, chunks } = office
  const opened = await openByToken(db, hash, clock.now())
  if (opened.is !== 'request' && opened.is !== 'asked') return null
  const shown = new Set(opened.photos.map(({ id }) => id))
  if (opened.is === 'request') for (const { id } of opened.answered) shown.add(id)
  if (typeof given !== 'string' || !shown.has(given)) return null
  if (v.is(pictureHash, given)) {
    const key = await keyOf(office, hash)
    return key && pictureOf(db, { ...key, sha256: given })
  }
  if (opened.is !== 'request' || !v.is(uuid, given)) return null
  const [row] = await loadRecords(db, [opened.stream], [given])
  if (row?.kind !== 'photo' || row.removed) return null
  const sealed = await readSealed(db, { stream: row.stream, photo: row.id }, chunks)
  return sealed && openPhoto(row.id, (row.fields as unknown as Photo).key, sealed)
}
