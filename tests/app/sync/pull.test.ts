import { describe, expect, test } from 'vitest'
import { cursorsToHeld } from '#protocol/held.ts'
import type { PageLine, PullLine, ScopeLine } from '#protocol/pull.ts'
import { pullOnce } from '#app/sync/pull.ts'
import { createDisk, createMemoryVault } from '#tests/support/memory-vault.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { grid, otherGrid } from './stories.ts'

const account = '0000000d-0000-7000-8000-000000000001'

function scope(streams: Record<string, number>): ScopeLine {
  return {
    type: 'scope',
    now: '2026-11-23T06:32:00.000Z',
    account: { id: account, name: '样本员', role: 'worker' },
    streams: Object.entries(streams).map(([id, head]) => ({ id, epoch: 1, head, write: true })),
    expected: 1,
  }
}
function page(stream: string, from: number, to: number, more: Partial<PageLine> = {}): PageLine {
  return { type: 'page', stream, epoch: 1, from, to, records: [], changes: [], ...more }
}

async function pull(
  lines: readonly PullLine[],
  {
    cursors = {},
    waiting = [] as string[],
    interruptAt = Infinity,
    isQuiet = false,
    /** The second answer and those after it end after so many lines. */
    breakAfter = Infinity,
    /** What the first answer says; null: the same as all others. */
    first = null as readonly PullLine[] | null,
    held = [] as readonly PullLine[],
    reach = null as Readonly<Record<string, string>> | null,
  } = {},
) {
  const asked: (string | undefined)[] = []
  const from: string[][] = []
  const disk = createDisk()
  disk.cursors = { ...cursors }
  const vault = createMemoryVault(account, account, disk)
  if (reach) await vault.setNote('reach', reach)
  let seen = 0
  const dropped: string[] = []
  const shown: PageLine[] = []
  const progress: number[][] = []
  const { event, expected } = await pullOnce(
    {
      isQuiet,
      vault,
      clock: createManualClock(),
      wire: {
        async pull(request, onLine) {
          asked.push(request.held)
          from.push(Object.keys(request.cursors))
          const said = from.length === 1 ? (first ?? lines) : lines
          const all = request.held === undefined ? said : held
          for (const line of from.length > 1 ? all.slice(0, breakAfter) : all) {
            if (line.type === 'end') return { ok: true, value: 'ended' }
            seen += 1
            if ((await onLine(line)) === 'stop') return { ok: true, value: 'stopped' }
          }
          return { ok: false, trouble: 'cut-short' }
        },
      },
    },
    {
      interrupted: () => seen >= interruptAt,
      onSkew: () => {},
      onPages: (pages) => shown.push(...pages),
      onProgress: (done, total) => progress.push([done, total]),
      onDropped: (stream) => dropped.push(stream),
      isWaiting: (stream) => waiting.includes(stream),
    },
  )
  return { event, expected, asked, from, disk, dropped, shown, progress, vault }
}
const end: PullLine = { type: 'end' }
const at = (version: number, epoch = 1) => ({ epoch, version })

describe('streams that left the scope', () => {
  test('are dropped when nothing of theirs waits', async () => {
    const cursors = { [grid]: at(3), [otherGrid]: at(5) }
    const { event, disk, dropped } = await pull([scope({ [grid]: 3 }), end], { cursors })
    expect(dropped).toEqual([otherGrid])
    expect(disk.cursors).toEqual({ [grid]: at(3) })
    expect(event).toEqual({ type: 'pulled', complete: true, blocked: false })
  })

  test('stay until their work was pushed', async () => {
    const cursors = { [grid]: at(3), [otherGrid]: at(5) }
    const lines = [scope({ [grid]: 3 }), end]
    const { event, disk, dropped } = await pull(lines, { cursors, waiting: [otherGrid] })
    expect(dropped).toEqual([])
    expect(disk.cursors).toHaveProperty(otherGrid)
    expect(event).toEqual({ type: 'pulled', complete: true, blocked: true })
  })

  test('stay where the answer was cut short', async () => {
    const cursors = { [otherGrid]: at(5) }
    const { event, dropped } = await pull([scope({ [grid]: 0 })], { cursors })
    expect(dropped).toEqual([])
    expect(event).toMatchObject({ type: 'failed', trouble: 'cut-short' })
  })
})

describe('a stream of which more or less is sent than before', () => {
  const cursors = { [grid]: at(3), [otherGrid]: at(5) }
  const lines = [
    scope({ [grid]: 3, [otherGrid]: 5 }),
    page(otherGrid, 0, 2, { reset: true }),
    page(otherGrid, 2, 5),
    end,
  ] as const
  const own = { [grid]: 'worker own', [otherGrid]: 'worker own' }
  const above = { ...own, [otherGrid]: 'worker above' }

  test('comes from the beginning once it is an own place, and nothing is dropped before', async () => {
    const { event, from, dropped, disk, vault } = await pull(lines, { cursors, reach: above })
    expect(from).toEqual([[grid, otherGrid], [grid]])
    expect([dropped, disk.cursors]).toEqual([[], cursors])
    expect(event).toEqual({ type: 'pulled', complete: true, blocked: false })
    expect(await vault.note('reach')).toEqual(own)
  })

  test('comes so under another role, wherever it stands', async () => {
    const reach = { [grid]: 'auditor own', [otherGrid]: 'auditor above' }
    const { from } = await pull(lines, { cursors, reach })
    expect(from).toEqual([[grid, otherGrid], []])
  })

  test('comes so where it is an own place no more: what may not be seen any longer goes', async () => {
    const given = scope({ [grid]: 3, [otherGrid]: 5 })
    const lost = {
      ...given,
      streams: given.streams.map((one) => (one.id === grid ? { ...one, write: false } : one)),
    }
    const { from } = await pull([lost, page(grid, 0, 3, { reset: true }), end], {
      ...{ cursors, reach: own },
    })
    expect(from).toEqual([[grid, otherGrid], [otherGrid]])
  })

  test('is none where nothing changed, where nothing was held, and where nothing is known', async () => {
    expect((await pull(lines, { cursors, reach: own })).from).toHaveLength(1)
    expect((await pull(lines, { cursors })).from).toHaveLength(1)
    const fresh = { cursors: { [grid]: at(3) }, reach: { [grid]: 'worker own' } }
    expect((await pull(lines, fresh)).from).toHaveLength(1)
  })

  test('stays as it was until all of it has come, and is asked for again', async () => {
    // The first answer ends; the second one breaks after its first page.
    const first = [lines[0], end]
    const broken = { cursors, reach: above, breakAfter: 2, first }
    const { disk, vault, shown } = await pull(lines, broken)
    expect(disk.cursors).toEqual(cursors)
    expect(shown).toEqual([])
    expect(await vault.note('reach')).toEqual(above)
  })

  test('is not asked for once more where it was whole before the line broke', async () => {
    const both = [
      scope({ [grid]: 3, [otherGrid]: 5 }),
      page(otherGrid, 0, 5, { reset: true }),
      page(grid, 0, 1, { reset: true }),
      page(grid, 1, 3),
      end,
    ]
    const reach = { [grid]: 'worker above', [otherGrid]: 'worker above' }
    const first = [lines[0], end]
    const { vault } = await pull(both, { cursors, reach, breakAfter: 3, first })
    expect(await vault.note('reach')).toEqual({ ...reach, [otherGrid]: 'worker own' })
  })
})

describe('pages', () => {
  test('that came whole are kept when the rest did not come', async () => {
    const lines = [scope({ [grid]: 9 }), page(grid, 0, 3), page(grid, 3, 6)]
    const { disk, shown, progress } = await pull(lines)
    expect(disk.cursors).toEqual({ [grid]: at(6) })
    expect(shown).toHaveLength(2)
    expect(progress.at(-1)).toEqual([6, 9])
  })

  test('are kept when a push interrupts', async () => {
    const lines = [scope({ [grid]: 9 }), page(grid, 0, 3), page(grid, 3, 6), page(grid, 6, 9), end]
    const { event, disk } = await pull(lines, { interruptAt: 3 })
    expect(event).toEqual({ type: 'pulled', complete: false, blocked: false })
    expect(disk.cursors).toEqual({ [grid]: at(6) })
  })

  test.each([
    ['leave a hole', [page(grid, 5, 6)]],
    ['are of another epoch', [page(grid, 3, 4, { epoch: 2 })]],
    ['are of a stream outside the scope', [page(otherGrid, 0, 4)]],
    ['leave a hole after a good one', [page(grid, 3, 4), page(grid, 5, 6)]],
  ])('are not taken where they %s', async (_, pages) => {
    const cursors = { [grid]: at(3) }
    const { event, disk } = await pull([scope({ [grid]: 6 }), ...pages, end], { cursors })
    expect(event).toMatchObject({ type: 'failed', trouble: 'unreadable-answer' })
    expect(disk.cursors[grid]?.version).toBe(pages.length === 2 ? 4 : 3)
    expect(disk.cursors).not.toHaveProperty(otherGrid)
  })

  test('before any scope line are not taken', async () => {
    const { event, disk } = await pull([page(grid, 0, 3), end])
    expect(event).toMatchObject({ trouble: 'unreadable-answer' })
    expect(disk.pages).toEqual([])
  })

  test('are read on while those before them are on their way to the disk, one write at a time', async () => {
    const record = (version: number) => ({ kind: 'resident' as const, id: account, version })
    const many = (from: number) =>
      page(grid, from, from + 2_000, {
        records: Array.from({ length: 2_000 }, (_, index) => record(from + index + 1)),
      })
    const lines = [scope({ [grid]: 6_000 }), many(0), many(2_000), many(4_000), end]
    const { disk, progress, event } = await pull(lines)
    expect(event).toMatchObject({ type: 'pulled', complete: true })
    expect(disk.pages.map(({ to }) => to)).toEqual([2_000, 4_000, 6_000])
    expect(progress.map(([done]) => done)).toEqual([0, 2_000, 4_000, 6_000])
  })

  test('with a reset replace what was there, in whichever epoch', async () => {
    const cursors = { [grid]: at(30) }
    const lines = [scope({ [grid]: 4 }), page(grid, 0, 4, { epoch: 2, reset: true }), end]
    const { disk } = await pull(lines, { cursors })
    expect(disk.cursors).toEqual({ [grid]: at(4, 2) })
  })

  test('of a stream without a cursor replace what a damaged page left', async () => {
    const { shown } = await pull([scope({ [grid]: 4 }), page(grid, 0, 2), page(grid, 2, 4), end])
    expect(shown.map(({ reset }) => reset)).toEqual([true, undefined])
  })
})

describe('where nothing new is expected', () => {
  const said = (same: boolean): PullLine => ({
    type: 'held',
    same,
    now: '2026-11-23T06:32:00.000Z',
    expected: 5,
  })
  const cursors = Object.freeze({ [grid]: at(3) })
  const own = cursorsToHeld(cursors)
  const lines = [scope({ [grid]: 4 }), page(grid, 3, 4), end]

  test('the device says what it holds, and the same is all that is said', async () => {
    const { event, expected, asked, disk } = await pull(lines, {
      cursors,
      isQuiet: true,
      held: [said(true), end],
    })
    expect(asked).toEqual([own])
    expect(event).toEqual({ type: 'pulled', complete: true, blocked: false })
    expect(expected).toBe(5)
    expect(disk.cursors).toEqual(cursors)
  })

  test('it asks by its cursors after all where the server has more', async () => {
    const held = [said(false), end]
    const { event, expected, asked, disk } = await pull(lines, { cursors, isQuiet: true, held })
    expect(asked).toEqual([own, undefined])
    expect(event).toMatchObject({ type: 'pulled', complete: true })
    expect(expected).toBe(1)
    expect(disk.cursors).toEqual({ [grid]: at(4) })
  })

  test('half an answer is none', async () => {
    const { event, asked } = await pull(lines, { cursors, isQuiet: true, held: [said(true)] })
    expect(asked).toHaveLength(1)
    expect(event).toMatchObject({ type: 'failed', trouble: 'cut-short' })
  })

  test('a server of the version before brings pages at once', async () => {
    const { event, asked, disk } = await pull([], { cursors, isQuiet: true, held: lines })
    expect(asked).toHaveLength(1)
    expect(event).toMatchObject({ type: 'pulled', complete: true })
    expect(disk.cursors).toEqual({ [grid]: at(4) })
  })

  test('a device that holds nothing asks for everything', async () => {
    const { asked } = await pull([scope({}), end], { isQuiet: true })
    expect(asked).toEqual([undefined])
  })
})
