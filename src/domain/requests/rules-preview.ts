/** What a catalogue or a calendar would change, on requests that came: where each would go, and when it would fall due. */
import { dueOf } from './due.ts'
import type { RequestRules } from './rules.ts'
import type { RequestLevel } from './step.ts'

/** A request as it began; the moment in milliseconds since 1970. */
export interface BegunRequest {
  readonly item: string | null
  readonly level: RequestLevel
  readonly at: number
}

export interface RulesChange {
  /** Another unit leads or helps, it is sent on by itself or no longer, or another office keeps it. */
  readonly goesElsewhere: boolean
  /** The promise that is made when it is taken. */
  readonly due: 'same' | 'sooner' | 'later'
}

/** By the rules in force, and by those of a draft. */
export function changeOf(
  request: BegunRequest,
  before: RequestRules,
  after: RequestRules,
): RulesChange {
  const due = (rules: RequestRules) =>
    dueOf(request.at, rules.limitsOf(request.item)(request.level).answer, [], rules.time).at
  const [was, is] = [due(before), due(after)]
  return {
    goesElsewhere: wayOf(request.item, before) !== wayOf(request.item, after),
    due: is === was ? 'same' : is < was ? 'sooner' : 'later',
  }
}

function wayOf(id: string | null, rules: RequestRules): string {
  const item = rules.itemOf(id)
  const isKept = item?.isStaffOnly === true || item?.isAboutStaff === true
  return JSON.stringify([
    item?.unit ?? null,
    [...(item?.coUnits ?? [])].sort(),
    item?.isDispatchedAtOnce === true && !isKept,
    item?.isStaffOnly === true,
    item?.isAboutStaff === true,
  ])
}
