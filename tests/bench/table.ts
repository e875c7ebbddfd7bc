/** The register's table with 33,000 residents: frames of a scroll, sort and search to the drawn rows, and an export. */
import type { Page } from 'playwright-core'
import { percentile, row, type AddRow } from './rows.ts'
import { settle } from './settle.ts'
import { unlockAnew, type Tablet } from './tablet.ts'

/** One frame at 60 a second, and as much again for one that was missed. */
const frameMs = 34
/** From here on a person feels that the screen stood still. */
const blockedMs = 50

interface Scrolled {
  readonly frames: readonly number[]
  readonly bare: readonly number[]
  readonly longest: number
}

interface Timed {
  readonly ms: number
  /** The longest that the main thread was busy without a break. */
  readonly longest: number
}

export async function measureTable(
  tablet: Tablet,
  url: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  await settle(tablet, url, 'office1')
  const seat = await tablet.open(1)
  const { page } = seat
  await page.setViewportSize({ width: 1180, height: 820 })
  try {
    for (const slowdown of [1, 4]) {
      const how = slowdown === 1 ? '' : `, slowed ${slowdown}×`
      await seat.slow(1)
      await unlockAnew(seat, url)
      await seat.slow(slowdown)
      const opened = await openTable(page)
      const { frames, bare, longest } = await scroll(page, isQuick ? 120 : 400)
      add(
        row(`table of 33,000 opened${how}`, 'ms', null, opened.ms, {
          note: `longest task ${opened.longest.toFixed(0)} ms, the script's first run among it`,
        }),
        row(
          `table of 33,000 scrolled, frame p95${how}`,
          'ms',
          slowdown === 1 ? frameMs : null,
          percentile(frames, 0.95),
          {
            baseline: percentile(bare, 0.95),
            note: `${frames.length} frames of eight rows each, longest task ${longest.toFixed(0)} ms; baseline: as much of an empty page`,
          },
        ),
      )
      const most: number[] = [longest]
      for (const [what, header] of [
        ['sorted by name', '姓名'],
        ['sorted by colour', '五色'],
        ['sorted by telephone', '联系电话'],
      ] as const) {
        // The first tap works the order out, the second turns it round, and the third goes back to walking order.
        const first = await sort(page, header, new RegExp(`按${header}升序`))
        const second = await sort(page, header, new RegExp(`按${header}降序`))
        const third = await sort(page, header, /按走访顺序/)
        most.push(...[first, second, third].map(({ longest: one }) => one))
        const others = [second, third].map(({ ms }) => ms.toFixed(0)).join(' and ')
        add(
          row(`table of 33,000 ${what}${how}`, 'ms', null, first.ms, {
            note: `then downwards and in walking order ${others} ms`,
          }),
        )
      }
      const found = await search(page, '王')
      most.push(found.longest)
      add(
        row(`table of 33,000 searched${how}`, 'ms', null, found.ms),
        row(
          `table of 33,000: longest task of scroll, sort and search${how}`,
          'ms',
          slowdown === 1 ? blockedMs : null,
          Math.max(...most),
        ),
      )
      if (slowdown > 1) continue
      const exported = await exportAll(page)
      add(
        row('workbook of 33,000 rows, usual columns', 'ms', null, exported.ms, {
          note: 'from the tap to the file, its record on the disk',
        }),
        row('workbook of 33,000 rows: longest task', 'ms', blockedMs, exported.longest),
      )
    }
  } finally {
    await seat.close()
  }
}

/** Runs an act in the page and waits for words on it; what the main thread did meanwhile is watched there. */
async function timed(page: Page, act: () => Promise<void>, until: () => Promise<void>) {
  await page.evaluate(() => {
    const watch = window as unknown as { longest: number; watching?: PerformanceObserver }
    watch.longest = 0
    watch.watching?.disconnect()
    watch.watching = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        watch.longest = Math.max(watch.longest, duration)
    })
    watch.watching.observe({ entryTypes: ['longtask'] })
  })
  const began = performance.now()
  await act()
  await until()
  const ms = performance.now() - began
  await page.waitForTimeout(100)
  const longest = await page.evaluate(() => (window as unknown as { longest: number }).longest)
  return { ms, longest }
}

/**
 * From the tap or keystroke until the frame is painted whose words say that the rows stand there. Watched in the page: what
 * the test itself needs to find a button is a half of what a person waits for.
 */
async function shown(page: Page, act: () => Promise<void>, words: RegExp): Promise<Timed> {
  const done = page.evaluate(
    (source) =>
      new Promise<Timed>((resolve) => {
        const wanted = new RegExp(source)
        const before = window.glass.longTasks.length
        let began = NaN
        const begin = ({ timeStamp }: Event) => {
          began = Number.isNaN(began) ? timeStamp : began
        }
        addEventListener('click', begin, true)
        addEventListener('input', begin, true)
        const says = () =>
          [...document.querySelectorAll('[role=status]')].some(
            ({ textContent }) => wanted.test(textContent) && !textContent.includes('正在整理'),
          )
        const end = () => {
          const ms = performance.now() - began
          removeEventListener('click', begin, true)
          removeEventListener('input', begin, true)
          // The browser tells of a long task when it is over.
          setTimeout(() => {
            const tasks = window.glass.longTasks.slice(before)
            resolve({ ms, longest: Math.max(0, ...tasks.map(({ duration }) => duration)) })
          }, 100)
        }
        const { port1, port2 } = new MessageChannel()
        // A message that is sent in a frame arrives when the frame is painted.
        port1.onmessage = end
        const look = () => {
          if (!Number.isNaN(began) && says()) port2.postMessage(null)
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
    words.source,
  )
  await act()
  return done
}

function openTable(page: Page): Promise<Timed> {
  return shown(
    page,
    () => page.getByRole('navigation').getByRole('link', { name: '登记' }).click(),
    /共3\d,\d{3}人/,
  )
}

function sort(page: Page, header: string, words: RegExp): Promise<Timed> {
  return shown(
    page,
    () => page.getByRole('columnheader', { name: header }).getByRole('button').click(),
    words,
  )
}

async function search(page: Page, text: string): Promise<Timed> {
  const input = page.getByLabel('搜索', { exact: true })
  const found = await shown(page, () => input.fill(text), /符合[\d,]+人/)
  await shown(page, () => input.fill(''), /共3\d,\d{3}人/)
  return found
}

/** Eight rows a frame, in the table and then in an empty page as tall. */
function scroll(page: Page, count: number): Promise<Scrolled> {
  return page.evaluate(async (often) => {
    let longest = 0
    const watch = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
    })
    watch.observe({ entryTypes: ['longtask'] })
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const run = async (box: Element) => {
      const frames: number[] = []
      let last = await frame()
      for (let n = 0; n < often; n += 1) {
        box.scrollTop += 8 * 56
        const at = await frame()
        frames.push(at - last)
        last = at
      }
      return frames
    }
    const grid = document.querySelector('[role=grid]')
    if (!grid) throw new Error('no table')
    const frames = await run(grid)
    if (grid.scrollTop < often * 400) throw new Error('it did not scroll')
    const drawn = grid.querySelectorAll('[role=row]').length
    if (drawn < 8 || drawn > 80) throw new Error(`${drawn} rows drawn`)
    watch.disconnect()
    const empty = document.createElement('div')
    const tall = document.createElement('div')
    empty.style.cssText = 'position:fixed;inset:0;overflow:auto;z-index:99'
    tall.style.height = '2000000px'
    empty.append(tall)
    document.body.append(empty)
    const bare = await run(empty)
    empty.remove()
    grid.scrollTop = 0
    return { frames, bare, longest }
  }, count)
}

async function exportAll(page: Page): Promise<Timed> {
  await page.getByRole('button', { name: '导出', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('核对名册').check({ force: true })
  return timed(
    page,
    async () => {
      await Promise.all([
        page.waitForEvent('download', { timeout: 600_000 }),
        dialog.getByRole('button', { name: '导出文件' }).click(),
      ])
    },
    () => page.getByText(/已导出3\d{4}人/).waitFor({ timeout: 600_000 }),
  )
}
