import { signIn } from '#tests/support/areas/entry.ts'
import { waitUntilInstalled } from '#tests/support/worker-app.ts'
import { sessionOf } from './bare.ts'
import type { BareSession } from './bare-page.ts'
import type { Tablet } from './tablet.ts'

export interface Settled {
  readonly session: BareSession
  /** Milliseconds from the chosen PIN until the register was there for the first time. */
  readonly firstPull: number
}

/** Signs a fresh tablet in, pulls everything, waits until the app starts without a network, and closes it. */
export async function settle(tablet: Tablet, url: string, login: string): Promise<Settled> {
  const seat = await tablet.open(1)
  const { page } = seat
  try {
    const pull = page.waitForRequest((request) => request.url().endsWith('/api/pull'))
    await signIn(page, url, login)
    const session = await sessionOf(await pull)
    await waitUntilInstalled(page)
    await page.locator('button[data-sync=up-to-date]').last().waitFor({ timeout: 60_000 })
    const { taps } = await seat.glass()
    const ready = await page.evaluate(
      () => performance.getEntriesByName('wuse ready')[0]?.startTime,
    )
    return { session, firstPull: (ready ?? NaN) - (taps.at(-1) ?? NaN) }
  } finally {
    await seat.close()
  }
}
