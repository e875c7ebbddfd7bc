/**
 * What a sealed page holds: the server's lines as they came, each behind a line feed, since writing 30 MB of JSON anew
 * costs a phone more than everything else of a first pull; or one object `{records, changes}`, of pages that were put
 * together here and of all that earlier versions wrote.
 */
import { bytesToText, textToBytes, type Bytes } from '#app/platform/sealing.ts'
import type { PageLine } from '#protocol/pull.ts'

export type PageContent = Pick<PageLine, 'records' | 'changes'>

const lineFeed = '\n'

export function contentToBytes({ records, changes }: PageContent): Bytes {
  return textToBytes(JSON.stringify({ records, changes }))
}

export function linesToBytes(lines: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, 0))
  let at = 0
  for (const line of lines) {
    whole[at] = lineFeed.charCodeAt(0)
    whole.set(line, at + 1)
    at += line.length + 1
  }
  return whole
}

/** What this vault sealed itself needs no second check of its shape. Null where it is no JSON. */
export function bytesToContent(bytes: Bytes): PageContent | null {
  const text = bytesToText(bytes)
  try {
    if (!text.startsWith(lineFeed)) return JSON.parse(text) as PageContent
    const lines = text
      .slice(1)
      .split(lineFeed)
      .map((line) => JSON.parse(line) as PageContent)
    const [only] = lines
    if (only && lines.length === 1) return { records: only.records, changes: only.changes }
    return {
      records: lines.flatMap((line) => line.records),
      changes: lines.flatMap((line) => line.changes),
    }
  } catch {
    return null
  }
}
