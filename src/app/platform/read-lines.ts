export type LinesRead = 'ended' | 'stopped' | 'too-long' | 'not-text'

/**
 * Cuts a stream of UTF-8 into lines as it comes; a border between two chunks may lie inside a character. The last
 * line needs no line end. `onLine` is awaited, so a slow reader slows the sender down; 'stop' lets go of the stream.
 * Fails where the stream does, and with what `onLine` fails with.
 */
export async function readLines(
  stream: ReadableStream<Uint8Array>,
  maxLength: number,
  heard: () => void,
  onLine: (line: string) => Promise<'go-on' | 'stop'>,
): Promise<LinesRead> {
  const reader = stream.getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  let pieces: string[] = []
  let length = 0
  let atEnd = false

  const add = (piece: string) => {
    pieces.push(piece)
    length += piece.length
    return length <= maxLength
  }
  const line = () => {
    const whole = pieces.join('')
    pieces = []
    length = 0
    return whole.endsWith('\r') ? whole.slice(0, -1) : whole
  }

  try {
    while (!atEnd) {
      const chunk = await reader.read()
      heard()
      atEnd = chunk.done
      const text = decode(decoder, chunk.value)
      if (text === null) return 'not-text'
      let start = 0
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        if (!add(text.slice(start, end))) return 'too-long'
        start = end + 1
        if ((await onLine(line())) === 'stop') return 'stopped'
      }
      if (!add(text.slice(start))) return 'too-long'
    }
    if (length > 0 && (await onLine(line())) === 'stop') return 'stopped'
    return 'ended'
  } finally {
    // Also where `onLine` failed: nobody reads on. A stream that failed or ended has nothing to cancel.
    if (!atEnd) reader.cancel().catch(() => {})
  }
}

/** The rest without a chunk; null where the bytes are no UTF-8. */
function decode(decoder: TextDecoder, chunk: Uint8Array | undefined): string | null {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined })
  } catch {
    return null
  }
}
