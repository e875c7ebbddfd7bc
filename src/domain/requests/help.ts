/**
 * What a request says of the person whom it was to help. Asking may bring somebody sooner and never counts against
 * anybody: a colour learns that help is still being given, or that it was not, and nothing else of any request.
 */
import { instantToDay } from '../day.ts'
import type { Item } from './catalogue.ts'
import { courseOf, type Course, type JudgedStep } from './course.ts'
import type { HelpRequest } from './help-facts.ts'
import { openStates } from './transition.ts'

/** Matters of which nothing ever becomes a fact, whatever else the catalogue says of them. */
export function isHelpItem(item: Item | null): boolean {
  return item?.isHelp === true && item.isStaffOnly !== true && item.isAboutStaff !== true
}

/** Null of what is no help for a person, and of what was withdrawn, called invalid or merged. */
export function helpOf(
  request: { readonly number: string; readonly item?: string | null | undefined },
  steps: readonly JudgedStep[],
  itemOf: (id: string | null | undefined) => Item | null,
): HelpRequest | null {
  const course = courseOf(steps)
  if (!isHelpItem(itemOf(course.item ?? request.item))) return null
  return helpIn(request.number, course)
}

/** How the request of a matter of help stands, as far as anything may come of it. */
export function helpIn(
  number: string,
  { state, ending, word, closedAt }: Pick<Course, 'state' | 'ending' | 'word' | 'closedAt'>,
): HelpRequest | null {
  if (openStates.includes(state)) return { number, isOpen: true, unmetOn: null }
  if (state !== 'closed' || closedAt === null) return null
  const isUnmet = ending === 'partly' || ending === 'explained' || word?.solved === false
  return { number, isOpen: false, unmetOn: isUnmet ? instantToDay(closedAt) : null }
}
