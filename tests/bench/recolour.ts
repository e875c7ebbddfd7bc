/** A new scheme reaches a device with 33,000 residents: until every colour is of it, and how long no frame came. */
import type { Page } from 'playwright-core'
import type { PageLine } from '#protocol/pull.ts'
import { waitUntilWhole } from './app-in-page.ts'
import { median, row, type AddRow } from './rows.ts'
import { settle } from './settle.ts'
import { unlockAnew, type Tablet } from './tablet.ts'

export async function measureRecolour(
  tablet: Tablet,
  url: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  await settle(tablet, url, 'office1')
  const seat = await tablet.open(1)
  try {
    await unlockAnew(seat, url)
    await waitUntilWhole(seat.page)
    const times: number[] = []
    const frames: number[] = []
    for (let version = 2; version < (isQuick ? 5 : 12); version += 1) {
      const { took, longest } = await bringScheme(seat.page, version)
      times.push(took)
      frames.push(longest)
    }
    add(
      row('recolouring 33,000 residents on the device', 'ms', 1_000, median(times), {
        note: 'from the arrival of a new scheme until all screens show it',
      }),
      row('longest time between two frames meanwhile', 'ms', 50, median(frames), {
        note: `median of ${frames.length} schemes, worst ${Math.max(...frames).toFixed(0)} ms`,
      }),
    )
  } finally {
    await seat.close()
  }
}

/** Into memory alone, as a pull would bring it. */
function bringScheme(page: Page, version: number) {
  return page.evaluate(async (schemeVersion) => {
    const register = window.benchApp.register as typeof window.benchApp.register & {
      applyPages(pages: readonly PageLine[]): void
    }
    const scheme = register.scheme()
    const levels = scheme.levels.map((level) => ({
      ...level,
      visitWithin: level.visitWithin + (schemeVersion % 2 === 0 ? 1 : -1),
    }))
    const stream = [...register.all('place')].find(({ fields }) => !fields.parent)?.id ?? ''
    const id = `01900000-0000-7000-8000-${String(schemeVersion).padStart(12, '0')}`
    const records: PageLine['records'] = [
      {
        ...{ kind: 'scheme', id, version: 1_000_000 + schemeVersion },
        fields: { ...scheme, levels, schemeVersion },
      },
    ]
    let longest = 0
    let last = performance.now()
    let isDone = false
    const frame = (at: number) => {
      longest = Math.max(longest, at - last)
      last = at
      if (!isDone) requestAnimationFrame(frame)
    }
    await new Promise((resolve) => requestAnimationFrame(resolve))
    last = performance.now()
    requestAnimationFrame(frame)
    const began = performance.now()
    const arrived = new Promise<void>((resolve) => {
      const stop = register.subscribe(() => {
        if (register.scheme().schemeVersion !== schemeVersion) return
        stop()
        resolve()
      })
    })
    register.applyPages([{ type: 'page', stream, epoch: 1, from: 0, to: 0, records, changes: [] }])
    await arrived
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const took = performance.now() - began
    isDone = true
    return { took, longest }
  }, version)
}
