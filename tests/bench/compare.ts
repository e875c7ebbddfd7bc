/** The same data on the same machine in one run: Wuse, the bare row store, the floor, RxDB and PouchDB. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { consentsMissing } from '#domain/consent.ts'
import type { Cursor } from '#protocol/pull.ts'
import { openBarePage } from './bare.ts'
import type { BareSession } from './bare-page.ts'
import {
  changeAsColleague,
  changedField,
  measureFirstPulls,
  measureWork,
  middle,
  type Cost,
  type Costs,
  type Tasks,
} from './compare-wuse.ts'
import { signInDevice, type HttpDevice, type Pulled } from './http-device.ts'
import { createMeter, type Meter } from './meter.ts'
import { installPeers, measurePeer, peers, type Peer } from './peers.ts'
import { percentile, row, type AddRow, type Row } from './rows.ts'
import { prefixesOf } from './search.ts'
import type { Seat } from './tablet.ts'

const names = ['王秀兰', '陈', '建国', '李明', '陈建国', '张', '秀英']
/** For whom each look takes seconds. */
const fewNames = names.slice(0, 3)

type Task = keyof Costs
type Cursors = Readonly<Record<string, Cursor>>

/** At most so many times the other's; null where only the figure counts. */
type Goals = Partial<Record<Task, number>>

const rowStoreGoals: Goals = { firstPull: 0.25 }
const floorGoals: Goals = { firstPull: 2 }
const peerGoals: Goals = { firstPull: 1 / 20, push: 1 / 20 }

export async function measureCompare(url: string, isQuick: boolean, add: AddRow): Promise<void> {
  const meter = await createMeter(url)
  const colleague = await signInDevice(url, 'office1')
  const pulled = await colleague.pull()
  const tasks = tasksOf(pulled, isQuick)
  const bare = createBare(meter, colleague, tasks)
  try {
    const firstPull = await measureFirstPulls(meter, tasks.repeat, bare.firstPull)
    const work = await measureWork(meter, colleague, tasks, bare.work)
    const wuse = { firstPull, ...work }
    const { rows, floor } = bare.costs()
    const note = `${pulled.records.length} records`
    add(...rowsOf('the bare row store', wuse, rows, rowStoreGoals, note))
    add(...rowsOf('the floor', wuse, floor, floorGoals, note))
    await againstPeers(pulled, tasks, wuse, add)
  } finally {
    await meter.close()
  }
}

/** The stream with the most residents is the village. */
function tasksOf({ records, scope }: Pulled, isQuick: boolean): Tasks {
  const byStream = new Map<string, typeof records>()
  for (const { id, write } of scope.streams) {
    if (!write) continue
    // Who died or left may be purged while the bench runs.
    const present = records.filter(
      ({ stream, kind, fields }) =>
        stream === id &&
        kind === 'resident' &&
        fields &&
        !fields['movedOutOn'] &&
        !fields['diedOn'] &&
        // Who did not agree to this field has its change refused.
        consentsMissing(fields, { ...fields, [changedField]: '样例' }).length === 0,
    )
    byStream.set(id, present)
  }
  const [most = []] = [...byStream.values()].sort((a, b) => b.length - a.length)
  if (most.length < 700) throw new Error(`only ${most.length} residents`)
  return { residents: most, pushCount: 500, pullCount: 200, names, repeat: isQuick ? 1 : 2 }
}

/** In a tablet's own browser and by its session; what the app has there does not change. */
function createBare(meter: Meter, colleague: HttpDevice, tasks: Tasks) {
  const costs = {
    rows: { firstPull: [] as Cost[], pull: [] as Cost[] },
    floor: { firstPull: [] as Cost[], pull: [] as Cost[] },
  }
  let search = NaN
  const pullBoth = async (
    page: Page,
    task: 'firstPull' | 'pull',
    session: BareSession,
    since: Cursors,
  ) => {
    const asked = { session, since }
    for (const [name, act] of [
      [
        'rows',
        () =>
          page.evaluate(({ session: own, since: at }) => window.bare.fetchAndWrite(own, at), asked),
      ],
      [
        'floor',
        () =>
          page.evaluate(({ session: own, since: at }) => window.bare.fetchAndKeep(own, at), asked),
      ],
    ] as const) {
      meter.read()
      const { milliseconds } = await act()
      costs[name][task].push({ milliseconds, bytes: meter.read() })
    }
  }
  return {
    async firstPull({ page }: Seat, session: BareSession) {
      await openBarePage(page, meter.url)
      await pullBoth(page, 'firstPull', session, {})
    },
    async work({ page }: Seat, session: BareSession) {
      await openBarePage(page, meter.url)
      await page.evaluate((own) => window.bare.fetchAndWrite(own), session)
      for (let n = 0; n < tasks.repeat; n += 1) {
        const { cursors } = await colleague.pull()
        await changeAsColleague(colleague, tasks.residents.slice(-tasks.pullCount), `样例铺${n}`)
        await pullBoth(page, 'pull', session, cursors)
      }
      await page.evaluate(() => window.bare.load())
      const texts = prefixesOf(tasks.names)
      const scans = await page.evaluate((all) => window.bare.scan(all), texts)
      search = percentile(scans, 0.95)
    },
    costs(): { readonly rows: Partial<Costs>; readonly floor: Partial<Costs> } {
      const { rows, floor } = costs
      return {
        rows: { firstPull: middle(rows.firstPull), pull: middle(rows.pull), search },
        floor: { firstPull: middle(floor.firstPull), pull: middle(floor.pull) },
      }
    },
  }
}

async function againstPeers(
  { records }: Pulled,
  tasks: Tasks,
  wuse: Costs,
  add: AddRow,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wuse-peers-'))
  try {
    const file = join(folder, 'records.json')
    await writeFile(file, JSON.stringify(records))
    const missing = await installPeers().then(
      () => null,
      (fault: unknown) => `could not be installed: ${firstLine(fault)}`,
    )
    for (const peer of Object.keys(peers) as Peer[]) {
      console.error(`measuring ${peers[peer]} …`)
      if (missing !== null) {
        add(...rowsOf(peers[peer], wuse, {}, {}, missing))
        continue
      }
      try {
        const costs = await measurePeer(peer, file, tasks, fewNames)
        add(...rowsOf(peers[peer], wuse, costs, peerGoals, `${costs.records} records`))
      } catch (fault) {
        add(...rowsOf(peers[peer], wuse, {}, {}, `could not be run: ${firstLine(fault)}`))
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function firstLine(fault: unknown): string {
  return (fault instanceof Error ? fault.message : String(fault)).split('\n')[0] ?? ''
}

const words: Readonly<Record<Task, string>> = {
  firstPull: 'first pull of 33,000',
  push: 'push of 500 offline edits',
  pull: 'pull of 200 changed records',
  search: 'search by name, p95',
}

/** Wuse's figures beside those of one other, with the goal as the budget; of a task without figures only why. */
function rowsOf(
  name: string,
  wuse: Costs,
  other: Partial<Costs>,
  goals: Goals,
  note: string,
): Row[] {
  const isMissing = Object.keys(other).length === 0
  const rows: Row[] = []
  const put = (task: Task, what: string, unit: 'ms' | 'kB', mine: number, theirs?: number) => {
    if (theirs === undefined && !isMissing) return
    const goal = unit === 'ms' ? goals[task] : undefined
    const budget = goal === undefined || theirs === undefined ? null : Math.round(goal * theirs)
    const said = `${goal === undefined ? '' : `goal: at most ${goal} × it; `}baseline: ${name}, ${note}`
    const more = theirs === undefined ? {} : { baseline: theirs }
    rows.push(row(`${what} against ${name}`, unit, budget, mine, { ...more, note: said }))
  }
  for (const task of ['firstPull', 'push', 'pull'] as const) {
    const [mine, theirs] = [wuse[task], other[task]]
    put(task, words[task], 'ms', mine.milliseconds, theirs?.milliseconds)
    put(task, `${words[task]}, bytes`, 'kB', mine.bytes / 1000, theirs && theirs.bytes / 1000)
  }
  put('search', words.search, 'ms', wuse.search, other.search)
  return rows
}
