import type { Page } from 'playwright-core'
import { front, go } from '#tests/support/worker-app.ts'
import { percentile, row, type AddRow } from './rows.ts'
import { unlockAnew, type Tablet } from './tablet.ts'

/** One sealed visit with its outbox entry is about so large. */
const visitBytes = 700

/** "Nothing changed" at door after door: from the tap until the word that it is saved stands on the screen. */
export async function measureSaves(
  tablet: Tablet,
  url: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  const count = isQuick ? 12 : 40
  const seat = await tablet.open(1)
  const { page } = seat
  try {
    await unlockAnew(seat, url)
    const doors = await page.evaluate(() =>
      [...document.querySelectorAll('main li a[href^="/household/"]')].map(
        (card) => card.getAttribute('href') ?? '',
      ),
    )
    for (const [slowdown, budget] of [
      [1, 20],
      [4, 50],
    ] as const) {
      await seat.slow(slowdown)
      const before = (await seat.glass()).saves.length
      // The first one also loads what the page needs.
      for (const door of doors.splice(0, count + 1)) await callAt(page, door)
      const saves = (await seat.glass()).saves.slice(before + 1)
      const puts = await page.evaluate(barePuts, { count, bytes: visitBytes })
      const how = slowdown === 1 ? '' : `, slowed ${slowdown}×`
      add(
        row(`tap to durable save, p95${how}`, 'ms', budget, p95(saves), {
          baseline: p95(puts),
          note: `${saves.length} taps, median ${percentile(saves, 0.5).toFixed(1)} ms; baseline: one bare strict put`,
        }),
      )
    }
  } finally {
    await seat.close()
  }
}

const p95 = (times: readonly number[]) => percentile(times, 0.95)

async function callAt(page: Page, door: string): Promise<void> {
  await go(page, door)
  const before = await page.evaluate(() => window.glass.saves.length)
  await front(page).getByRole('button', { name: '无变化' }).click()
  await page.waitForFunction((count) => window.glass.saves.length > count, before)
  await page.getByText('已保存到本机').waitFor({ state: 'detached' })
}

/** Runs in the page, with the browser's own database and nothing else. */
async function barePuts(asked: { count: number; bytes: number }): Promise<number[]> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('bench-bare-puts', 1)
    request.onupgradeneeded = () =>
      request.result.createObjectStore('boxes', { autoIncrement: true })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('not opened'))
  })
  const times: number[] = []
  for (let n = 0; n < asked.count; n += 1) {
    const began = performance.now()
    await new Promise<void>((resolve, reject) => {
      const writing = db.transaction('boxes', 'readwrite', { durability: 'strict' })
      writing.objectStore('boxes').put({ box: new Uint8Array(asked.bytes).fill(n) })
      writing.oncomplete = () => resolve()
      writing.onabort = () => reject(writing.error ?? new Error('aborted'))
    })
    times.push(performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  db.close()
  return times
}
