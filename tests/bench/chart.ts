/** The building chart of a tower: from the tap on the building, and from the tap on a filter, to the painted cells. */
import type { Page } from 'playwright-core'
import type { PageLine, WireRecord } from '#protocol/pull.ts'
import { exposeApp } from './app-in-page.ts'
import { openBarePage } from './bare.ts'
import { median, percentile, row, type AddRow } from './rows.ts'
import { settle } from './settle.ts'
import { unlockAnew, type Tablet } from './tablet.ts'

const floors = 34
const rooms = 12
const tower = id(1)

export async function measureChart(
  tablet: Tablet,
  url: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  await settle(tablet, url, 'worker1')
  const seat = await tablet.open(1)
  const { page } = seat
  const times = isQuick ? 15 : 60
  const bare: number[][] = []
  try {
    await openBarePage(page, url)
    for (const slowdown of [1, 4]) {
      await seat.slow(slowdown)
      bare.push(
        (
          await page.evaluate(([high, wide, often]) => window.bare.table(high, wide, often), [
            floors,
            rooms,
            times + 3,
          ] as const)
        ).slice(3),
      )
    }
    await seat.slow(1)
    await unlockAnew(seat, url)
    await exposeApp(page)
    await buildTower(page)
    for (const [index, slowdown] of [1, 4].entries()) {
      const how = slowdown === 1 ? '' : `, slowed ${slowdown}×`
      await seat.slow(slowdown)
      const { opened, filtered, cells } = await openAndFilter(page, times)
      // At least what the window of a phone shows; the floors below come when somebody scrolls to them.
      if (cells < 5 * rooms) throw new Error(`only ${cells} rooms`)
      const baseline = bare[index] ?? []
      for (const [what, taken] of [
        ['opened', opened],
        ['filtered', filtered],
      ] as const) {
        add(
          row(
            `building chart of ${floors} × ${rooms} ${what}, painted, p95${how}`,
            'ms',
            slowdown === 1 ? 16 : null,
            percentile(taken, 0.95),
            {
              baseline: percentile(baseline, 0.95),
              note: `median ${median(taken).toFixed(1)} ms; ${cells} rooms at once, the others by scrolling; baseline: a bare table of as many cells, median ${median(baseline).toFixed(1)} ms`,
            },
          ),
        )
      }
    }
  } finally {
    await seat.close()
  }
}

/** Into memory alone: nothing of it reaches the disk or the server. */
async function buildTower(page: Page): Promise<void> {
  await page.evaluate((records) => {
    const register = window.benchApp.register as unknown as {
      applyPages(pages: readonly PageLine[]): void
      grids(): readonly { readonly id: string }[]
    }
    const stream = register.grids()[0]?.id ?? ''
    register.applyPages([
      { type: 'page', stream, epoch: 1, from: 0, to: 0, records: [...records], changes: [] },
    ])
  }, towerRecords())
}

function towerRecords(): readonly WireRecord[] {
  const records: WireRecord[] = []
  const put = (kind: WireRecord['kind'], own: number, fields: Record<string, unknown>) =>
    records.push({
      kind,
      id: id(own),
      version: 1_000_000 + own,
      fields,
      at: '2026-11-01T01:00:00.000Z',
    })
  put('building', 1, { estate: '样例苑', name: '99幢', storeys: floors, units: 1, order: 999 })
  for (let n = 0; n < floors * rooms; n += 1) {
    const floor = Math.floor(n / rooms) + 1
    const room = `${floor}${String((n % rooms) + 1).padStart(2, '0')}`
    put('dwelling', 1_000 + n, { building: tower, unit: '1', floor, room, use: 'own' })
    if (n % 17 === 0) continue // empty
    put('household', 2_000 + n, { dwelling: id(1_000 + n) })
    for (let member = 0; member <= n % 4; member += 1) {
      put('resident', 10_000 + n * 10 + member, {
        household: id(2_000 + n),
        name: `样例${n}`,
        birth: n % 9 === 0 && n % 4 === 0 ? '1940-01-01' : '1985-06-15',
        verifiedOn: '2026-11-01',
        ...(n % 5 === 0 ? { hukouDivision: '340100' } : {}),
        ...(n % 23 === 0 ? { tags: [{ tag: 'disabled', grade: 1, from: '2026-01-01' }] } : {}),
      })
    }
  }
  return records
}

function id(number: number): string {
  return `01900000-0000-7000-9000-${String(number).padStart(12, '0')}`
}

/** Taps and waits inside the page, so that no message to the test counts; milliseconds of each. */
async function openAndFilter(page: Page, times: number) {
  return page.evaluate(
    async ([path, often]) => {
      const channel = new MessageChannel()
      let waiting: (() => void) | null = null
      channel.port1.onmessage = () => waiting?.()
      const painted = () =>
        new Promise<number>((resolve) => {
          requestAnimationFrame(() => {
            waiting = () => resolve(performance.now())
            channel.port2.postMessage(null)
          })
        })
      let changes = 0
      new MutationObserver(() => (changes += 1)).observe(document.body, {
        childList: true,
        subtree: true,
        attributes: true,
      })
      /** Until the last frame that the tap changed was painted. */
      const measured = async (tap: () => void) => {
        const began = performance.now()
        tap()
        let last = NaN
        for (let still = 0; still < 3;) {
          const before = changes
          const at = await painted()
          const isChanged = changes > before || Number.isNaN(last)
          if (isChanged) last = at
          still = isChanged ? 0 : still + 1
        }
        return last - began
      }
      const go = (to: string) => {
        const link = document.createElement('a')
        link.href = to
        document.body.append(link)
        link.click()
        link.remove()
      }
      const opened: number[] = []
      const filtered: number[] = []
      let cells = 0
      for (let n = 0; n < often + 3; n += 1) {
        await measured(() => go('/grid'))
        const open = await measured(() => go(path))
        cells = document.querySelectorAll('main table a').length
        const chip = document.querySelector<HTMLButtonElement>('main [role=group] button')
        const filter = await measured(() => chip?.click())
        if (document.querySelector('main [aria-pressed=true]') === null)
          throw new Error('no filter')
        await measured(() => chip?.click())
        // The first ones fetch the script and compute the colours.
        if (n >= 3) {
          opened.push(open)
          filtered.push(filter)
        }
      }
      return { opened, filtered, cells }
    },
    [`/building/${tower}`, times] as const,
  )
}
