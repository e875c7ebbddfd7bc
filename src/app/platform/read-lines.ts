import type { Bytes } from './sealing.ts'

export type LinesRead = 'ended' | 'stopped' | 'too-long' | 'not-text'

const [lineFeed, carriageReturn] = [10, 13]

/**
 * Cuts a stream of UTF-8 into lines as it comes, and hands each over as text and as the bytes that it was; the last
 * one needs no line end. No character contains the byte of a line feed, so that lines are found before they are read.
 * `onLine` is awaited, so a slow reader slows the sender down; 'stop' lets go of the stream. `maxLength` in bytes.
 * Fails where the stream does, and with what `onLine` fails with.
 */
export async function readLines(
  stream: ReadableStream<Bytes>,
  maxLength: number,
  heard: () => void,
  onLine: (line: string, bytes: Bytes) => Promise<'go-on' | 'stop'>,
): Promise<LinesRead> {
  const reader = stream.getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let pieces: Bytes[] = []
  let length = 0
  let atEnd = false

  const add = (piece: Bytes) => {
    if (piece.length > 0) pieces.push(piece)
    length += piece.length
    return length <= maxLength
  }
  const line = async (): Promise<'go-on' | 'stop' | 'not-text'> => {
    const whole = join(pieces, length)
    pieces = []
    length = 0
    const bytes = whole.at(-1) === carriageReturn ? whole.subarray(0, -1) : whole
    const text = decode(decoder, bytes)
    return text === null ? 'not-text' : onLine(text, bytes)
  }

  try {
    while (!atEnd) {
      const { done, value } = await reader.read()
      heard()
      atEnd = done
      const chunk = value ?? new Uint8Array()
      let start = 0
      for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
        if (!add(chunk.subarray(start, end))) return 'too-long'
        start = end + 1
        const next = await line()
        if (next !== 'go-on') return next === 'stop' ? 'stopped' : next
      }
      if (!add(chunk.subarray(start))) return 'too-long'
    }
    if (length === 0) return 'ended'
    const last = await line()
    return last === 'go-on' ? 'ended' : last === 'stop' ? 'stopped' : last
  } finally {
    // Also where `onLine` failed: nobody reads on. A stream that failed or ended has nothing to cancel.
    if (!atEnd) reader.cancel().catch(() => {})
  }
}

function join(pieces: readonly Bytes[], length: number): Bytes {
  if (pieces.length === 1 && pieces[0]) return pieces[0]
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** Null where the bytes are no UTF-8. */
function decode(decoder: TextDecoder, bytes: Bytes): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}
