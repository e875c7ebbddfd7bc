/**
 * Steps of whoever has no account: those that the server makes by itself, and those of who asked, each under a fixed
 * id and on record; judged and written as any other.
 */
import type { Kysely, Transaction } from 'kysely'
import { calendarActOf, isTimeFor } from '#domain/requests/calendar-act.ts'
import { courseOf } from '#domain/requests/course.ts'
import type { Request } from '#domain/requests/request.ts'
import type { RequestStep } from '#domain/requests/step.ts'
import type { FieldMark } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { calendarId } from '../db/audit.ts'
import { loadRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import { loadRequestRules } from '../db/request-rules.ts'
import { postponeLook, writeRequestStates } from '../db/request-states.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import { createDraft, createLayer, decide, keyOf, type ChangeRow, type Draft } from './draft.ts'
import { followUnits, newRow, nextHead } from './errands.ts'
import { loadBehind } from './load-behind.ts'
import { rulesFor, stepsOf, type StepContext } from './request-steps.ts'
import { judgeAs } from './requests.ts'
import { tellSurvivor } from './survivor.ts'
import { write } from './write.ts'

export interface RequestKey {
  readonly stream: string
  readonly request: string
}

interface OwnClock {
  readonly now: number
  readonly ids: () => string
}

/** The request as it is under the lock, and what it is decided with. */
interface UnderLock {
  readonly row: RecordRow
  readonly draft: Draft
  readonly context: StepContext
}

/** Does what the calendar has to do with a request now, if anything. Returns the streams that moved. */
export function stepByCalendar(
  db: Kysely<Database>,
  key: RequestKey,
  clock: OwnClock,
): Promise<readonly string[]> {
  return underLock(db, key, clock, (found) => {
    const { row, draft, context } = found
    const rules = rulesFor(key.stream, context)
    const steps = stepsOf(key.request, key.stream, draft, context)
    const course = courseOf(steps)
    const act = calendarActOf(row.fields as unknown as Request, steps, course, rules, clock.now)
    if (!act || act.at > clock.now) return { step: null }
    if (!isTimeFor(act, course, rules, clock.now)) {
      return { step: null, lookAgainAt: rules.time.nextWorkingMoment(clock.now) }
    }
    const at = new Date(clock.now).toISOString()
    const step: RequestStep = {
      ...{ request: key.request, step: act.step, at, after: course.lastStep },
      ...act.fields,
    }
    return { step }
  })
}

/**
 * What who asked says from outside: moved, or kept as a note, by the law of late steps. Without `after` it is about the
 * request as it stands. Returns the streams that moved; empty where it may not be said. `claim` runs in the transaction
 * that writes it, under the lock of the stream: where it says no, somebody else has said this, and nothing is written.
 */
export function sayAsAsker(
  db: Kysely<Database>,
  key: RequestKey,
  said: RequestStep,
  by: string,
  clock: OwnClock,
  claim?: Claim,
): Promise<readonly string[]> {
  const choose = ({ draft, context }: UnderLock): Meant => {
    const { lastStep } = courseOf(stepsOf(key.request, key.stream, draft, context))
    const after = said.after === undefined ? lastStep : said.after
    return { step: { ...said, after }, ...(claim && { claim }) }
  }
  return underLock(db, key, clock, choose, { actor: 'asker', id: by })
}

/** After the catalogue or the calendar changed: what units have of a request says the new due. */
export function refreshRequest(
  db: Kysely<Database>,
  key: RequestKey,
  clock: OwnClock,
): Promise<readonly string[]> {
  return underLock(db, key, clock, () => ({ step: null, follows: true }))
}

interface Speaker {
  readonly actor: 'calendar' | 'asker'
  readonly id: string
}
const calendar: Speaker = { actor: 'calendar', id: calendarId }

type Claim = (trx: Transaction<Database>) => Promise<boolean>

interface Meant {
  readonly step: RequestStep | null
  readonly claim?: Claim
  /** What units have of it is written anew where it differs. */
  readonly follows?: boolean
  /** It fell due, and its hour is still to come: until then no round looks at it. */
  readonly lookAgainAt?: number
}

/** Locks the request's stream and those of its units, in order, and writes what `choose` decides. */
async function underLock(
  db: Kysely<Database>,
  key: RequestKey,
  clock: OwnClock,
  choose: (found: UnderLock) => Meant,
  speaker = calendar,
): Promise<readonly string[]> {
  const ahead = new Set<string>()
  for (;;) {
    const done = await transact(db, (trx) => once(trx, key, clock, ahead, choose, speaker))
    if ('moved' in done) return done.moved
    for (const stream of done.ahead) ahead.add(stream)
  }
}

type Once = { readonly moved: readonly string[] } | { readonly ahead: readonly string[] }

async function once(
  trx: Transaction<Database>,
  key: RequestKey,
  clock: OwnClock,
  ahead: ReadonlySet<string>,
  choose: (found: UnderLock) => Meant,
  { actor, id: by }: Speaker,
): Promise<Once> {
  const { stream, request } = key
  const locked = await lockStreams(trx, [stream, ...ahead])
  const [row] = await loadRecords(trx, [stream], [request])
  // It went on with its door, or was purged: it stands in another row now, or in none.
  if (row?.kind !== 'request' || row.removed) return { moved: [] }
  const records = new Map<string, RecordRow>([[keyOf(stream, request), row]])
  const behind = await loadBehind(
    trx,
    [mutationOf({ request }, key, clock)],
    records,
    new Set(locked.keys()),
  )
  if (behind.length > 0) return { ahead: behind }
  const draft = createDraft(createLayer())
  const context: StepContext = {
    records,
    heads: new Map([...locked].map(([id, one]) => [id, one.head])),
    ...clock,
    rules: await loadRequestRules(trx, [stream]),
    account: { id: by },
  }
  const { step, follows, claim, lookAgainAt } = choose({ row, draft, context })
  const at = new Date(clock.now).toISOString()
  const changes: ChangeRow[] = []
  if (step) {
    const unit = step.unit ?? null
    if (unit && !locked.has(unit)) return { ahead: [unit] }
    const found = judgeAs(actor, null, step, stream, draft, context)
    if ('problem' in found || (claim && !(await claim(trx)))) return { moved: [] }
    const mutation = mutationOf(found.fields, key, clock)
    const version = nextHead(stream, draft, context)
    const mark: FieldMark = { version, device: null, at, by, mutation: mutation.id }
    const written = newRow(stream, mutation.record, 'request-step', found.fields, mark, context)
    draft.layers[0].written.set(keyOf(stream, written.id), written)
    changes.push({ mutation, stream, version, correctedAt: at, fields: {} })
    followUnits(request, stream, mark, draft, context)
    tellSurvivor(request, stream, mark, draft, context)
  } else if (follows) {
    followUnits(request, stream, { version: row.version, device: null, at, by }, draft, context)
    await writeRequestStates(trx, [key])
  } else if (lookAgainAt !== undefined) {
    await postponeLook(trx, key, lookAgainAt)
  }
  decide(draft)
  const [, decided] = draft.layers
  if (decided.heads.size === 0) return { moved: [] }
  const { written, heads } = decided
  const account = { id: by, role: null }
  await write(
    trx,
    { before: records, written, heads, changes },
    { account, device: null, ...clock },
  )
  return { moved: [...decided.heads.keys()] }
}

function mutationOf(fields: Mutation['fields'], { stream }: RequestKey, clock: OwnClock): Mutation {
  const at = new Date(clock.now).toISOString()
  return {
    ...{ id: clock.ids(), device: calendarId, seq: 0, at, batch: null, stream },
    ...{ kind: 'request-step', record: clock.ids(), op: 'create', fields, seen: 0 },
  }
}
