/** What somebody who searches means, read from the way it is typed. */
import { parseDoor, parseRoomQuery, type RoomQuery } from './address.ts'
import { documentKey } from './document-key.ts'
import { nameKey } from './name.ts'
import { phoneKey } from './phone.ts'
import { plainText } from './text.ts'

export interface Query {
  /** A name or a part of one, as `nameKey`: whatever was typed may be what somebody is called. */
  readonly name: string | null
  /** Latin letters in lower case, blanks taken out. */
  readonly pinyin: string | null
  /** Last digits, four and more, of a telephone or document. */
  readonly digits: string | null
  readonly room: RoomQuery | null
  /** Estate before a room, e.g. 清风阳光苑3-2-501. */
  readonly estate: string | null
}

/** Null where nothing was typed that could be looked for. */
export function readQuery(text: string): Query | null {
  const query = plainText(text)
  const name = nameKey(query)
  const compact = query.replace(/\s+/g, '')
  if (compact === '') return null
  const asName: Query = { ...nothing, name: name === '' ? null : name }
  if (/^[a-zü'·.-]*[a-zü][a-zü'·.-]*$/i.test(compact))
    return { ...asName, pinyin: pinyinOf(compact) }
  if (/^[+\d()-]*[\dXx]$/.test(compact)) {
    // 0571-0000 0000 is a telephone, 3-2-501 a door, and a plain number may be both a door and the end of a telephone.
    const isDoor =
      /^\d{1,4}-[\d-]*[\dA-Z]$/i.test(compact) && compact.length <= 10 && !compact.startsWith('0')
    const digits = isDocument(compact)
      ? compact.toUpperCase().replace(/\D(?!$)/g, '')
      : phoneKey(compact)
    return {
      ...asName,
      digits: !isDoor && digits.length >= 4 ? digits : null,
      room: parseRoomQuery(compact),
    }
  }
  const door = parseDoor(query)
  if (!door) return asName
  const { estate, building, unit, room } = door
  const number = building?.replace(/[幢号]$/u, '') ?? null
  return { ...asName, estate, room: { building: number, unit, room: room ?? '' } }
}

const nothing: Query = { name: null, pinyin: null, digits: null, room: null, estate: null }

/** lyu and lü, as passports and keyboards have them, are lv. */
function pinyinOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/['·.-]/g, '')
    .replace(/ü/g, 'v')
    .replace(/([ln])yu/g, '$1v')
}

/** Fifteen digits and more are a document's, unless they begin as a call from abroad does: 0086 100 1234 5501. */
const isDocument = (text: string) =>
  /X$/i.test(text) || (!/^(?:\+|00)/.test(text) && text.replace(/\D/g, '').length >= 15)

/** Which of somebody's numbers ends with what was typed (`Query.digits`), or is that and no longer; null where none does. */
export function matchDigits(
  person: {
    readonly documentNumber?: string | null | undefined
    readonly phones?: readonly string[] | null | undefined
  },
  typed: string,
  isWhole = false,
): 'document' | 'telephone' | null {
  const fits = (key: string) => (isWhole ? key === typed : key.endsWith(typed))
  if (person.documentNumber && fits(documentKey(person.documentNumber))) return 'document'
  return person.phones?.some((phone) => fits(phoneKey(phone))) ? 'telephone' : null
}

/** Buildings and units as they are named: 03幢02单元 is 3幢2单元. */
export function plainNumber(part: string | null | undefined): string | null | undefined {
  return part?.replace(/^0+(?=\d)/, '')
}

/** 3幢 and 3号 for 3, but not 13幢. */
export function isNumbered(name: string, number: string): boolean {
  return name.startsWith(number) && !/\d/.test(name.charAt(number.length))
}
