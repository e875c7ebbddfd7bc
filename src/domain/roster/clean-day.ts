/** Days as rosters write them. */
import { isDay, type Day } from '../day.ts'
import { plainText } from '../text.ts'
import { cellToText, serialToDay, type Cell } from './sheet.ts'

/** A year, or year and month, as numbers are no serial of a day: 1958.03, 2019. In 1908 day 3,000 was. */
const leastSerial = 3_000

/** 19900101, 1990.1.1, 1990/1/1, 1990年1月1日, with or without a time, or a serial number; null where it is no day. */
export function cellToDay(cell: Cell): Day | null {
  // A spreadsheet puts its own year to 3月2日, and the first day to 1990年3月: nobody wrote these.
  if (typeof cell === 'object' && cell !== null) {
    const day = cell.shown === 'month-day' ? null : serialToDay(cell.serial)
    return cell.shown === 'year-month' && day?.endsWith('-01') ? null : day
  }
  if (typeof cell === 'number' && cell < 1_000_000)
    return cell < leastSerial ? null : serialToDay(cell)
  const text = plainText(cellToText(cell))
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (compact) return toDay(compact)
  const written =
    /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:[\sT]+\d{1,2}:\d{2}.*)?$/.exec(
      text,
    )
  if (written) return toDay(written)
  return /^\d{5}(\.\d+)?$/.test(text) ? serialToDay(Number(text)) : null
}

function toDay([, year, month, date]: readonly (string | undefined)[]): Day | null {
  const day = `${year ?? ''}-${(month ?? '').padStart(2, '0')}-${(date ?? '').padStart(2, '0')}`
  return isDay(day) ? day : null
}
