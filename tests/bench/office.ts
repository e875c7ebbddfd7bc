import { waitUntilWhole } from './app-in-page.ts'
import { openBarePage } from './bare.ts'
import { median, row, type AddRow, type Row } from './rows.ts'
import { measureSearch, prefixes, searchRow } from './search.ts'
import { settle } from './settle.ts'
import { unlockAnew, type Seat, type Tablet, type Unlocking } from './tablet.ts'

const speeds = [
  { slowdown: 1, load: 600, search: 16 },
  { slowdown: 4, load: 1_500, search: 50 },
] as const

/** Everything with 33,000 residents on the device: first pull, load, memory, search; with the bare row store beside it. */
export async function measureOffice(
  tablet: Tablet,
  url: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  const { session, firstPull } = await settle(tablet, url, 'office1')
  const seat = await tablet.open(1)
  const { page } = seat
  const repeat = isQuick ? 2 : 5
  try {
    await openBarePage(page, url)
    const written = await page.evaluate((own) => window.bare.fetchAndWrite(own), session)
    if (written.residents < 30_000) throw new Error(`only ${written.residents} residents`)
    add(
      row('first pull of 33,000, sealed', 'ms', null, firstPull, {
        baseline: written.milliseconds,
        note: `${written.rows} records; baseline: fetched and written row by row with Dexie`,
      }),
    )

    const empty = await heapAtLock(seat, url)
    for (const { slowdown, load, search } of speeds) {
      const how = slowdown === 1 ? '' : `, slowed ${slowdown}×`
      await openBarePage(page, url)
      await seat.slow(slowdown)
      const bareLoads: number[] = []
      for (let n = 0; n < repeat; n += 1) {
        bareLoads.push(await page.evaluate(() => window.bare.load()))
      }
      const scans = await page.evaluate((texts) => window.bare.scan(texts), prefixes)

      const unlockings: Unlocking[] = []
      const loads: number[] = []
      for (let n = 0; n < repeat; n += 1) {
        unlockings.push(await unlockAnew(seat, url))
        loads.push(await loadOf(seat))
      }
      const of = (name: keyof Unlocking) => median(unlockings.map((one) => one[name]))
      add(
        row(`load 33,000 residents${how}`, 'ms', load, median(loads), {
          baseline: median(bareLoads),
          note: 'vault opening to the whole register in memory; baseline: plain rows by toArray',
        }),
        row(`unlock with 33,000: PIN to today list${how}`, 'ms', null, of('firstCard'), {
          note: `Argon2id ${Math.round(of('key'))} ms of it`,
        }),
      )

      await seat.slow(1)
      if (slowdown === 1) add(memoryRow(await heapUsed(seat), empty))
      const { times, empty: blanks } = await measureSearch(seat, slowdown, isQuick)
      add(searchRow(slowdown, search, times, scans, blanks))
    }
  } finally {
    await seat.close()
  }
}

/** Milliseconds from the vault's opening until the whole register is in memory. */
async function loadOf({ page }: Seat): Promise<number> {
  await waitUntilWhole(page)
  return page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name).at(-1)?.startTime
    return (at('wuse whole') ?? at('wuse ready') ?? NaN) - (at('wuse vault') ?? NaN)
  })
}

/** Locked: the pad, or the field for the passphrase of an office's tablet. */
async function heapAtLock(seat: Seat, url: string): Promise<number> {
  await seat.page.goto(url)
  await seat.page.waitForFunction(() => (window.glass.seen['pin-pad'] ?? NaN) > 0)
  return heapUsed(seat)
}

/** Megabytes of JavaScript heap after a collection. */
async function heapUsed({ devtools }: Seat): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = (await devtools.send('Runtime.getHeapUsage')) as { usedSize: number }
  return usedSize / 1_000_000
}

function memoryRow(used: number, empty: number): Row {
  return row('memory for 33,000 residents, heap', 'MB', 60, used, {
    baseline: empty,
    note: 'the today list open; baseline: the app at its PIN pad',
  })
}
