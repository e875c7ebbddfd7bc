/** What a form asks for each step, so that one form serves all of them; `judge.ts` says what the server needs. */
import type { StepName } from '#domain/requests/step.ts'

export type StepField =
  | 'words'
  | 'wordsForAsker'
  | 'unit'
  | 'ending'
  | 'reason'
  | 'until'
  | 'days'
  | 'reached'
  | 'solved'
  | 'level'
  | 'item'
  | 'into'
  | 'content'
  | 'outsideNumber'

/** What a form holds of them: words and ids, and yes or no. */
export type StepValues = Readonly<Partial<Record<StepField, string | number | boolean>>>

interface StepForm {
  readonly fields: readonly StepField[]
  /** Those that must be filled. */
  readonly needed: readonly StepField[]
}

const form = (fields: readonly StepField[], needed: readonly StepField[] = fields): StepForm => ({
  fields,
  needed,
})

/** Steps that a person may make on these pages. What the calendar and the asker's own page do is not among them. */
export const stepForms: Readonly<Partial<Record<StepName, StepForm>>> = {
  accept: form(['item', 'level'], []),
  settle: form(['words']),
  dispatch: form(['unit', 'words'], ['unit']),
  'add-unit': form(['unit']),
  recall: form(['words']),
  invalidate: form(['reason', 'wordsForAsker']),
  merge: form(['into', 'words'], ['into']),
  part: form(['words'], []),
  'hand-outside': form(['outsideNumber', 'until', 'wordsForAsker'], ['wordsForAsker']),
  'take-back': form(['ending', 'words'], []),
  supervise: form(['words'], []),
  rate: form(['solved', 'content', 'words'], []),
  'grant-return': form([], []),
  'refuse-ask': form(['words']),
  suspend: form(['reason', 'until', 'wordsForAsker']),
  resume: form([], []),
  extend: form(['days', 'wordsForAsker']),
  note: form(['words']),
  answer: form(['ending', 'words', 'wordsForAsker']),
  release: form(['words'], []),
  'send-back': form(['words']),
  'answer-self': form(['ending', 'wordsForAsker']),
  'call-back': form(['reached', 'solved', 'content', 'words'], ['reached']),
  close: form(['ending', 'words'], ['ending']),
  'not-solved': form(['words']),
  withdraw: form(['words']),
  undo: form([], []),
  'set-level': form(['level']),
  'propose-level': form(['level', 'words'], ['level']),
  sign: form([], []),
  'ask-return': form(['reason']),
  'ask-suspension': form(['reason', 'until']),
  'ask-extension': form(['reason', 'days']),
  'withdraw-ask': form([], []),
}

/** Whether the form asks for a field now: what somebody said depends on whether they were reached. */
export function isAsked(step: StepName, field: StepField, values: StepValues): boolean {
  if (field === 'solved') return values.reached === true || step === 'rate'
  if (field === 'content') return values.reached !== false
  return true
}

/** Steps that somebody may photograph: what was found, done or answered. */
export const photographed: ReadonlySet<StepName> = new Set([
  ...(['note', 'settle', 'call-back', 'answer', 'release', 'answer-self'] as const),
])

/** Whether who asked sees the photographs of it, with its words: at once, or once the office released them. */
export function photosAreTold(step: StepName): 'at-once' | 'once-released' | null {
  if (step === 'answer') return 'once-released'
  return step === 'release' || step === 'answer-self' ? 'at-once' : null
}

/** What must be filled and is not. */
export function missingFields(step: StepName, values: StepValues): readonly StepField[] {
  return (stepForms[step]?.needed ?? []).filter(
    (field) => values[field] === undefined || values[field] === '',
  )
}

/** The step that a person most likely means next; the page shows it as its one filled button. */
export const likely: readonly StepName[] = [
  'accept',
  'dispatch',
  'release',
  'call-back',
  'sign',
  'answer',
  'settle',
]

/** Steps that may be made on several requests at once: each needs nothing that differs from one to the next. */
export const inBulk: readonly StepName[] = ['accept', 'dispatch', 'release', 'close', 'invalidate']

/** Steps that end a request or take it out of the hands that have it: offered apart, after what takes it on. */
export const ending: readonly StepName[] = [
  'answer-self',
  'close',
  'hand-outside',
  'merge',
  'withdraw',
  'invalidate',
]
