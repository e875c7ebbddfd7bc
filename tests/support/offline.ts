/** A device without a connection, and with one again. */
import type { BrowserContext } from 'playwright-core'

/**
 * Takes the connection of every page away, and waits until each of them has none. The browser's network process learns
 * of it by a message of its own: what a page asks in the same moment may still go out before that message is read.
 */
export async function goOffline(context: BrowserContext): Promise<void> {
  await context.setOffline(true)
  for (const page of context.pages()) {
    await page.waitForFunction(() =>
      fetch('/healthz', { cache: 'no-store' }).then(
        () => false,
        () => true,
      ),
    )
  }
}

export const goOnline = (context: BrowserContext): Promise<void> => context.setOffline(false)
