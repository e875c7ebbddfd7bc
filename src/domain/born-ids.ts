/**
 * Ids that say in which stream their record was born (docs/decisions/0037). A UUID of version 8 (RFC 9562): of a fresh
 * one of version 7 its 48 bits of time and its 42 bits of counting and chance stay, so that a stream's records lie
 * roughly in order of making; its last 32 bits are the mark of the stream. A record is made only in the stream whose
 * mark its id has, so that an id is made once among all streams, though no database looks at all of them. No two
 * streams have the same mark: a place whose mark is taken is not added.
 */

/** The id of a record that is made in a stream. `id`: a fresh UUID of version 7. */
export function idBornIn(stream: string, id: string): string {
  return `${id.slice(0, 14)}8${id.slice(15, 28)}${markOfStream(stream)}`.toLowerCase()
}

/** Whether a record with this id may be made in a stream; null where the id is of the form of before, which says nothing. */
export function isBornIn(id: string, stream: string): boolean | null {
  if (id.charAt(14) !== '8') return null
  return id.slice(28).toLowerCase() === markOfStream(stream)
}

/** Twelve hexadecimal digits that differ from record to record: the end of an id of the form of before, else what stands before the mark. */
export function shortOfId(id: string): string {
  return id.charAt(14) === '8' ? id.replaceAll('-', '').slice(12, 24) : id.slice(-12)
}

/** Eight hexadecimal digits: FNV-1a of the stream's id, with all bits stirred once more. */
export function markOfStream(stream: string): string {
  let hash = 0x811c9dc5
  for (const letter of stream.toLowerCase()) {
    hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0')
}
