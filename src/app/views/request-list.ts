/** Requests as a list shows them, and what narrows it. */
import { instantToDay, type Day } from '#domain/day.ts'
import type { RequestState, StepName } from '#domain/requests/step.ts'
import { openStates } from '#domain/requests/transition.ts'
import type { Register } from '#app/register/register.ts'
import { filterRequests, type RequestFilter } from './request-filter.ts'
import { dueShown, siteShown, type DueShown, type SiteShown } from './request-page.ts'
import {
  listRequests,
  waitingAct,
  type RequestList,
  type RequestView,
  type Viewer,
} from './requests.ts'

export interface RequestLine {
  readonly id: string
  readonly item: string | null
  readonly itemName: string | null
  readonly words: string | null
  readonly state: RequestState
  /** An act of the office that is kept here and counts once the server has it. */
  readonly waits: StepName | null
  readonly due: DueShown | null
  readonly site: SiteShown
}

export function lineOf(register: Register, view: RequestView, viewer: Viewer): RequestLine {
  const { id, fields } = view.request
  return {
    ...{ id, item: fields.item ?? null, itemName: fields.itemName ?? null },
    words: fields.words ?? null,
    state: view.course.state,
    waits: waitingAct(view, viewer),
    due: dueShown(view),
    site: siteShown(register, fields),
  }
}

export interface ListShown {
  /** All of the list, whatever the filter. */
  readonly all: readonly RequestView[]
  readonly found: readonly RequestView[]
  readonly late: number
  /** What was called a kind: the words of one without are no choice for others. */
  readonly kinds: readonly string[]
}

export function listShown(all: readonly RequestView[], filter: RequestFilter): ListShown {
  return {
    all,
    found: filterRequests(all, filter),
    late: all.filter(({ isLate }) => isLate).length,
    kinds: [...new Set(all.flatMap(({ request }) => request.fields.itemName ?? []))].sort(),
  }
}

export const requestLists: readonly RequestList[] = ['mine', 'open', 'done']

export interface TodayShown {
  /** To call back by the end of the day, and promised for it or for a day before. */
  readonly callBacks: number
  readonly due: number
  readonly first: readonly RequestView[]
}

const mostToday = 5

export function todayRequests(register: Register, viewer: Viewer, day: Day): TodayShown {
  const { open } = listRequests(register, viewer)
  const isBy = (at: number | null) => at !== null && instantToDay(new Date(at).toISOString()) <= day
  const callBacks = open.filter(({ callBackDue }) => isBy(callBackDue))
  const due = open.filter((view) => isPromised(view) && isBy(view.promise?.at ?? null))
  return {
    callBacks: callBacks.length,
    due: due.length,
    first: [...callBacks, ...due].slice(0, mostToday),
  }
}

/** Somebody waits for an answer that was promised, and it does not stand still. */
function isPromised({ course, promise }: RequestView): boolean {
  const isOpen = openStates.includes(course.state) && course.state !== 'verifying'
  return isOpen && promise?.suspendedAt === null
}
