/** `/api/photos/…`: pictures beside their records, chunk by chunk; see `protocol/photos.ts`. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { id as uuid } from '#domain/field.ts'
import {
  chunkBytes,
  chunksOf,
  isOfUnit,
  mostPhotoBytes,
  sealBytes,
  type Photo,
} from '#domain/photo.ts'
import { hasErrands, mayPull } from '#domain/permission.ts'
import { mayBringPictures, picturesStay } from '#domain/permission-of-access.ts'
import { auditAlone } from '../db/audit.ts'
import { findChunk } from '../db/photos.ts'
import type { RecordRow } from '../db/record-row.ts'
import { loadRecords } from '../db/records.ts'
import type { SessionRow } from '../db/sessions.ts'
import { streamsOf } from '../db/streams.ts'
import { bringChunk, findPhoto, stateOfPhoto } from '../ledger/photos.ts'
import { limitBody, refuse, type Env, type Office, type RouteContext } from './context.ts'
import { createTurns } from './turns.ts'

const index = v.pipe(
  v.string(),
  v.regex(/^\d{1,3}$/),
  v.transform(Number),
  v.maxValue(chunksOf(mostPhotoBytes) - 1),
)
const photoSchema = v.object({ stream: uuid, photo: uuid })
const chunkSchema = v.object({ stream: uuid, photo: uuid, index })
const putSchema = v.object({
  ...chunkSchema.entries,
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
})

/** Of one account: its telephone, and files that an office brings in. */
const chunksAtOnce = 4

export function photoRoutes(office: Office): Hono<Env> {
  const { db, clock, ids, chunks } = office
  const app = new Hono<Env>()
  const turns = createTurns(chunksAtOnce)
  const now = () => ({ now: clock.now(), ids })
  const tell = async (context: RouteContext, row: RecordRow) => {
    const { moved, ...state } = await stateOfPhoto(db, row, chunks, now())
    if (moved.length > 0) {
      office.pokes.poke(moved)
      // A unit may have an errand that it belongs to.
      void office.requests.wake()
    }
    context.header('Cache-Control', 'no-store')
    return context.json(state)
  }

  app.get('/:stream/:photo', async (context) => {
    const asked = v.safeParse(photoSchema, context.req.param())
    if (!asked.success) return refuse(context, 'malformed')
    const row = await findPhoto(db, asked.output)
    if (!row || !(await mayBring(office, context.get('session'), row))) {
      return refuse(context, 'not-found')
    }
    return tell(context, row)
  })

  app.put('/:stream/:photo/:index/:hash', limitBody(chunkBytes + sealBytes), async (context) => {
    const asked = v.safeParse(putSchema, context.req.param())
    if (!asked.success) return refuse(context, 'malformed')
    const { index: at, hash } = asked.output
    const bytes = Buffer.from(await context.req.arrayBuffer())
    const session = context.get('session')
    return turns.take(session.account, async () => {
      // A record that nobody may write and one that there is not are the same to whoever asks.
      const row = await findPhoto(db, asked.output)
      if (!row || !(await mayBring(office, session, row))) {
        return refuse(context, 'not-found')
      }
      const { arrivedAt, refusedAs } = row.fields as unknown as Photo
      if (!arrivedAt && !refusedAs) {
        const isOfIt = await bringChunk(db, row, { index: at, hash, bytes }, chunks, now())
        if (!isOfIt) return refuse(context, 'malformed')
      }
      return tell(context, row)
    })
  })

  app.get('/:stream/:photo/:index', async (context) => {
    const asked = v.safeParse(chunkSchema, context.req.param())
    if (!asked.success) return refuse(context, 'malformed')
    const session = context.get('session')
    const { account, device, role } = session
    const row = await findPhoto(db, asked.output)
    if (!row || !(await maySee(office, session, row))) return refuse(context, 'not-found')
    const key = { stream: row.stream, photo: row.id }
    const { index: at } = asked.output
    const found = await findChunk(db, key, at)
    const chunk = found ? await chunks.read(found.hash, found.body) : null
    const isWhole = isCopy(row) || Boolean(row.fields['arrivedAt'])
    if (!chunk || !isWhole) return refuse(context, 'not-found')
    if (at === 0 && hasErrands(role)) {
      await auditAlone(db, row.stream, {
        ...{ act: 'photo-seen', at: new Date(clock.now()).toISOString(), account, device },
        ...{ record: row.id, facts: { role } },
      })
    }
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, chunk: chunk.toString('base64') })
  })
  return app
}

/** Whoever made the record, wherever it stands now; and who may make one there, for a file that was brought in. */
async function mayBring(
  { db }: Office,
  { account, role }: SessionRow,
  row: RecordRow,
): Promise<boolean> {
  const { by, kind, stream } = row
  if (isCopy(row) || (kind !== 'photo' && kind !== 'errand-photo')) return false
  if (by === account) return true
  if (!mayBringPictures(role, kind)) return false
  return (await streamsOf(db, account)).some(({ id, own }) => own && id === stream)
}

/** What the server made for a unit, whole from the beginning. */
const isCopy = ({ kind, fields }: RecordRow): boolean =>
  kind === 'errand-photo' && !isOfUnit(fields)

/** Whose device gets the record. */
async function maySee(
  { db }: Office,
  { account, role }: SessionRow,
  { kind, stream, fields }: RecordRow,
): Promise<boolean> {
  if (!mayPull(role, kind)) return false
  const found = (await streamsOf(db, account)).find(({ id }) => id === stream)
  if (!found || found.own) return found !== undefined
  const [host] = await loadRecords(db, [stream], [String(fields['host'])])
  return !host || !picturesStay.includes(host.kind)
}
