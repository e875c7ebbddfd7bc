/** The parameters of `GET requests.json`: GeoReport v2, and of its known extensions the pages and the time of change. */
import { isMoment } from '#domain/day.ts'
import { requestNumberShape } from '#domain/requests/number.ts'
import type { Question } from '../db/hotline-own.ts'

type Status = 'open' | 'closed'

/** Ids of one question, requests of one page, and days back where nothing else is asked. */
const mostIds = 200
const mostOnPage = 100
const usualDays = 90

export type Asked = Question & { readonly status: readonly Status[] | null }

/** Or the first parameter that cannot be read. */
export function readQuestion(
  query: Readonly<Record<string, string>>,
  now: number,
): Asked | { readonly field: string } {
  const listOf = (name: string): readonly string[] | undefined =>
    query[name] === undefined || query[name] === ''
      ? undefined
      : query[name].split(',').map((one) => one.trim())
  const numbers = listOf('service_request_id')
  if (numbers && (numbers.length > mostIds || !numbers.every(isNumber))) {
    return { field: 'service_request_id' }
  }
  const services = listOf('service_code')
  if (services && (services.length > mostIds || !services.every(isCode)))
    return { field: 'service_code' }
  const status = listOf('status')
  if (status && !status.every(isStatus)) return { field: 'status' }
  const moments = new Map<string, string>()
  for (const name of ['start_date', 'end_date', 'updated_after', 'updated_before']) {
    const given = query[name]
    if (given === undefined || given === '') continue
    // A plus that a caller did not encode comes as a blank.
    const text = given.replace(/ (\d\d:\d\d)$/, '+$1')
    if (!isInstant(text)) return { field: name }
    moments.set(name, new Date(text).toISOString())
  }
  const page = wholeOf(query['page'], 1, 100_000)
  const size = wholeOf(query['page_size'], mostOnPage, mostOnPage)
  if (page === null) return { field: 'page' }
  if (size === null) return { field: 'page_size' }
  const isOpenEnded = numbers !== undefined || moments.size > 0
  return {
    ...{
      numbers,
      services,
      status: status && status.filter(isStatus).length > 0 ? status.filter(isStatus) : null,
    },
    from:
      moments.get('start_date') ??
      (isOpenEnded ? undefined : new Date(now - usualDays * 86_400_000).toISOString()),
    to: moments.get('end_date'),
    after: moments.get('updated_after'),
    before: moments.get('updated_before'),
    limit: size,
    offset: (page - 1) * size,
  }
}

const isNumber = (text: string) => requestNumberShape.test(text)
const isCode = (text: string) => /^[\w-]{1,40}$/.test(text)
const isStatus = (text: string): text is Status => text === 'open' || text === 'closed'
const isInstant = (text: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text) && isMoment(text)

function wholeOf(text: string | undefined, usual: number, most: number): number | null {
  if (text === undefined || text === '') return usual
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0
  return value >= 1 && value <= most ? value : null
}
