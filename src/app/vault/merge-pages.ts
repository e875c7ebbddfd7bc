/** Pages of one stream put together; pure. Versions are dense and in commit order, so pages that follow each other add up. */
import type { PageLine } from '#protocol/pull.ts'

/** Records and changes in one sealed page: large enough to load fast, small enough to be read between two frames. */
export const pageSize = 1_024

export const sizeOf = (page: PageLine) => page.records.length + page.changes.length

/** What one call brings of one stream. */
export interface Gathered {
  readonly stream: string
  readonly pages: readonly GatheredPage[]
}

export interface GatheredPage {
  readonly page: PageLine
  /** The pages that it was joined from, in order. */
  readonly parts: readonly PageLine[]
}

/**
 * Pages as they came, by stream, the small ones that follow each other joined. What lies before a page with `reset`
 * is gone. A page that leaves a hole, or changes the epoch without `reset`, is a bug of the caller.
 */
export function gatherPages(lines: readonly PageLine[]): readonly Gathered[] {
  const byStream = new Map<string, GatheredPage[]>()
  for (const line of lines) {
    const pages = byStream.get(line.stream) ?? []
    byStream.set(line.stream, pages)
    const held = pages.at(-1)
    const alone = { page: line, parts: [line] }
    if (line.reset || !held) {
      pages.splice(0, pages.length, alone)
      continue
    }
    const last = held.page
    if (line.epoch !== last.epoch || line.from > last.to) throw new Error('a page leaves a hole')
    if (line.to < last.to) throw new Error('a page is older than the one before it')
    if (sizeOf(last) + sizeOf(line) > pageSize) pages.push(alone)
    else pages[pages.length - 1] = { page: join(last, line), parts: [...held.parts, line] }
  }
  return [...byStream].map(([stream, pages]) => ({ stream, pages }))
}

function join({ proof: _, ...first }: PageLine, next: PageLine): PageLine {
  return {
    ...first,
    to: next.to,
    records: [...first.records, ...next.records],
    changes: [...first.changes, ...next.changes],
    ...(next.proof === undefined ? {} : { proof: next.proof }),
  }
}

/**
 * The same in as few pages as possible: of each record its last state (a tombstone stays: it says that something was
 * there), every change once. `pages` are of one stream and follow each other, in the order written.
 */
export function mergePages(pages: readonly PageLine[]): readonly PageLine[] {
  const first = pages[0]
  const last = pages.at(-1)
  if (!first || !last) return []
  const records = new Map<string, PageLine['records'][number]>()
  const changes = new Map<string, PageLine['changes'][number]>()
  for (const page of pages) {
    for (const record of page.records) records.set(`${record.kind} ${record.id}`, record)
    for (const change of page.changes) changes.set(change.id, change)
  }
  // What was taken back or purged is forgotten with what it was before; its last line alone stays. A record that went
  // to another stream has a tombstone as well, but no line that removes it.
  const tombstones = new Set(
    [...records.values()].filter(({ removed }) => removed).map(({ id }) => id),
  )
  const gone = new Set(
    [...changes.values()].filter(({ op }) => op === 'remove').map(({ record }) => record),
  )
  for (const { id, op, record } of [...changes.values()]) {
    if (op === 'patch' && tombstones.has(record) && gone.has(record)) changes.delete(id)
  }
  const byVersion = [...records.values(), ...changes.values()].sort((a, b) => a.version - b.version)
  const recordSet = new Set<unknown>(records.values())

  const merged: PageLine[] = []
  let from = first.from
  for (let start = 0; start === 0 || start < byVersion.length;) {
    let end = Math.min(byVersion.length, start + pageSize)
    // A record and the change that made it have the same version and stay together.
    while (end < byVersion.length && byVersion[end]?.version === byVersion[end - 1]?.version) end++
    const inside = byVersion.slice(start, end)
    const to = end === byVersion.length ? last.to : (byVersion[end - 1]?.version ?? last.to)
    merged.push({
      type: 'page',
      stream: first.stream,
      epoch: last.epoch,
      from,
      to,
      ...(start === 0 && first.reset ? { reset: true as const } : {}),
      records: inside.filter((one): one is PageLine['records'][number] => recordSet.has(one)),
      changes: inside.filter((one): one is PageLine['changes'][number] => !recordSet.has(one)),
    })
    from = to
    if (end === start) break
    start = end
  }
  return merged
}
