/**
 * The number of a request: short enough for the telephone, unique without a connection, and no key to anything.
 * `JJQ-261125-07-03`: the community's letters, the day in China, the tag of the device, its count of that day.
 */
import { instantToDay, type Instant } from '../day.ts'

export interface NumberParts {
  /** Two to four capital letters of the community, unique in the subdistrict. */
  readonly letters: string
  readonly at: Instant
  /** Two characters that the server gave this device, unique in the community and never used again. */
  readonly tag: string
  /** 1, 2, 3 … of that day on that device. */
  readonly count: number
}

export function requestNumber({ letters, at, tag, count }: NumberParts): string {
  const day = instantToDay(at).replaceAll('-', '').slice(2)
  return `${letters}-${day}-${tag}-${String(count).padStart(2, '0')}`
}

/** Of every number that this office gives. */
export const requestNumberShape = /^[A-Z]{2,4}-\d{6}-[0-9A-Z]{2}-\d{2,4}$/

/** A number as somebody reads it out or types it; null where it is none. */
export function readRequestNumber(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s—–_.·]+/g, '-')
  const [, letters, day, tag, count] =
    /^-*([A-Z]{2,4})-*(\d{6})-*([0-9A-Z]{2})-*(\d{1,4})-*$/.exec(plain) ?? []
  if (!letters || !day || !tag || !count) return null
  const number = `${letters}-${day}-${tag}-${count.padStart(2, '0')}`
  return requestNumberShape.test(number) ? number : null
}
