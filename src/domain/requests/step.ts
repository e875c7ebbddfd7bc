/**
 * A step 流转 of a request: who did or said what, and when. Steps are append-only, and the state of a request is what
 * they lead to (`course.ts`). Whether a step moved the request is judged once, by the server (`judge.ts`), and stands
 * in the step: a device never judges again, so that different versions of the app agree.
 */
import * as v from 'valibot'
import { choice, day, flag, id, instant, list, maybe, text, whole } from '../field.ts'

export const requestStates = [
  /** 待放行: in the server's waiting room, in no stream. */
  'waiting',
  'submitted',
  'accepted',
  'assigned',
  'handling',
  'suspended',
  'handled',
  'verifying',
  'closed',
  /** 移交: another authority has it. */
  'outside',
  'withdrawn',
  'invalid',
  'merged',
] as const
export type RequestState = (typeof requestStates)[number]

/** 解决, 部分解决, 解释说明, 不属本单位, 自处置. */
export const endings = ['solved', 'partly', 'explained', 'not-ours', 'self'] as const
export type Ending = (typeof endings)[number]

/** 一般, 紧急, 重大. Danger to life is no level: the form names 119, 120 and 110 first. */
export const requestLevels = ['ordinary', 'urgent', 'major'] as const
export type RequestLevel = (typeof requestLevels)[number]

export const steps = [
  'submit',
  'admit',
  'turn-away',
  'accept',
  'settle',
  'dispatch',
  'add-unit',
  'recall',
  'sign',
  'ask-return',
  'grant-return',
  'ask-suspension',
  'suspend',
  'resume',
  'ask-extension',
  'extend',
  'refuse-ask',
  'withdraw-ask',
  'note',
  'answer',
  'release',
  'send-back',
  'answer-self',
  'call-back',
  'close',
  'rate',
  'not-solved',
  'withdraw',
  'invalidate',
  'merge',
  'part',
  'undo',
  'hand-outside',
  'take-back',
  'supervise',
  'set-level',
  'propose-level',
] as const
export type StepName = (typeof steps)[number]

/** Why something was turned down: shown to the asker in words of a list. */
export const invalidReasons = ['no-matter', 'test', 'abuse', 'no-place', 'not-for-office'] as const

/** Why a step became a note that moved nothing. The app's words say it to its author. */
export const noteReasons = [
  /** The request is no longer where the step takes it from; `from` says where it was. */
  'state-changed',
  /** A word of higher rank about the same round stands, which its author had not seen. */
  'word-overruled',
  /** Asked after the due, or arrived later than a working day after it. */
  'asked-late',
  /** Only within two working days of dispatch. */
  'return-late',
  /** More than 15 days after closing. */
  'closed-long-ago',
  /** More than 24 hours after a withdrawal, 30 days after it was called invalid. */
  'undo-late',
  /** Its unit has it no longer. */
  'errand-ended',
] as const
export type NoteReason = (typeof noteReasons)[number]

export const requestStepSchema = v.looseObject({
  request: id,
  step: choice(steps),
  /** In the words of whoever acts. A unit reads them masked. */
  words: maybe(text(1_000)),
  /** What the asker reads. A suspension or extension without it is not granted. */
  wordsForAsker: maybe(text(500)),
  /** Ids of photographs. */
  photos: maybe(list(id, 9)),
  /** Id of the last step that the screen showed; null where it showed none. */
  after: maybe(id),
  /** When it was done or said; what a device says is corrected and clamped by the server. */
  at: instant,
  /** The unit that it concerns: of a dispatch its lead. */
  unit: maybe(id),
  coUnits: maybe(list(id, 9)),
  item: maybe(id),
  level: maybe(choice(requestLevels)),
  ending: maybe(choice(endings)),
  reason: maybe(text(40)),
  /** Last day of a suspension; day by which another authority answers. */
  until: maybe(day),
  /** Working days of an extension. */
  days: maybe(whole(1, 30)),
  /** The request into which this one goes. */
  into: maybe(id),
  /** Of a note that the server wrote in a request into which another was merged: from which it comes. */
  fromRequest: maybe(id),
  /** What the other one's asker was promised; the one that they became goes by the earliest. Null once parted. */
  promised: maybe(instant),
  /** Of a submission that an office's own ledger brought: the day that the ledger had promised, which stays. */
  ledgerDay: maybe(day),
  /** Number that the other authority gave; of such a submission the number that it has there. */
  outsideNumber: maybe(text(60)),
  /** Of a call-back: whether somebody was reached, what they said, and how. */
  reached: maybe(flag),
  solved: maybe(flag),
  /** 满意, 基本满意, 不满意: of places and kinds, never of a person. */
  content: maybe(choice(['content', 'partly', 'not'])),
  by: maybe(choice(['door', 'telephone', 'link'])),
  /** Of a supervision: 0 a reminder, 1 to 3. */
  supervision: maybe(whole(0, 3)),

  // What the server found; refused from a device.
  actor: maybe(choice(['worker', 'staff', 'admin', 'handler', 'asker', 'calendar'])),
  received: maybe(instant),
  moved: maybe(flag),
  from: maybe(choice(requestStates)),
  to: maybe(choice(requestStates)),
  why: maybe(choice(noteReasons)),
  /** What happened between `after` and this step, which its author had not seen. */
  unseen: maybe(whole(0, 100_000)),
  /** Of an answer: whether it came in time, by the calendar in force at that moment; a later calendar leaves it. */
  inTime: maybe(flag),
})
export type RequestStep = v.InferOutput<typeof requestStepSchema>

/** Fields of a step that are the server's word alone. */
export const judgedFields = [
  'actor',
  'received',
  'moved',
  'from',
  'to',
  'why',
  'unseen',
  'inTime',
  'fromRequest',
  'promised',
  'ledgerDay',
] as const
