/** Bytes as text, in whichever of the ways Chinese programs write it. */
import { FileFault } from './file-fault.ts'

/**
 * By its mark, else as `declared` says, else UTF-8 where every byte fits, else GB 18030, in which Chinese spreadsheets
 * save. Throws a FileFault where it is none of these.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): string {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder().decode(bytes)
  // A web page of UTF-16 at times has no mark; its tags tell.
  if (first === 0x3c && second === 0) return new TextDecoder('utf-16le').decode(bytes)
  const ways = [...(declared === null ? [] : [declared]), 'utf-8', 'gb18030']
  for (const way of ways) {
    try {
      return new TextDecoder(way, { fatal: true }).decode(bytes)
    } catch {
      // A page may say what it is not; the next way is tried.
    }
  }
  throw new FileFault('not-a-table')
}
