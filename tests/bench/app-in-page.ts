/** The app itself, in the page: five hundred edits by taps would take minutes, and are not what is measured. */
import type { Page } from 'playwright-core'
import type { DeviceParts } from '#app/acts/device-parts.ts'

declare global {
  interface Window {
    benchApp: DeviceParts
  }
}

/** Puts the running app's public acts where page scripts reach them: they are an attribute of its root component. */
export async function exposeApp(page: Page): Promise<void> {
  await page.evaluate(() => {
    const isApp = (value: unknown): value is DeviceParts =>
      typeof value === 'object' && value !== null && 'sessionActs' in value && 'syncActs' in value
    const looked = new Set<object>()
    let ring: object[] = [document.getElementById('app') ?? document.body]
    for (let depth = 0; depth < 8; depth += 1) {
      const next: object[] = []
      for (const found of ring) {
        for (const value of Object.values(found) as unknown[]) {
          if (isApp(value)) {
            window.benchApp = value
            return
          }
          if (typeof value !== 'object' || value === null || looked.has(value)) continue
          if (value instanceof Node && depth > 0) continue
          looked.add(value)
          next.push(value)
        }
      }
      ring = next
    }
    throw new Error('the app was not found in the page')
  })
}

/** Until the whole register lies in memory: the list of today stands there before it. */
export async function waitUntilWhole(page: Page): Promise<void> {
  await exposeApp(page)
  await page.waitForFunction(() => window.benchApp.register.isWhole, null, { timeout: 120_000 })
}

export interface Edit {
  readonly record: string
  readonly field: string
  readonly value: string
}

/** Each edit is a save of its own, as a person's would be. */
export async function saveEdits(page: Page, edits: readonly Edit[]): Promise<void> {
  await page.evaluate(async (all) => {
    for (const { record, field, value } of all) {
      const fields = { [field]: value }
      const outcome = await window.benchApp.work.save([
        { op: 'patch', kind: 'resident', record, fields },
      ])
      if (!outcome.ok) throw new Error(`not saved: ${outcome.problem}`)
    }
  }, edits)
}

/** Milliseconds until the state of sync says that nothing waits and all is well, from `since` of the page's time. */
export function untilUpToDate(page: Page, since: number): Promise<number> {
  return page.evaluate(
    (began) =>
      new Promise<number>((resolve) => {
        const { sync } = window.benchApp
        const look = () => {
          const { phase, unsent } = sync.getState()
          if (phase !== 'up-to-date' || unsent.length > 0) return
          stop()
          resolve(performance.now() - began)
        }
        const stop = sync.subscribe(look)
        look()
      }),
    since,
  )
}
