import { launchChrome } from '#tests/support/chrome.ts'
import { keptFiles, keptFilesBudget } from '#tests/support/size.mjs'
import { median, row, type AddRow } from './rows.ts'

/** What a device does before it can start without a network, once: each file of the app is fetched and kept. */
export async function measureInstall(url: string, isQuick: boolean, add: AddRow): Promise<void> {
  const times: number[] = []
  for (let n = 0; n < (isQuick ? 2 : 5); n += 1) {
    const chrome = await launchChrome()
    try {
      const page = await chrome.context.newPage()
      await page.goto(url)
      times.push(
        await page.evaluate(async () => {
          await navigator.serviceWorker.ready
          return performance.now()
        }),
      )
    } finally {
      await chrome.close()
    }
  }
  add(
    row('installation: files that a device keeps', 'of them', keptFilesBudget, await keptFiles()),
    row(
      'installation: from opening the page to a start without a network',
      'ms',
      null,
      median(times),
    ),
  )
}
