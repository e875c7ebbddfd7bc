/** What somebody who searches means, read from the way it is typed. */
import { parseRoomQuery, type RoomQuery } from '#domain/address.ts'

export interface Query {
  /** Chinese characters: a name or a part of one. */
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
  const query = text.normalize('NFKC').trim()
  if (query === '') return null
  const compact = query.replace(/\s+/g, '')
  if (/^[a-z']+$/i.test(compact)) {
    return { ...nothing, pinyin: compact.replace(/'/g, '').toLowerCase() }
  }
  if (/^[\d-]*[\dXx]$/.test(compact)) {
    const digits = compact.replace(/-/g, '').toUpperCase()
    // 3-2-501 is a door; a plain number may be both a door and the end of a telephone.
    const isDoor = compact.includes('-') && compact.length <= 12
    return {
      ...nothing,
      digits: !isDoor && digits.length >= 4 ? digits : null,
      room: parseRoomQuery(compact),
    }
  }
  const plain = parseRoomQuery(compact)
  if (plain) return { ...nothing, room: plain }
  const withEstate = /^([\p{Script=Han}]+?)(\d.*)$/u.exec(compact)
  if (withEstate) {
    const room = parseRoomQuery(withEstate[2] ?? '')
    if (room) return { ...nothing, estate: withEstate[1] ?? null, room }
  }
  return { ...nothing, name: compact }
}

const nothing: Query = { name: null, pinyin: null, digits: null, room: null, estate: null }
