/** What whoever asked says of the own request: once, and by the law of late steps. */
import { askerActs, type AskerAct } from '#domain/ask/followed.ts'
import { mostWords } from '#domain/ask/said.ts'
import type { PageProblem } from '#domain/ask/page-words.ts'
import { id as uuid } from '#domain/field.ts'
import type { RequestStep } from '#domain/requests/step.ts'
import { cleanLines } from '#domain/text.ts'
import { residentId } from '#server/db/audit.ts'
import { askPlaceOf } from '#server/db/ask-place.ts'
import { addToAsked, findAsked, type AskRow } from '#server/db/ask.ts'
import { hashOfText } from '#server/db/hashing-text.ts'
import { requestsByCode } from '#server/db/find-request.ts'
import { findAskedByToken } from '#server/db/ask.ts'
import { streamOfRequest } from '#server/db/hotline.ts'
import { transact } from '#server/db/transact.ts'
import { sayAsAsker } from '#server/ledger/own-steps.ts'
import * as v from 'valibot'
import type { Office } from '../context.ts'

export interface Saying {
  readonly act: AskerAct
  readonly words: string | null
  /** The last step that the page showed: tapped twice it is said once. */
  readonly after: string | null
  readonly content?: 'content' | 'partly' | 'not'
  readonly isSolved?: boolean
}

const schema = v.object({
  act: v.picklist(askerActs),
  words: v.optional(v.string(), ''),
  after: v.optional(v.union([uuid, v.literal('')]), ''),
  content: v.optional(v.picklist(['content', 'partly', 'not'])),
  solved: v.optional(v.string()),
})

/** Null of what is none; a problem where something is missing. */
export function readSaying(
  form: Readonly<Record<string, unknown>>,
): Saying | { readonly problem: PageProblem } | null {
  const read = v.safeParse(schema, form)
  if (!read.success) return null
  const { act, after, content, solved } = read.output
  const words = cleanLines(read.output.words)
  if (words.length > mostWords) return { problem: 'too-large' }
  if (act === 'note' && words === '') return { problem: 'no-words' }
  if (act === 'rate' && content === undefined) return null
  return {
    ...{ act, words: words === '' ? null : words, after: after === '' ? null : after },
    ...(content === undefined ? {} : { content }),
    isSolved: solved === 'yes',
  }
}

type Came = { readonly said: 'said' | 'same' } | { readonly problem: PageProblem }

/** `whose`: the hash of a follow-up code, or a row whose own page says more. */
export async function sayOfAsked(
  office: Office,
  whose: string | AskRow,
  saying: Saying,
): Promise<Came> {
  for (let tries = 0; tries < 2; tries += 1) {
    const at = await whereIs(office, whose)
    if (at === null) return { problem: 'unknown-code' }
    if ('row' in at) {
      const came = await sayWaiting(office, at.row, saying)
      if (came) return came
    } else {
      const came = await sayInStream(office, at, saying)
      if (came) return came
    }
    // It went on meanwhile, with its door or into its grid: it is looked up once more.
  }
  return { problem: 'cannot-now' }
}

type Where = { readonly row: AskRow } | { readonly stream: string; readonly request: string }

export async function whereIs({ db }: Office, whose: string | AskRow): Promise<Where | null> {
  if (typeof whose !== 'string') {
    const row = await findAsked(db, whose.place, whose.id)
    if (!row) return null
    if (row.request === null) return { row }
    const stream = await streamOfRequest(db, row.request)
    return stream === null ? null : { stream, request: row.request }
  }
  const [found] = await requestsByCode(db, whose)
  if (found) return found.isCodeEnded ? null : found
  const row = await findAskedByToken(db, whose)
  return row && row.state !== 'admitted' ? { row } : null
}

async function sayInStream(
  office: Office,
  key: { readonly stream: string; readonly request: string },
  { act, words, after, content, isSolved }: Saying,
): Promise<Came | null> {
  const { db, clock, ids } = office
  const now = clock.now()
  const { place } = await askPlaceOf(db, key.stream)
  const at = new Date(now).toISOString()
  const step: RequestStep = {
    ...{ request: key.request, step: act, at, by: 'link' },
    ...(words === null ? {} : { words }),
    ...(after === null ? {} : { after }),
    ...(act === 'rate' ? { content, ...(isSolved ? { solved: true } : {}) } : {}),
  }
  const hash = hashOfText(JSON.stringify([key.request, act, after, words, content, isSolved]))
  let claimed: 'said' | 'same' | 'full' | null = null
  const moved = await sayAsAsker(db, key, step, residentId, { now, ids }, async (trx) => {
    claimed = await addToAsked(trx, { place, id: key.request }, { hash, words: null, at })
    return claimed === 'said'
  })
  if (moved.length > 0) {
    office.pokes.poke([...moved])
    void office.requests.wake()
    return { said: 'said' }
  }
  // TypeScript does not see that the transaction has run.
  const came = claimed as 'said' | 'same' | 'full' | null
  if (came === 'same') return { said: 'same' }
  return came === 'full' ? { problem: 'additions-full' } : null
}

const dayMs = 86_400_000

/** Of what is in no stream yet: it is said in the waiting room. */
function sayWaiting(
  { db, clock }: Office,
  { place, id }: AskRow,
  { act, words }: Saying,
): Promise<Came | null> {
  const now = clock.now()
  return transact(db, async (trx): Promise<Came | null> => {
    const row = await findAsked(trx, place, id, { isLocked: true })
    if (!row || row.state === 'admitted') return null
    if (act === 'note' && row.state === 'waiting') {
      const at = new Date(now).toISOString()
      const said = words ?? ''
      const came = await addToAsked(trx, row, { hash: hashOfText(id + said), words: said, at })
      return came === 'full' ? { problem: 'additions-full' } : { said: came }
    }
    const decided = row.decided_at?.getTime() ?? 0
    const to =
      act === 'withdraw' && row.state === 'waiting'
        ? 'withdrawn'
        : act === 'undo' && row.state === 'withdrawn' && now - decided <= dayMs
          ? 'waiting'
          : null
    if (act === 'withdraw' && row.state === 'withdrawn') return { said: 'same' }
    if (to === null) return { problem: 'cannot-now' }
    await trx
      .updateTable('ask_request')
      .set({ state: to, decided_at: to === 'withdrawn' ? new Date(now) : null })
      .where('place', '=', place)
      .where('id', '=', id)
      .execute()
    return { said: 'said' }
  })
}
