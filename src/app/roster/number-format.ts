/** What a number format (ECMA-376, 18.8.31) makes of a number, as far as it says what the number means. */
import type { Cell, ShownDate } from '#domain/roster/sheet.ts'

export type NumberFormat =
  | { readonly kind: 'date'; readonly shown: ShownDate }
  /** 3 shown as 3号, 0302 or 第3幢: what people see there is the text. */
  | {
      readonly kind: 'words'
      readonly before: string
      readonly after: string
      readonly digits: number
    }

/** By number, in the Chinese edition too (18.8.30); null of a format that shows the bare number. */
export function builtInFormat(id: number): NumberFormat | null {
  const shown = builtIn.get(id)
  return shown ? { kind: 'date', shown } : null
}

const builtIn = new Map<number, ShownDate>([
  ...[14, 15, 22, 30, 31, 36, 50].map((id) => [id, 'day'] as const),
  ...[16, 28, 29, 51, 53, 54, 58].map((id) => [id, 'month-day'] as const),
  ...[17, 27, 52, 55, 56, 57].map((id) => [id, 'year-month'] as const),
])

/** Null of a format that shows the bare number, and of amounts, parts and times of day, which no roster keeps. */
export function formatOf(code: string): NumberFormat | null {
  const [positive = ''] = code.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/)
  // Colours, languages and conditions stand in brackets, and so do hours that are counted.
  const inForce = positive.replace(/\[[^\]]*\]/g, '')
  const shown = shownDate(inForce.replace(/"[^"]*"|\\.|_.|\*.|general/gi, ''))
  return shown ? { kind: 'date', shown } : wordsOf(inForce)
}

/** `e` is the year of an era; of 1E+3 it is none. */
function shownDate(bare: string): ShownDate | null {
  const hasYear = /y|e(?![+-])/i.test(bare)
  if (/d/i.test(bare)) return hasYear ? 'day' : /m/i.test(bare) ? 'month-day' : null
  return hasYear ? 'year-month' : null
}

/** `0"号"`, `"第"0"幢"`, `0000` and `G/通用格式"室"`; not `0.00`, `#,##0` or `0%`. */
function wordsOf(code: string): NumberFormat | null {
  const match =
    /^((?:"[^"]*"|\\.)*)(0+|#|#*0+|general|G\/通用格式|@)((?:"[^"]*"|\\.|[\p{Script=Han}#])*)$/iu.exec(
      code.trim(),
    )
  if (!match) return null
  const [before, after] = [plainWords(match[1] ?? ''), plainWords(match[3] ?? '')]
  const digits = /0+$/.exec(match[2] ?? '')?.[0].length ?? 0
  if (before === '' && after === '' && digits < 2) return null
  return { kind: 'words', before, after, digits }
}

function plainWords(text: string): string {
  return text.replace(/"([^"]*)"|\\(.)/g, (_, quoted?: string, one?: string) => quoted ?? one ?? '')
}

/** A number as its cell means it. Days of a file that counts from 1904 are moved to the usual calendar. */
export function numberToCell(number: number, format: NumberFormat | null, from1904: boolean): Cell {
  if (format?.kind === 'date') {
    return { serial: number + (from1904 ? years1904 : 0), shown: format.shown }
  }
  if (format === null || !Number.isSafeInteger(number) || number < 0) return number
  return `${format.before}${String(number).padStart(format.digits, '0')}${format.after}`
}

export const years1904 = 1_462
