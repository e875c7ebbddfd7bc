/** Which step takes a request from where to where, who may do it, and which of them work without a connection. */
import type { Role } from '../account.ts'
import type { RequestState, StepName } from './step.ts'
import { actsOnRequests } from '../permission-of-requests.ts'

/** Who acts: a role, the asker by link, or the server by the calendar. */
export type Actor = Exclude<Role, 'auditor' | 'gate'> | 'asker' | 'calendar'

export interface Transition {
  readonly from: readonly RequestState[]
  /** Null: it stays where it is, or `judge.ts` says where it goes. */
  readonly to: RequestState | null
  readonly who: readonly Actor[]
  /** Those of `who` who may do it without a connection: it is then a mutation, and never refused for being late. */
  readonly offline: readonly Actor[]
}

/** Every role but the auditor's acts on requests, under its own name. */
export function actorOf(role: Role): Actor | null {
  return actsOnRequests(role) ? role : null
}

/** States in which somebody still has to do something. */
export const openStates: readonly RequestState[] = [
  'submitted',
  'accepted',
  'assigned',
  'handling',
  'suspended',
  'handled',
  'verifying',
  'outside',
]

const office: readonly Actor[] = ['staff', 'admin']
const atDoor: readonly Actor[] = ['worker', 'staff']
const withUnit: readonly RequestState[] = ['assigned', 'handling', 'suspended']
const all: readonly RequestState[] = [...openStates, 'closed', 'withdrawn', 'invalid', 'merged']

const nobody: readonly Actor[] = []

function transition(
  from: readonly RequestState[],
  to: RequestState | null,
  who: readonly Actor[],
  offline: readonly Actor[] = nobody,
): Transition {
  return { from, to, who, offline }
}

/** The numbers are those of the specification's table. */
export const transitions: Readonly<Record<StepName, Transition>> = {
  // 1, 2: a request begins with it; there is no state before.
  submit: transition([], 'submitted', [...atDoor, 'admin', 'asker'], [...atDoor, 'admin']),
  // 3
  admit: transition(['waiting'], 'submitted', [...office, 'calendar']),
  'turn-away': transition(['waiting'], 'invalid', [...office, 'calendar']),
  // 4
  accept: transition(['submitted'], 'accepted', [...office, 'calendar']),
  // 5
  settle: transition(['submitted', 'accepted'], 'closed', atDoor, atDoor),
  // 6, 10
  dispatch: transition(['accepted', 'assigned', 'handling'], 'assigned', [...office, 'calendar']),
  'add-unit': transition(['assigned', 'handling', 'suspended'], null, office),
  // 11
  recall: transition(withUnit, 'accepted', office),
  // 7
  sign: transition(['assigned'], 'handling', ['handler'], ['handler']),
  // 8, 9
  'ask-return': transition(['assigned', 'handling'], null, ['handler'], ['handler']),
  'grant-return': transition(['assigned', 'handling'], 'accepted', office),
  // 13, 14, 15, 16
  'ask-suspension': transition(['handling'], null, ['handler'], ['handler']),
  suspend: transition(['handling'], 'suspended', office),
  resume: transition(['suspended'], 'handling', ['handler', ...office, 'calendar'], ['handler']),
  'ask-extension': transition(['handling'], null, ['handler'], ['handler']),
  extend: transition(['handling'], null, office),
  // 30
  'refuse-ask': transition(['assigned', 'handling'], null, office),
  'withdraw-ask': transition(['assigned', 'handling'], null, ['handler'], ['handler']),
  // 12
  note: transition(
    all.filter((state) => state !== 'merged'),
    null,
    ['worker', ...office, 'handler', 'asker'],
    ['worker', ...office, 'handler'],
  ),
  // 17
  answer: transition(withUnit, 'handled', ['handler'], ['handler']),
  // 18
  release: transition(['handled'], 'verifying', office),
  'send-back': transition(['handled'], 'handling', office),
  // 29
  'answer-self': transition(['accepted'], 'verifying', office),
  // 19
  'call-back': transition(['verifying'], null, atDoor, atDoor),
  // 20
  close: transition(['verifying'], 'closed', [...office, 'calendar']),
  // 21
  rate: transition(['verifying', 'closed'], null, ['asker', 'worker'], ['worker']),
  // 22
  'not-solved': transition(['verifying', 'closed'], 'accepted', ['asker', ...atDoor], atDoor),
  // 23
  withdraw: transition(openStates, 'withdrawn', ['asker', ...atDoor], atDoor),
  // 24
  invalidate: transition(['submitted', 'accepted'], 'invalid', office),
  // 25
  merge: transition(openStates, 'merged', office),
  part: transition(['merged'], null, office),
  // 31
  undo: transition(['withdrawn', 'invalid', 'merged'], null, ['asker', 'worker', ...office]),
  // 26
  'hand-outside': transition(['accepted'], 'outside', office),
  'take-back': transition(['outside'], null, office),
  // 27
  supervise: transition(openStates, null, ['admin', 'calendar']),
  // 28
  'set-level': transition(openStates, null, office),
  'propose-level': transition(openStates, null, ['worker'], ['worker']),
}

/** Who acts for a unit. */
export const unitActor: Actor = 'handler'

/** What a role may do with a request that is in a state; what screens offer, and no more. */
export function stepsFor(actor: Actor, state: RequestState): readonly StepName[] {
  return (Object.keys(transitions) as StepName[]).filter((name) => {
    const { from, who } = transitions[name]
    return who.includes(actor) && from.includes(state)
  })
}
