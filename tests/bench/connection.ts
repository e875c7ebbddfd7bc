/** What the connection costs when nothing happens, and how soon work goes out when it comes back. */
import { signIn, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { exposeApp, saveEdits, untilUpToDate } from './app-in-page.ts'
import { changedField } from './compare-wuse.ts'
import { createMeter } from './meter.ts'
import { median, row, type AddRow } from './rows.ts'
import { createTablet } from './tablet.ts'

const goneForMs = 45_000

export async function measureConnection(url: string, isQuick: boolean, add: AddRow): Promise<void> {
  const meter = await createMeter(url)
  const tablet = await createTablet()
  const seat = await tablet.open(1)
  const { page, chrome } = seat
  try {
    await signIn(page, meter.url, 'office1')
    await waitUntilInstalled(page)
    await page.locator('button[data-sync=up-to-date]').last().waitFor({ timeout: 60_000 })
    await page.waitForTimeout(2_000)
    await exposeApp(page)

    const pulls: { milliseconds: number; bytes: number }[] = []
    for (let n = 0; n < (isQuick ? 3 : 10); n += 1) {
      meter.read()
      const milliseconds = await page.evaluate(pullNow)
      await page.waitForTimeout(300)
      pulls.push({ milliseconds, bytes: meter.read() })
    }
    const note = '28 grids of one community, as its office has them'
    add(
      row('pull with nothing new', 'ms', 300, median(pulls.map((one) => one.milliseconds)), {
        note: `from the tap until the state is new; ${note}`,
      }),
      row(
        'pull with nothing new, both ways',
        'kB',
        2,
        median(pulls.map((one) => one.bytes)) / 1e3,
        {
          note: `heads of HTTP with it; ${note}`,
        },
      ),
    )

    const record = await page.evaluate(() => {
      for (const one of window.benchApp.register.all('resident')) return one.id
      return ''
    })
    const change = (value: string) => saveEdits(page, [{ record, field: changedField, value }])
    await chrome.context.setOffline(true)
    await change('样例厂一')
    const online = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          addEventListener('online', () => resolve(performance.now()), { once: true })
        }),
    )
    await chrome.context.setOffline(false)
    const told = await untilUpToDate(page, await online)
    add(row('work on the server after the browser says online', 'ms', 10_000, told))

    // The browser notices nothing of this: its own network is there, the server is not.
    meter.cut()
    await change('样例厂二')
    await page.waitForTimeout(isQuick ? goneForMs / 3 : goneForMs)
    meter.mend()
    const back = await page.evaluate(() => performance.now())
    add(
      row(
        'work on the server after the server is back',
        'ms',
        10_000,
        await untilUpToDate(page, back),
        {
          note: 'gone for a while without the browser being told; nobody taps',
        },
      ),
    )
  } finally {
    await seat.close()
    await tablet.remove()
    await meter.close()
  }
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
