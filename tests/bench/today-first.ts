import { waitUntilWhole } from './app-in-page.ts'
import { median, row, type AddRow } from './rows.ts'
import { settle } from './settle.ts'
import { unlockAnew, type Seat, type Tablet } from './tablet.ts'

const speeds = [
  { slowdown: 1, list: 500 },
  { slowdown: 4, list: 1_500 },
] as const

/** What somebody with 33,000 residents on the device sees after the last digit of the PIN. */
export async function measureTodayFirst(
  tablet: Tablet,
  url: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  await settle(tablet, url, 'office1')
  for (const { slowdown, list } of speeds) {
    const seat = await tablet.open(slowdown)
    try {
      const how = slowdown === 1 ? '' : `, slowed ${slowdown}×`
      // The first one leaves the list of the day behind, as every lock does.
      await unlockAnew(seat, url)
      await lockWhenWhole(seat)
      const starts: Record<'firstCard' | 'key' | 'tap' | 'whole' | 'longest', number>[] = []
      for (let n = 0; n < (isQuick ? 2 : 5); n += 1) {
        const { firstCard, key } = await unlockAnew(seat, url)
        const tap = await openFirstDoor(seat)
        starts.push({ firstCard, key, tap, ...(await untilWhole(seat)) })
      }
      const of = (name: keyof (typeof starts)[number]) => median(starts.map((start) => start[name]))
      add(
        row(
          `unlock with 33,000: PIN to the first stop of today${how}`,
          'ms',
          list,
          of('firstCard'),
          {
            note: `Argon2id ${Math.round(of('key'))} ms of it`,
          },
        ),
        row(`unlock with 33,000: tap on it to the painted door${how}`, 'ms', null, of('tap')),
        row(`unlock with 33,000: PIN to the whole register${how}`, 'ms', null, of('whole')),
        row(`unlock with 33,000: longest task behind the list${how}`, 'ms', 50, of('longest')),
      )
    } finally {
      await seat.close()
    }
  }
}

/** The app writes down what it showed when it is locked. */
async function lockWhenWhole({ page }: Seat): Promise<void> {
  await waitUntilWhole(page)
  // The vault is closed when it is on the disk, of which the page says nothing.
  await page.evaluate(() => {
    window.benchApp.sessionActs.lock()
    return new Promise((resolve) => setTimeout(resolve, 1_000))
  })
}

/** The first stop is tapped as soon as it is painted; milliseconds until its page is. */
function openFirstDoor({ page }: Seat): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const began = performance.now()
        const look = () => {
          const isThere = [...document.querySelectorAll('main button')].some(({ textContent }) =>
            textContent.includes('无变化，记走访'),
          )
          if (!isThere) return
          watch.disconnect()
          // A message that is sent in a frame arrives when the frame is painted.
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve(performance.now() - began)
          requestAnimationFrame(() => port2.postMessage(null))
        }
        const watch = new MutationObserver(look)
        watch.observe(document, { childList: true, subtree: true, characterData: true })
        document.querySelector<HTMLElement>('main li a[href^="/household/"]')?.click()
      }),
  )
}

/** Since the last digit; and the longest task between the first stop and the whole. */
async function untilWhole({ page, glass }: Seat) {
  await waitUntilWhole(page)
  const { seen, taps } = await glass()
  const { whole, tasks } = await page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name).at(-1)?.startTime
    return {
      whole: at('wuse whole') ?? at('wuse ready') ?? NaN,
      tasks: window.glass.longTasks,
    }
  })
  const listAt = seen['first-card'] ?? NaN
  const behind = tasks.filter(({ startTime }) => startTime > listAt)
  return {
    whole: whole - (taps.filter((at) => at < listAt).at(-1) ?? NaN),
    longest: Math.max(0, ...behind.map(({ duration }) => duration)),
  }
}
