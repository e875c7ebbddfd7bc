/** Requests: the fold of a long one, a dispatch beside a plain push, the poke of the unit, and a list of thousands. */
import type { Page } from 'playwright-core'
import { courseOf, type JudgedStep } from '#domain/requests/course.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { signInDevice, type HeldRecord, type HttpDevice } from './http-device.ts'
import { median, percentile, row, type AddRow } from './rows.ts'
import { openTab } from '#tests/support/worker-app.ts'
import { settle } from './settle.ts'
import { unlockAnew, type Tablet } from './tablet.ts'

const listed = 5_000
const folded = 1_000
/** Whose phone has the list, and whose office sends them on. */
const [workerLogin, officeLogin] = ['worker1', 'office2']

export async function measureRequests(
  tablet: Tablet,
  url: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  measureFold(add)
  const office = await signInDevice(url, officeLogin)
  const worker = await signInDevice(url, workerLogin)
  const { records, scope } = await worker.pull()
  const grid = scope.streams.find(({ write }) => write)?.id ?? ''
  await measureDispatch(url, office, records, grid, isQuick, add)
  await settle(tablet, url, workerLogin)
  const seat = await tablet.open(1)
  try {
    await unlockAnew(seat, url)
    const openings = async () => {
      const first = await openList(seat.page)
      const times: Opening[] = []
      for (let n = 0; n < (isQuick ? 8 : 25); n += 1) times.push(await openList(seat.page))
      return { first, times }
    }
    const few = await openings()
    await fill(office, grid)
    await unlockAnew(seat, url)
    await openTab(seat.page, '诉求')
    await seat.page.waitForFunction(
      (wanted) => {
        const counts =
          document.querySelector('main [role=radiogroup]')?.textContent.match(/\d+/g) ?? []
        return counts.some((count) => Number(count) >= wanted)
      },
      listed,
      { timeout: 120_000 },
    )
    await unlockAnew(seat, url)
    const many = await openings()
    const work = (openings: readonly Opening[]) => openings.map((one) => one.work)
    const painted = median(many.times.map((one) => one.painted))
    add(
      row(
        `list of ${listed} open requests, work from tap to paint`,
        'ms',
        16,
        median(work(many.times)),
        {
          baseline: median(work(few.times)),
          note: `p95 ${percentile(work(many.times), 0.95).toFixed(1)} ms; with the wait for the frame ${painted.toFixed(1)} ms; the first time, folded and fetched, ${many.first.painted.toFixed(0)} ms; baseline: the list of some dozens`,
        },
      ),
    )
  } finally {
    await seat.close()
  }
}

/** A request that went to a unit and back hundreds of times. */
function measureFold(add: AddRow): void {
  const steps = Array.from({ length: folded }, (_, n): JudgedStep => {
    const [step, from, to] = turns[n % turns.length] ?? turns[0]
    const at = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString()
    return {
      ...{ id: `${n}`, doneBy: 'someone', request: 'one', step, at, received: at },
      ...{ moved: true, from, to, unit: 'unit', words: '样例的话', wordsForAsker: '样例' },
    }
  })
  const times: number[] = []
  for (let n = 0; n < 200; n += 1) {
    const began = performance.now()
    if (courseOf(steps).count !== folded) throw new Error('steps were lost')
    times.push(performance.now() - began)
  }
  add(
    row(`fold of ${folded} steps`, 'ms', 5, median(times), {
      note: `p95 ${percentile(times, 0.95).toFixed(1)} ms`,
    }),
  )
}

const turns = [
  ['dispatch', 'accepted', 'assigned'],
  ['sign', 'assigned', 'handling'],
  ['note', 'handling', 'handling'],
  ['answer', 'handling', 'handled'],
  ['send-back', 'handled', 'handling'],
  ['recall', 'handling', 'accepted'],
] as const

/** In turns with a visit, so that both meet the machine as it is. */
async function measureDispatch(
  url: string,
  office: HttpDevice,
  records: readonly HeldRecord[],
  grid: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  const home = records.find(({ kind, stream }) => kind === 'household' && stream === grid)
  if (!home) throw new Error('no household')
  const unitDevice = await signInDevice(url, 'unit1')
  const { scope } = await unitDevice.pull()
  const unit = scope.streams.find(({ write }) => write)?.id ?? ''
  const ending = new AbortController()
  let heard = NaN
  await unitDevice.listen(ending.signal, () => (heard = performance.now()))
  const pushes: number[] = []
  const dispatches: number[] = []
  const pokes: number[] = []
  try {
    for (let n = 0; n < (isQuick ? 15 : 60); n += 1) {
      const at = new Date().toISOString()
      const visit = office.mutation({
        ...{ stream: grid, kind: 'visit', record: crypto.randomUUID() },
        fields: { household: home.id, channel: 'door', outcome: 'met', unchanged: true, at },
      })
      pushes.push(await timed(() => office.pushAll([visit])))
      const { request, mutations, last } = taken(office, grid, n)
      const accept = step(office, grid, request, 'accept', last, { level: 'ordinary' })
      await office.pushAll([...mutations, accept])
      const dispatch = step(office, grid, request, 'dispatch', accept.record, { unit })
      heard = NaN
      const began = performance.now()
      dispatches.push(await timed(() => office.pushAll([dispatch])))
      while (Number.isNaN(heard)) {
        if (performance.now() - began > 10_000) throw new Error('the unit heard nothing')
        await new Promise((done) => setTimeout(done, 1))
      }
      pokes.push(heard - began)
    }
  } finally {
    ending.abort()
  }
  // The first ones warm both up.
  const warm = (times: readonly number[]) => times.slice(3)
  const baseline = median(warm(pushes))
  add(
    row(
      'a dispatch, server',
      'ms',
      Math.round(2 * baseline * 100) / 100,
      median(warm(dispatches)),
      {
        baseline,
        note: 'goal: at most 2 × a push; baseline: a push of one visit, in turns with it',
      },
    ),
    row('a dispatch until the unit’s device is poked', 'ms', 1_000, percentile(warm(pokes), 0.95), {
      note: `p95; median ${median(warm(pokes)).toFixed(1)} ms`,
    }),
  )
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await act()
  return performance.now() - began
}

function step(
  device: HttpDevice,
  stream: string,
  request: string,
  name: string,
  after: string | null,
  more: object,
): Mutation {
  const fields = { request, step: name, after, at: new Date().toISOString(), ...more }
  return device.mutation({ stream, kind: 'request-step', record: crypto.randomUUID(), fields })
}

function taken(device: HttpDevice, stream: string, n: number) {
  const request = crypto.randomUUID()
  const at = new Date().toISOString()
  const asked = device.mutation({
    ...{ stream, kind: 'request', record: request },
    fields: {
      ...{ number: `YSQ-261130-B0-${String(n % 10_000).padStart(2, '0')}`, words: `样例诉求 ${n}` },
      ...{ level: 'ordinary', source: 'desk', at, where: '样例路口' },
      // One in four is of no kind.
      ...(n % 4 === 0 ? {} : { itemName: `样例事项 ${n % 40}` }),
    },
  })
  const submit = step(device, stream, request, 'submit', null, { level: 'ordinary' })
  return { request, mutations: [asked, submit], last: submit.record }
}

/** Thousands that nobody has sent on yet. */
async function fill(device: HttpDevice, stream: string): Promise<void> {
  for (let from = 0; from < listed; from += 250) {
    const some = Array.from({ length: 250 }, (_, n) => taken(device, stream, from + n).mutations)
    await device.pushAll(some.flat())
  }
}

interface Opening {
  /** From the tap until the frame with the rows was painted: what passes on the clock. */
  readonly painted: number
  /** Of it what the machine was at: until the rows stood in the page, and then the frame itself. */
  readonly work: number
}

/**
 * From the tap on the tab until a screenful of rows is painted; measured in the page, and left again. A tap falls
 * anywhere between two frames, and the frame comes at its time even if there is nothing to do: on the clock an empty
 * list takes as long as a full one. So the wait for the frame is told apart from the work.
 */
async function openList(page: Page): Promise<Opening> {
  const opening = await page.evaluate(
    () =>
      new Promise<{ painted: number; work: number }>((resolve, reject) => {
        const screenful = 8
        const link = document.querySelector<HTMLAnchorElement>('nav a[href="/requests"]')
        if (!link) return reject(new Error('no tab'))
        const channel = new MessageChannel()
        const began = performance.now()
        const isFull = () => {
          const rows = document.querySelectorAll('main a[href^="/request/"]')
          const foot = [...rows].at(-1)?.getBoundingClientRect().bottom ?? 0
          return rows.length >= screenful || foot >= innerHeight
        }
        const watch = new MutationObserver(() => {
          const stood = performance.now()
          if (!isFull()) return
          watch.disconnect()
          let frame = NaN
          channel.port1.onmessage = () => {
            const end = performance.now()
            resolve({ painted: end - began, work: stood - began + (end - frame) })
          }
          requestAnimationFrame(() => {
            frame = performance.now()
            channel.port2.postMessage(null)
          })
        })
        watch.observe(document, { childList: true, subtree: true })
        link.click()
      }),
  )
  // A page that is no list of requests, for whoever is signed in.
  await page.evaluate(() => document.querySelector<HTMLAnchorElement>('nav a[href="/me"]')?.click())
  await page.locator('main a[href^="/request/"]').first().waitFor({ state: 'detached' })
  return opening
}
