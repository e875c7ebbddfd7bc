/**
 * What comes from the page of a sticker, once under its id: into its grid, or into the waiting room before every stream.
 * The same id with other words is an addition. Nothing is dropped in silence: what is not taken is said so.
 */
import type { Kysely, Transaction } from 'kysely'
import { mostWaiting, waitsFor, type WaitReason } from '#domain/ask/limits.ts'
import { additionOf, askedFields, sameSaid, type Asked, type Submission } from '#domain/ask/said.ts'
import { requestNumber } from '#domain/requests/number.ts'
import { residentId } from '../db/audit.ts'
import type { AskPlace } from '../db/ask-place.ts'
import {
  addToAsked,
  askedBefore,
  countWaitingIn,
  countWaitingOf,
  findAsked,
  keepAsked,
  nextCount,
  useProof,
  type AskRow,
  type Sticker,
} from '../db/ask.ts'
import { hashOfText } from '../db/hashing-text.ts'
import { loadRecords } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { admitRequest } from './admit-request.ts'

export type ReceivedAsk =
  | { readonly problem: 'room-full' | 'additions-full' | 'not-yours' }
  | {
      readonly what: 'first' | 'same' | 'added'
      readonly row: AskRow
      /** It stands in a stream that moved. */
      readonly moved: readonly string[]
    }
  /** Said of a request that stands in a stream: to be said there. */
  | { readonly what: 'to-say'; readonly row: AskRow; readonly words: string }

interface Clock {
  readonly now: number
  readonly ids: () => string
}

export function receiveAsked(
  db: Kysely<Database>,
  sticker: Sticker,
  home: AskPlace,
  submission: Submission,
  /** Its proof holds; whether it was used before is found here. */
  isProven: boolean,
  clock: Clock,
): Promise<ReceivedAsk> {
  const received = transact(db, async (trx): Promise<ReceivedAsk> => {
    const held = await findAsked(trx, home.place, submission.id, { isLocked: true })
    if (held) return again(trx, held, submission, clock)
    const { proof } = submission
    const isUsable =
      isProven && proof !== null
        ? await useProof(trx, proof.challenge.salt, proof.challenge.until)
        : false
    return first(trx, sticker, home, submission, isUsable, clock)
  })
  return received.catch((error: unknown) => {
    if (error instanceof RoomFull) return { problem: 'room-full' as const }
    throw error
  })
}

/** The transaction is undone, with the number that it took. */
class RoomFull extends Error {}

async function first(
  trx: Transaction<Database>,
  sticker: Sticker,
  home: AskPlace,
  { id, said, token }: Submission,
  isProven: boolean,
  clock: Clock,
): Promise<ReceivedAsk> {
  const { place } = home
  const at = new Date(clock.now).toISOString()
  const before = await askedBefore(trx, place, sticker.id, clock.now)
  let why: WaitReason | null = waitsFor(said, isProven, before, home.limits)
  if (why !== null && (await isRoomFull(trx, place, sticker.id, isProven))) {
    return { problem: 'room-full' }
  }
  const number = pageNumber(home.letters, at, await nextCount(trx, place, at))
  // From here on others of the community wait: what many sent at once is counted once more.
  if (why !== null && (await isRoomFull(trx, place, sticker.id, isProven))) throw new RoomFull()
  const row = {
    ...{ place, id, code: sticker.id, stream: sticker.stream, number, token_hash: token },
    said_hash: hashOfText(id + sameSaid(said)),
  }
  let request: string | null = null
  if (why === null) {
    const done = await admitRequest(
      trx,
      await admissionOf(trx, sticker, said, { number, at, token, level: null, additions: [] }),
      { account: null, device: null, ...clock },
    )
    // What cannot stand there (an item that went, a grid that was closed just now) is looked at by a person.
    if ('problem' in done) why = 'many'
    else request = done.request
  }
  const kept: AskRow = {
    ...{ ...row, why, request, state: request === null ? 'waiting' : 'admitted' },
    ...{ said: request === null ? said : null, received_at: new Date(clock.now) },
    ...{ decided_at: request === null ? null : new Date(clock.now), reason: null, told: null },
  }
  const isKept = await keepAsked(trx, {
    ...{ ...row, why, request, state: kept.state, said: kept.said, at, isProven },
    isCounted: why === null,
  })
  // Sent twice at once: the other one was first, and this transaction is undone with all it did.
  if (!isKept) throw new SentTwice()
  return { what: 'first', row: kept, moved: request === null ? [] : [sticker.stream] }
}

/** Two posts of one id at once: the later one begins anew, and finds what the first left. */
class SentTwice extends Error {
  /** As a serialization failure of the database: it is tried again. */
  readonly code = '40001'
}

async function again(
  trx: Transaction<Database>,
  row: AskRow,
  { said, token }: Submission,
  clock: Clock,
): Promise<ReceivedAsk> {
  // Whoever has the id of somebody's page has its code too.
  if (row.token_hash !== token) return { problem: 'not-yours' }
  if (hashOfText(row.id + sameSaid(said)) === row.said_hash) return { what: 'same', row, moved: [] }
  const words = additionOf(said)
  if (words === '' || words === row.said?.words) return { what: 'same', row, moved: [] }
  if (row.state === 'admitted') return { what: 'to-say', row, words }
  if (row.state !== 'waiting') return { what: 'same', row, moved: [] }
  const at = new Date(clock.now).toISOString()
  const added = await addToAsked(trx, row, { hash: hashOfText(row.id + words), words, at })
  if (added === 'full') return { problem: 'additions-full' }
  return { what: added === 'said' ? 'added' : 'same', row, moved: [] }
}

async function isRoomFull(
  trx: Transaction<Database>,
  place: string,
  code: string,
  isProven: boolean,
): Promise<boolean> {
  const most = isProven ? mostWaiting.ofCodeProven : mostWaiting.ofCode
  if ((await countWaitingOf(trx, place, code, isProven, most)) >= most) return true
  return (await countWaitingIn(trx, place, mostWaiting.ofPlace)) >= mostWaiting.ofPlace
}

/** Two characters that no device has: P and how many thousands the day has seen. */
function pageNumber(letters: string, at: string, count: number): string {
  const tens = Math.min(35, Math.floor((count - 1) / mostOfTag))
  const tag = `P${tens.toString(36).toUpperCase()}`
  return requestNumber({ letters, at, tag, count: ((count - 1) % mostOfTag) + 1 })
}
const mostOfTag = 9_999

/** What was asked as the ledger takes it. */
export async function admissionOf(
  trx: Transaction<Database>,
  sticker: Sticker,
  said: Asked,
  more: {
    readonly number: string
    readonly at: string
    readonly token: string | null
    readonly level: 'ordinary' | 'urgent' | 'major' | null
    readonly additions: readonly string[]
    /** Where it goes, where the office chose another place than that of the sticker. */
    readonly stream?: string
    readonly item?: string | null
  },
) {
  const { number, at, token, level, additions } = more
  const stream = more.stream ?? sticker.stream
  const building = stream === sticker.stream ? await buildingOf(trx, sticker) : null
  const { name, telephone, isToldToUnit } = said
  return {
    ...{
      stream,
      speaker: residentId,
      until: null,
      outsideNumber: null,
      askedAt: at,
      receivedAt: at,
      level,
      additions,
    },
    ...{ item: more.item === undefined ? said.item : more.item, by: 'link' as const },
    asker: {
      ...{ name, telephone, isToldToUnit },
      ...(token === null ? {} : { tokens: [{ hash: token, made: at, ended: null }] }),
    },
    fieldsOf: (item: { readonly id: string; readonly name: string } | null) =>
      askedFields(
        { ...said, item: item?.id ?? null },
        {
          ...{ number, at, level: level ?? ('ordinary' as const), itemName: item?.name ?? null },
          ...{ place: sticker.fields.name, building },
        },
      ),
  }
}

/** The building of a sticker, where it still stands in the same grid. */
async function buildingOf(trx: Transaction<Database>, sticker: Sticker): Promise<string | null> {
  const { building } = sticker.fields
  if (!building) return null
  const [row] = await loadRecords(trx, [sticker.stream], [building])
  return row?.kind === 'building' && !row.removed ? building : null
}
