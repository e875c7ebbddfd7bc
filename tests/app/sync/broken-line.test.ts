/** A first pull over a line that breaks again and again: it goes on as fast as the line lets it, and comes to an end. */
import { expect, it } from 'vitest'
import type { PageLine } from '#protocol/pull.ts'
import type { Wire } from '#app/sync/wire.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { pullToTheEnd } from '#tests/support/pull-to-the-end.ts'
import { grid } from './stories.ts'

const account = '0000000d-0000-7000-8000-000000000001'

interface Line {
  readonly bytesPerSecond: number
  /** It breaks after so many milliseconds, or so many bytes. */
  readonly breaksAfterMs?: number
  readonly breaksAfterBytes?: number
}

/** As 33,000 residents were measured: so many versions, so many bytes for each of them on the way. */
const versions = 78_395
const bytesEach = 60
/** Head of the answer, scope line, and what each page adds. */
const beginning = 900
const eachPage = 120
const connecting = 300
const usualPage = 500

/** The server's answer at the speed of the line, over a clock that stands still otherwise. */
function createLine(clock: ReturnType<typeof createManualClock>, line: Line): Pick<Wire, 'pull'> {
  const { bytesPerSecond, breaksAfterMs = Infinity, breaksAfterBytes = Infinity } = line
  return {
    async pull(request, onLine) {
      clock.advance(connecting)
      let left = Math.min(breaksAfterBytes, (breaksAfterMs / 1000) * bytesPerSecond)
      const send = (bytes: number): boolean => {
        const sent = Math.min(bytes, left)
        clock.advance((sent / bytesPerSecond) * 1000)
        left -= sent
        return sent === bytes
      }
      const broken = { ok: false, trouble: 'cut-short' } as const
      if (!send(beginning)) return broken
      await onLine({
        type: 'scope',
        now: new Date(clock.now()).toISOString(),
        account: { id: account, name: '样本员', role: 'worker' },
        streams: [{ id: grid, epoch: 1, head: versions, write: true }],
        expected: 1,
      })
      const size = request.pageSize ?? usualPage
      for (let from = request.cursors[grid]?.version ?? 0; from < versions; from += size) {
        const to = Math.min(versions, from + size)
        if (!send(eachPage + (to - from) * bytesEach)) return broken
        const page: PageLine = {
          ...{ type: 'page', stream: grid, epoch: 1, from, to },
          ...{ records: [], changes: [] },
        }
        await onLine(page)
      }
      return { ok: true, value: 'ended' }
    },
  }
}

async function pullOver(line: Line) {
  const clock = createManualClock()
  const began = clock.now()
  const { disk, tries } = await pullToTheEnd({
    wire: createLine(clock, line),
    clock,
    account,
    device: account,
    rest: (milliseconds) => clock.advance(milliseconds),
    mostTries: 5_000,
  })
  expect(disk.cursors[grid]).toEqual({ epoch: 1, version: versions })
  return { seconds: (clock.now() - began) / 1000, tries }
}

const own = (line: Line) => (versions * bytesEach) / line.bytesPerSecond

it.each([
  { bytesPerSecond: 20_000, breaksAfterMs: 5_000 },
  { bytesPerSecond: 20_000, breaksAfterMs: 9_000 },
  { bytesPerSecond: 100_000, breaksAfterMs: 5_000 },
])('takes less than twice the line’s own time: %o', async (line) => {
  const { seconds } = await pullOver(line)
  expect(seconds).toBeLessThan(2 * own(line))
})

it.each([60_000, 15_000, 4_000, 2_200])(
  'ends where the line breaks after %i bytes',
  async (bytes) => {
    const { seconds, tries } = await pullOver({ bytesPerSecond: 20_000, breaksAfterBytes: bytes })
    expect(tries).toBeGreaterThan(10)
    if (bytes >= 15_000) expect(seconds).toBeLessThan(3 * own({ bytesPerSecond: 20_000 }))
  },
)

it('asks for large pages again once the line is better', async () => {
  const clock = createManualClock()
  const bad = createLine(clock, { bytesPerSecond: 20_000, breaksAfterBytes: 4_000 })
  const good = createLine(clock, { bytesPerSecond: 500_000 })
  const sizes: (number | undefined)[] = []
  await pullToTheEnd({
    wire: {
      pull(request, onLine) {
        sizes.push(request.pageSize)
        return (sizes.length < 12 ? bad : good).pull(request, onLine)
      },
    },
    clock,
    account,
    device: account,
    rest: (milliseconds) => clock.advance(milliseconds),
    mostTries: 50,
  })
  expect(sizes[0]).toBeUndefined()
  expect(Math.min(...sizes.map((size) => size ?? usualPage))).toBeLessThan(40)
  expect(sizes).toHaveLength(12)
})
