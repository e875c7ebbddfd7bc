/** A tablet or phone on the bench: one profile, opened and closed as a browser is, with its processor slowed. */
import type { CDPSession, Page } from 'playwright-core'
import { launchChrome, newProfile, removeProfile, type Chrome } from '#tests/support/chrome.ts'
import { typeWayIn } from '#tests/support/areas/entry.ts'
import { watchGlass, type Glass } from './glass.ts'

/** Without them a measurement waits up to 17 ms for the screen's beat, and that is all that it would show. */
const unpaced = ['--disable-frame-rate-limit', '--disable-gpu-vsync']

export interface Tablet {
  /** Opens the browser anew with a page on it, the processor as many times slower. */
  open(slowdown: number): Promise<Seat>
  remove(): Promise<void>
}

export interface Seat {
  readonly page: Page
  readonly chrome: Chrome
  readonly devtools: CDPSession
  slow(times: number): Promise<void>
  glass(): Promise<Glass>
  close(): Promise<void>
}

/** `isPaced`: with the screen's beat, for what is measured in frames. */
export async function createTablet(isPaced = false): Promise<Tablet> {
  const profile = await newProfile()
  return {
    async open(slowdown) {
      const viewport = { width: 390, height: 844 }
      const chrome = await launchChrome({ profile, viewport, args: isPaced ? [] : unpaced })
      await chrome.context.addInitScript(watchGlass)
      const page = chrome.context.pages()[0] ?? (await chrome.context.newPage())
      const devtools = await chrome.context.newCDPSession(page)
      const slow = (rate: number) => devtools.send('Emulation.setCPUThrottlingRate', { rate })
      await slow(slowdown)
      return {
        page,
        chrome,
        devtools,
        slow: async (times) => void (await slow(times)),
        glass: () => page.evaluate(() => window.glass),
        close: () => chrome.close(),
      }
    },
    remove: () => removeProfile(profile),
  }
}

export interface Unlocking {
  /** From navigation to the painted PIN pad, or field for the passphrase. */
  readonly pinPad: number
  /** From the last digit, or the button behind the passphrase, to the first painted card of the today list. */
  readonly firstCard: number
  /** Argon2id's part of it. */
  readonly key: number
  /** From the vault's opening until the register is ready. */
  readonly load: number
}

/**
 * Opens the app of the server at this address and unlocks it; all times in milliseconds, taken in the page. The list of
 * today is asked for by name: where an account begins is another page for an office.
 */
export async function unlockAnew({ page, glass }: Seat, url: string): Promise<Unlocking> {
  await page.goto(`${url}/today`)
  await page.waitForFunction(() => (window.glass.seen['pin-pad'] ?? NaN) > 0)
  await typeWayIn(page)
  await page.waitForFunction(() => (window.glass.seen['first-card'] ?? NaN) > 0, null, {
    timeout: 60_000,
  })
  const { seen, taps } = await glass()
  const steps = await page.evaluate(() => {
    const step = (name: string) => performance.getEntriesByName(name).at(-1)
    const [key, open, ready] = ['wuse key', 'wuse vault', 'wuse ready'].map(step)
    return {
      key: key?.duration ?? NaN,
      load: (ready?.startTime ?? NaN) - (open?.startTime ?? NaN),
    }
  })
  const tapped = taps.at(-1) ?? NaN
  return {
    ...steps,
    pinPad: seen['pin-pad'] ?? NaN,
    firstCard: (seen['first-card'] ?? NaN) - tapped,
  }
}
