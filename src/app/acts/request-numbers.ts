/** Numbers of requests that are made on this device: see `domain/requests/number.ts`. */
import { instantToDay, type Instant } from '#domain/day.ts'
import { requestNumber } from '#domain/requests/number.ts'
import type { Register } from '#app/register/register.ts'

/**
 * The community's letters, the day, two characters of the request's own id, and its count of that day. Until a server
 * gives each device a tag of its own, the id keeps two phones without a signal apart. Several of one numbering count on.
 */
export function createNumbering(
  register: Register,
): (stream: string, request: string, at: Instant) => string {
  const counts = new Map<string, number>()
  return (stream, request, at) => {
    const path = register.pathOf(stream)
    const letters = path.findLast(({ fields }) => fields.letters)?.fields.letters ?? 'WS'
    const day = instantToDay(at)
    const key = `${letters}-${day}`
    const count = (counts.get(key) ?? countOfDay(register, `${letters}-`, day)) + 1
    counts.set(key, count)
    return requestNumber({ letters, at, tag: request.slice(-2).toUpperCase(), count })
  }
}

function countOfDay(register: Register, prefix: string, day: string): number {
  let count = 0
  for (const { fields } of register.all('request')) {
    if (fields.number.startsWith(prefix) && instantToDay(fields.at) === day) count += 1
  }
  return count
}
