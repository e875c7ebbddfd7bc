import type { Page } from 'playwright-core'
import { front, go } from '#tests/support/worker-app.ts'
import { percentile, row, type AddRow } from './rows.ts'
import { unlockAnew, type Tablet } from './tablet.ts'

/** One sealed visit with its outbox entry is about so large. */
const visitBytes = 700

/**
 * "Nothing changed" at door after door: from the tap until it is on the disk, and until the word that it is saved
 * stands on the screen.
 */
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
      const times: Save[] = []
      // The first one also loads what the page needs; where the doors end it begins again.
      for (let n = 0; n <= count; n += 1)
        times.push(await callAt(page, doors[n % doors.length] ?? ''))
      times.shift()
      const durable = times.map((time) => time.durable)
      const told = times.map((time) => time.told)
      const puts = await page.evaluate(barePuts, { count, bytes: visitBytes })
      const how = slowdown === 1 ? '' : `, slowed ${slowdown}×`
      add(
        row(`tap to durable save, p95${how}`, 'ms', budget, p95(durable), {
          baseline: p95(puts),
          note: `${count} taps, median ${percentile(durable, 0.5).toFixed(1)} ms; baseline: one bare strict put`,
        }),
        row(`tap to the painted word that it is saved, p95${how}`, 'ms', null, p95(told), {
          note: `median ${percentile(told, 0.5).toFixed(1)} ms`,
        }),
      )
    }
  } finally {
    await seat.close()
  }
}

const p95 = (times: readonly number[]) => percentile(times, 0.95)

interface Save {
  /** Milliseconds from the tap until the write was on the disk. */
  readonly durable: number
  /** And until the word for it was painted. */
  readonly told: number
}

async function callAt(page: Page, door: string): Promise<Save> {
  await go(page, door)
  const before = await page.evaluate(() => window.glass.saves.length)
  await front(page).getByRole('button', { name: '无变化' }).click()
  await page.waitForFunction((count) => window.glass.saves.length > count, before)
  const save = await page.evaluate(() => {
    const written = performance.getEntriesByName('wuse save').at(-1)
    const end = written ? written.startTime + written.duration : NaN
    const { taps, saves } = window.glass
    return { durable: end - (taps.at(-1) ?? NaN), told: saves.at(-1) ?? NaN }
  })
  await page.getByText('已保存到本机').waitFor({ state: 'detached' })
  return save
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
