/** What is compared with others, as Wuse does it: first pull, push of 500, pull of 200, search by name. */
import { signIn } from '#tests/support/areas/entry.ts'
import { waitUntilInstalled } from '#tests/support/worker-app.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'
import { sessionOf } from './bare.ts'
import type { BareSession } from './bare-page.ts'
import { exposeApp, saveEdits } from './app-in-page.ts'
import type { HeldRecord, HttpDevice } from './http-device.ts'
import type { Meter } from './meter.ts'
import { median, percentile } from './rows.ts'
import { typeNames } from './search.ts'
import { createTablet, type Seat } from './tablet.ts'

export interface Cost {
  readonly milliseconds: number
  readonly bytes: number
}

/** Everything of one contestant. */
export interface Costs {
  readonly firstPull: Cost
  readonly push: Cost
  readonly pull: Cost
  readonly search: number
}

export interface Tasks {
  /** Residents that the account may change, of one stream. */
  readonly residents: readonly HeldRecord[]
  readonly pushCount: number
  readonly pullCount: number
  /** What is typed, each one begun anew. */
  readonly names: readonly string[]
  readonly repeat: number
}

/** The field that is changed: text that decides nothing. */
export const changedField = 'workplace'

/** A fresh tablet for each; `andThen` measures what others make of the same, in the same browser. */
export async function measureFirstPulls(
  meter: Meter,
  repeat: number,
  andThen: (seat: Seat, session: BareSession) => Promise<void>,
): Promise<Cost> {
  const costs: Cost[] = []
  for (let n = 0; n < repeat; n += 1) {
    await onFreshTablet(async (seat) => {
      const { cost, session } = await firstPull(seat, meter)
      costs.push(cost)
      await andThen(seat, session)
    })
  }
  return middle(costs)
}

export async function measureWork(
  meter: Meter,
  colleague: HttpDevice,
  tasks: Tasks,
  andThen: (seat: Seat, session: BareSession) => Promise<void>,
): Promise<Omit<Costs, 'firstPull'>> {
  const pushes: Cost[] = []
  const pulls: Cost[] = []
  let search = NaN
  await onFreshTablet(async (seat) => {
    const { session } = await firstPull(seat, meter)
    await exposeApp(seat.page)
    for (let round = 1; round <= tasks.repeat; round += 1) {
      pushes.push(await push(seat, meter, tasks, round))
      pulls.push(await pull(seat, meter, colleague, tasks, round))
    }
    search = percentile(await typeNames(seat, tasks.names), 0.95)
    await andThen(seat, session)
  })
  return { push: middle(pushes), pull: middle(pulls), search }
}

async function onFreshTablet(act: (seat: Seat) => Promise<void>): Promise<void> {
  const tablet = await createTablet()
  const seat = await tablet.open(1)
  try {
    await act(seat)
  } finally {
    await seat.close()
    await tablet.remove()
  }
}

export function middle(costs: readonly Cost[]): Cost {
  return {
    milliseconds: median(costs.map((cost) => cost.milliseconds)),
    bytes: median(costs.map((cost) => cost.bytes)),
  }
}

/** From the request until the register is open; the app itself was installed before, so that only data is counted. */
async function firstPull(seat: Seat, meter: Meter) {
  const { page } = seat
  await page.goto(meter.url)
  await waitUntilInstalled(page)
  await page.waitForTimeout(1_000)
  const request = page.waitForRequest((one) => one.url().endsWith('/api/pull'))
  void request.then(() => meter.read())
  await signIn(page, meter.url, 'office1')
  const session = await sessionOf(await request)
  await page.locator('button[data-sync=up-to-date]').last().waitFor({ timeout: 60_000 })
  await page.waitForTimeout(500)
  const milliseconds = await page.evaluate(() => {
    const ready = performance.getEntriesByName('wuse ready')[0]?.startTime ?? NaN
    const asked = performance
      .getEntriesByType('resource')
      .find((entry) => entry.name.endsWith('/api/pull'))
    return ready - (asked?.startTime ?? NaN)
  })
  return { cost: { milliseconds, bytes: meter.read() }, session }
}

/** 500 saved without a connection; from its return until the server has said of each that it has it. */
async function push({ page, chrome }: Seat, meter: Meter, tasks: Tasks, round: number) {
  await goOffline(chrome.context)
  const edits = tasks.residents.slice(0, tasks.pushCount).map(({ id }, n) => ({
    record: id,
    field: changedField,
    value: `样例厂${round}-${n}`,
  }))
  await saveEdits(page, edits)
  meter.read()
  const done = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let began = NaN
        addEventListener('online', () => (began = performance.now()), { once: true, capture: true })
        const stop = window.benchApp.sync.subscribe(({ phase, unsent }) => {
          if (phase !== 'up-to-date' || unsent.length > 0) return
          stop()
          resolve(performance.now() - began)
        })
      }),
  )
  await goOnline(chrome.context)
  const milliseconds = await done
  const bytes = meter.read()
  await page.waitForTimeout(2_000)
  return { milliseconds, bytes }
}

/** A colleague changes 200 while this device is away; from the request until they are in the register. */
async function pull(
  { page, chrome }: Seat,
  meter: Meter,
  colleague: HttpDevice,
  tasks: Tasks,
  round: number,
) {
  await goOffline(chrome.context)
  const chosen = tasks.residents.slice(-tasks.pullCount)
  const value = `样例店${round}`
  await changeAsColleague(colleague, chosen, value)
  meter.read()
  const done = page.evaluate(
    (asked) =>
      new Promise<number>((resolve) => {
        const { register } = window.benchApp
        performance.clearResourceTimings()
        const stop = register.subscribe(() => {
          const has = (id: string) => register.get('resident', id)?.fields.workplace === asked.value
          if (!asked.ids.every(has)) return
          stop()
          const now = performance.now()
          const began = () =>
            performance
              .getEntriesByType('resource')
              .filter((entry) => entry.name.endsWith('/api/pull') && entry.startTime < now)
              .at(-1)?.startTime ?? NaN
          setTimeout(() => resolve(now - began()), 500)
        })
      }),
    { ids: chosen.map(({ id }) => id), value },
  )
  await goOnline(chrome.context)
  const milliseconds = await done
  return { milliseconds, bytes: meter.read() }
}

/** One push of a patch for each. What was changed before by the same device is no clash. */
export async function changeAsColleague(
  colleague: HttpDevice,
  chosen: readonly HeldRecord[],
  value: string,
): Promise<void> {
  await colleague.pushAll(chosen.map((one) => colleague.patch(one, { [changedField]: value })))
}
