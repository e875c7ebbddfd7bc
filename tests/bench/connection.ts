/** What the connection costs when nothing happens, and how soon work goes out when it comes back. */
import { signIn } from '#tests/support/areas/entry.ts'
import { waitUntilInstalled } from '#tests/support/worker-app.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'
import { exposeApp, saveEdits, untilUpToDate } from './app-in-page.ts'
import { changedField } from './compare-wuse.ts'
import { createMeter, type Meter } from './meter.ts'
import { median, row, type AddRow } from './rows.ts'
import { createTablet, type Seat } from './tablet.ts'

/** A server that is away for so long, by turns: each a different moment of the device's waiting. */
const goneForMs = [15_000, 25_000, 40_000]

export async function measureConnection(url: string, isQuick: boolean, add: AddRow): Promise<void> {
  for (const [login, who] of [
    ['worker1', 'a worker'],
    ['office1', 'an office of 28 grids'],
  ] as const) {
    const meter = await createMeter(url)
    const tablet = await createTablet()
    const seat = await tablet.open(1)
    try {
      await signIn(seat.page, meter.url, login)
      await waitUntilInstalled(seat.page)
      await seat.page.locator('button[data-sync=up-to-date]').last().waitFor({ timeout: 60_000 })
      await seat.page.waitForTimeout(2_000)
      await exposeApp(seat.page)
      await measureQuiet(seat, meter, who, isQuick, add)
      if (login === 'worker1') await measureReturn(seat, meter, isQuick, add)
    } finally {
      await seat.close()
      await tablet.remove()
      await meter.close()
    }
  }
}

async function measureQuiet(
  { page }: Seat,
  meter: Meter,
  who: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  const pulls: { milliseconds: number; bytes: number }[] = []
  for (let n = 0; n < (isQuick ? 3 : 10); n += 1) {
    meter.read()
    const milliseconds = await page.evaluate(pullNow)
    await page.waitForTimeout(300)
    pulls.push({ milliseconds, bytes: meter.read() })
  }
  const streams = await page.evaluate(() => window.benchApp.register.grids().length)
  add(
    row(`pull with nothing new, ${who}`, 'ms', 300, median(pulls.map((one) => one.milliseconds)), {
      note: `${streams} grids; from "sync now" until the state is new`,
    }),
    row(
      `pull with nothing new, ${who}, both ways`,
      'kB',
      2,
      median(pulls.map((one) => one.bytes)) / 1e3,
      {
        note: 'heads of HTTP with it',
      },
    ),
  )
}

async function measureReturn(
  { page, chrome }: Seat,
  meter: Meter,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  const record = await page.evaluate(() => {
    for (const one of window.benchApp.register.all('resident')) return one.id
    return ''
  })
  const change = (value: string) => saveEdits(page, [{ record, field: changedField, value }])
  await goOffline(chrome.context)
  await change('样例厂一')
  const online = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        addEventListener('online', () => resolve(performance.now()), { once: true })
      }),
  )
  await goOnline(chrome.context)
  const told = await untilUpToDate(page, await online)
  add(row('work on the server after the browser says online', 'ms', 10_000, told))

  // The browser notices nothing of this: its own network is there, the server is not.
  const backs: number[] = []
  for (const gone of isQuick ? goneForMs.slice(0, 1) : goneForMs) {
    meter.cut()
    await change(`样例厂${gone}`)
    await page.waitForTimeout(gone)
    meter.mend()
    const back = await page.evaluate(() => performance.now())
    backs.push(await untilUpToDate(page, back))
  }
  add(
    row('work on the server after the server is back', 'ms', 10_000, Math.max(...backs), {
      note: `the longest of ${backs.length}, gone up to 40 s without the browser being told; nobody taps`,
    }),
  )
}

/** Runs in the page: "sync now", until the server's word has come. */
function pullNow(): Promise<number> {
  const { sync, syncActs } = window.benchApp
  const before = sync.getState().lastSync
  const began = performance.now()
  return new Promise((resolve) => {
    const stop = sync.subscribe(({ phase, lastSync }) => {
      if (phase !== 'up-to-date' || lastSync === before) return
      stop()
      resolve(performance.now() - began)
    })
    syncActs.syncNow()
  })
}
