/** What somebody looks for in a list of requests. */
import { waitsFor, type RequestWait } from './request-waits.ts'
import { readFollowCode } from '#domain/requests/follow-code.ts'
import { readRequestNumber } from '#domain/requests/number.ts'
import type { Rec, Register } from '#app/register/register.ts'
import { outsideNumbers, type RequestView } from './requests.ts'

export interface RequestFilter {
  /** Of the number, here or elsewhere, the words or the place. */
  readonly text: string
  /** Name of the kind; '' for all. */
  readonly kind: string
  readonly isLate: boolean
  /** For what it waits in an office; null for all. */
  readonly waits: RequestWait | null
}

export const noFilter: RequestFilter = { text: '', kind: '', isLate: false, waits: null }

/** What a request is called in a list: its kind, else its words. */
export function nameOf({ request }: Pick<RequestView, 'request'>): string {
  return request.fields.itemName ?? request.fields.words ?? ''
}

export function filterRequests(
  views: readonly RequestView[],
  { text, kind, isLate, waits }: RequestFilter,
): readonly RequestView[] {
  const wanted = text.normalize('NFKC').trim().toUpperCase()
  if (wanted === '' && kind === '' && !isLate && waits === null) return views
  return views.filter((view) => {
    if (isLate && !view.isLate) return false
    if (waits !== null && !waitsFor(view, waits)) return false
    if (kind !== '' && nameOf(view) !== kind) return false
    if (wanted === '') return true
    const { number, words, itemName, where } = view.request.fields
    return [number, words, itemName, where, ...outsideNumbers(view)].some((part) =>
      part?.toUpperCase().includes(wanted),
    )
  })
}

/** One request, as its asker names it: by the number or by the follow-up code. */
export type Sought =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'code'; readonly code: string }
  /** Meant as a code, with a slip in it. */
  | { readonly kind: 'mistyped' }

/** Null of a text that names none: it is looked for in what the requests say. */
export function soughtBy(text: string): Sought | null {
  const number = readRequestNumber(text)
  if (number !== null) return { kind: 'number', number }
  const read = readFollowCode(text)
  return read.kind === 'other' ? null : read
}

/** On this device; `isCodeEnded`: the code was replaced by another one. */
export function findHere(
  register: Register,
  wanted: { readonly number: string } | { readonly hash: string },
): { readonly request: Rec<'request'>; readonly isCodeEnded: boolean } | null {
  if ('number' in wanted) {
    for (const request of register.all('request')) {
      if (request.fields.number === wanted.number) return { request, isCodeEnded: false }
    }
    return null
  }
  for (const { fields } of register.all('asker')) {
    const token = fields.tokens?.find(({ hash }) => hash === wanted.hash)
    const request = token && register.get('request', fields.request)
    if (request) return { request, isCodeEnded: Boolean(token.ended) }
  }
  return null
}
