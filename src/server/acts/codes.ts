/** Codes on walls, as an office makes, prints and stops them, and what a community's pages let through. */
import type { Kysely, Transaction } from 'kysely'
import { usualLimits } from '#domain/ask/limits.ts'
import { stickerBytes, writeSticker } from '#domain/ask/sticker.ts'
import { isBornIn } from '#domain/born-ids.ts'
import { mayKeepCodes } from '#domain/permission.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import type { CodeKey, CodesAct, MakeCodes, SetPage } from '#protocol/ask.ts'
import { keepStickers, stickerAt, type Sticker } from '../db/ask.ts'
import { placesBelow } from '../db/places.ts'
import { isTaken, loadRecords } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { streamsOf } from '../db/streams.ts'
import { perform, refuseAct, type Acting, type Performed } from './perform.ts'
import { putRecords, type Put } from './put-records.ts'

interface Make extends MakeCodes {
  /** Where the page is. */
  readonly address: string
  readonly randomBytes: (count: number) => Uint8Array
}

/** Each for an entrance or place of a grid or office that is the actor's own; the letters are made here. */
export function makeCodes(
  db: Kysely<Database>,
  acting: Acting,
  { codes, replaces, address, randomBytes }: Make,
): Promise<Performed> {
  const [first] = codes
  const content = { codes, replaces }
  return perform(
    db,
    acting,
    { act: 'codes-made', subject: first?.id ?? acting.id, content },
    {
      async allow(trx, by) {
        await ownStreams(trx, by, [...codes, ...(replaces ? [replaces] : [])])
      },
      async work(trx, by) {
        const puts: Put[] = []
        const made: { code: string; stream: string; id: string }[] = []
        for (const { id, stream, name, building } of codes) {
          if (isBornIn(id, stream) !== true || (await isTaken(trx, id))) refuseAct('record-exists')
          if (building !== null && !(await isThere(trx, stream, building))) {
            refuseAct('reference-missing')
          }
          const code = writeSticker(randomBytes(stickerBytes))
          const fields = { code, address, name, ...(building === null ? {} : { building }) }
          if (problemsOfNew('code', fields).length > 0) refuseAct('invalid-fields')
          puts.push({ stream, kind: 'code', id, fields })
          made.push({ code, stream, id })
        }
        await keepStickers(trx, made)
        if (replaces && first) {
          const old = await stickerOfOwn(trx, replaces)
          const stopped = new Date(by.now).toISOString()
          const fields = { stopped: old.fields.stopped ?? stopped, replacedBy: first.id }
          puts.push({ stream: old.stream, kind: 'code', id: old.id, fields })
        }
        const moved = await putRecords(trx, puts, by)
        return { details: { codes: codes.length, replaces: replaces?.id ?? null }, moved }
      },
      stateOf: null,
    },
  )
}

/** One tap, one sticker or all of a building: their pages give the community's telephone from then on. */
export function stopCodes(
  db: Kysely<Database>,
  acting: Acting,
  { codes }: CodesAct,
): Promise<Performed> {
  return changeCodes(db, acting, codes, 'codes-stopped', ({ fields }, at) =>
    fields.stopped ? null : { stopped: at },
  )
}

export function notePrinted(
  db: Kysely<Database>,
  acting: Acting,
  { codes }: CodesAct,
): Promise<Performed> {
  return changeCodes(db, acting, codes, 'codes-printed', (_, at) => ({ printed: at }))
}

function changeCodes(
  db: Kysely<Database>,
  acting: Acting,
  codes: readonly CodeKey[],
  act: 'codes-stopped' | 'codes-printed',
  change: (sticker: Sticker, at: string) => Readonly<Record<string, unknown>> | null,
): Promise<Performed> {
  return perform(
    db,
    acting,
    { act, subject: codes[0]?.id ?? acting.id, content: { codes } },
    {
      allow: (trx, by) => ownStreams(trx, by, codes),
      async work(trx, by) {
        const at = new Date(by.now).toISOString()
        const puts: Put[] = []
        for (const key of codes) {
          const sticker = await stickerOfOwn(trx, key)
          const fields = change(sticker, at)
          if (fields) puts.push({ stream: sticker.stream, kind: 'code', id: sticker.id, fields })
        }
        const moved = puts.length === 0 ? [] : await putRecords(trx, puts, by)
        return { details: { codes: codes.length }, moved }
      },
      stateOf: null,
    },
  )
}

/** What is left out counts as the product has it. */
export function setPage(
  db: Kysely<Database>,
  acting: Acting,
  { place, telephone, codeHour, codeDay, placeHour }: SetPage,
): Promise<Performed> {
  const page = {
    telephone,
    codeHour: codeHour ?? usualLimits.codeHour,
    codeDay: codeDay ?? usualLimits.codeDay,
    placeHour: placeHour ?? usualLimits.placeHour,
  }
  return perform(
    db,
    acting,
    { act: 'page-set', subject: place, content: page },
    {
      async allow(trx, { account }) {
        if (!mayKeepCodes(account.role)) refuseAct('not-allowed')
        const own = (await placesBelow(trx, account.id)).get(place)
        if (!own?.kind) refuseAct('not-found')
      },
      async work(trx, by) {
        const moved = await putRecords(
          trx,
          [{ stream: place, kind: 'place', id: place, fields: { page } }],
          by,
        )
        return { details: { ...page, telephone: telephone !== null }, moved }
      },
      stateOf: null,
    },
  )
}

async function ownStreams(
  trx: Transaction<Database>,
  { account }: Acting,
  keys: readonly { readonly stream: string }[],
): Promise<void> {
  if (!mayKeepCodes(account.role)) refuseAct('not-allowed')
  const own = new Set(
    (await streamsOf(trx, account.id)).flatMap((one) => (one.own ? [one.id] : [])),
  )
  if (!keys.every(({ stream }) => own.has(stream))) refuseAct('stream-not-yours')
}

async function stickerOfOwn(trx: Transaction<Database>, { stream, id }: CodeKey): Promise<Sticker> {
  return (await stickerAt(trx, stream, id)) ?? refuseAct('not-found')
}

async function isThere(
  trx: Transaction<Database>,
  stream: string,
  building: string,
): Promise<boolean> {
  const [row] = await loadRecords(trx, [stream], [building])
  return row?.kind === 'building' && !row.removed
}
