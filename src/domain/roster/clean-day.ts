/** Days as rosters write them. */
import { isDay, numberToDay, type Day } from '../day.ts'
import { cellToText, type Cell } from './sheet.ts'

/** Day 0 of the spreadsheets' calendar, which takes 1900 for a leap year; days since 1970. */
const serialStart = -25_569
const earliestSerial = 61 // from March 1900 on the two calendars agree
const latestSerial = 109_574 // 2199-12-31

/** 19900101, 1990.1.1, 1990/1/1, 1990年1月1日, with or without a time, or a serial number; null where it is no day. */
export function cellToDay(cell: Cell): Day | null {
  if (typeof cell === 'number' && cell < 1_000_000) return serialToDay(cell)
  const text = cellToText(cell)
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (compact) return toDay(compact)
  const written =
    /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:[\sT]+\d{1,2}:\d{2}.*)?$/.exec(
      text,
    )
  if (written) return toDay(written)
  return /^\d{5}(\.\d+)?$/.test(text) ? serialToDay(Number(text)) : null
}

function serialToDay(serial: number): Day | null {
  if (serial < earliestSerial || serial > latestSerial) return null
  return numberToDay(Math.floor(serial) + serialStart)
}

function toDay([, year, month, date]: readonly (string | undefined)[]): Day | null {
  const day = `${year ?? ''}-${(month ?? '').padStart(2, '0')}-${(date ?? '').padStart(2, '0')}`
  return isDay(day) ? day : null
}
