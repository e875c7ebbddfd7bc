/** What somebody looks for in a list of requests. */
import { waitsFor, type RequestWait } from './request-waits.ts'
import type { RequestView } from './requests.ts'

export interface RequestFilter {
  /** Of the number, the words or the place. */
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
    return [number, words, itemName, where].some((part) => part?.toUpperCase().includes(wanted))
  })
}
