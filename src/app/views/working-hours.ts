/** Working hours as an office writes them: `08:30-12:00 13:30-17:30`. */
import type { Calendar } from '#domain/calendar.ts'

type Hours = Calendar['hours']

const minutes = (hour: string | undefined, minute: string | undefined) =>
  Number(hour) * 60 + Number(minute)

/** Null where it cannot be read, or where spans overlap or end before they begin. */
export function readHours(text: string): Hours | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[，,、;；]/g, ' ')
    .replace(/\s*[-–—~至到]\s*/g, '-')
  const spans: [number, number][] = []
  for (const part of plain.trim().split(/\s+/)) {
    const found = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(part)
    if (!found) return null
    const [from, to] = [minutes(found[1], found[2]), minutes(found[3], found[4])]
    if (Number(found[2]) > 59 || Number(found[4]) > 59 || to > 1_440 || from >= to) return null
    if ((spans.at(-1)?.[1] ?? -1) >= from) return null
    spans.push([from, to])
  }
  return spans.length > 0 && spans.length <= 6 ? spans : null
}

export function writeHours(hours: Hours): string {
  const time = (at: number) =>
    `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
  return hours.map(([from, to]) => `${time(from)}-${time(to)}`).join(' ')
}
