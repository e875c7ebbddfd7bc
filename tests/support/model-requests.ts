/** Requests in the model of the office, where no device says anything: who asked by link, the calendar, what units forget. */
import { calendarActOf, isTimeFor } from '#domain/requests/calendar-act.ts'
import { courseOf, type JudgedStep } from '#domain/requests/course.ts'
import type { Request } from '#domain/requests/request.ts'
import type { RequestStep } from '#domain/requests/step.ts'
import type { Actor } from '#domain/requests/transition.ts'
import type { FieldMark } from '#protocol/merge.ts'
import { calendarId } from '#server/db/audit.ts'
import type { RecordRow } from '#server/db/record-row.ts'
import { createDraft, createLayer, decide, keyOf } from '#server/ledger/draft.ts'
import { followUnits, newRow, nextHead } from '#server/ledger/errands.ts'
import type { Plan } from '#server/ledger/plan.ts'
import { rulesFor, stepsOf, type StepContext } from '#server/ledger/request-steps.ts'
import { judgeAs } from '#server/ledger/requests.ts'
import { tellSurvivor } from '#server/ledger/survivor.ts'

interface Parts {
  readonly rows: Map<string, RecordRow>
  readonly ids: () => string
  readonly now: () => number
  readonly heads: () => ReadonlyMap<string, number>
  readonly carryOut: (plan: Plan, account: { readonly id: string }) => void
  readonly poke: () => void
}

export function createModelRequests({ rows, ids, now, heads, carryOut, poke }: Parts) {
  const contextOf = (by: string): StepContext => ({
    ...{ records: rows, heads: heads(), now: now(), ids, account: { id: by } },
  })
  const find = (request: string) =>
    [...rows.values()].find(
      ({ id, kind, removed }) => id === request && kind === 'request' && !removed,
    )
  const stepsNow = (request: string): readonly JudgedStep[] => {
    const row = find(request)
    if (!row) return []
    return stepsOf(request, row.stream, createDraft(createLayer()), contextOf(calendarId))
  }

  /** A step of whoever has no account, as the server writes it. False where it was refused. */
  const stepAs = (actor: Actor, by: string, said: RequestStep): boolean => {
    const stream = find(said.request)?.stream
    if (stream === undefined) return false
    const context = contextOf(by)
    const draft = createDraft(createLayer())
    const found = judgeAs(actor, null, said, stream, draft, context)
    if ('problem' in found) return false
    const version = nextHead(stream, draft, context)
    const mark: FieldMark = { version, device: null, at: said.at, by }
    const row = newRow(stream, ids(), 'request-step', found.fields, mark, context)
    draft.layers[0].written.set(keyOf(stream, row.id), row)
    followUnits(said.request, stream, mark, draft, context)
    tellSurvivor(said.request, stream, mark, draft, context)
    decide(draft)
    const [, { written, heads: raised }] = draft.layers
    const nothing = { receipts: [], changes: [], departures: [], moved: [] }
    carryOut({ ...nothing, written, heads: raised }, { id: by })
    poke()
    return true
  }

  return {
    stepAs,
    /** Steps of a request in the order of its stream, wherever it stands now. */
    stepsOf: stepsNow,
    /** Everything that is due now, as the calendar's round does it. */
    runCalendar(): void {
      for (const row of [...rows.values()]) {
        if (row.kind !== 'request' || row.removed) continue
        for (let again = true; again;) {
          const steps = stepsNow(row.id)
          const course = courseOf(steps)
          const rules = rulesFor(row.stream, {})
          const fields = row.fields as unknown as Request
          const act = calendarActOf(fields, steps, course, rules, now())
          again =
            act !== null &&
            isTimeFor(act, course, rules, now()) &&
            stepAs('calendar', calendarId, {
              ...{ request: row.id, step: act.step, after: course.lastStep },
              ...{ at: new Date(now()).toISOString(), ...act.fields },
            })
        }
      }
    },
    /** What a unit had of a request goes; the sign that stays says only of which request it was. */
    forgetErrand(unit: string, id: string): void {
      const row = rows.get(keyOf(unit, id))
      if (row?.kind !== 'errand' || row.removed) return
      const { request, stream } = row.fields
      const version = (heads().get(unit) ?? 0) + 1
      const gone = { ...row, version, removed: true, fields: { request, stream }, marks: {} }
      const written = new Map([[keyOf(unit, id), gone]])
      const nothing = { receipts: [], changes: [], departures: [], moved: [] }
      carryOut({ ...nothing, written, heads: new Map([[unit, version]]) }, { id: calendarId })
      poke()
    },
  }
}
