/** The rows of design §8 and of issue 3: one server with the demo in full, and devices, peers and programs around it. */
import { writeFile } from 'node:fs/promises'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { firstScreenBudget, firstScreenScript } from '#tests/support/size.mjs'
import { measureChart } from './chart.ts'
import { measureColdStart } from './cold-start.ts'
import { measureCompare } from './compare.ts'
import { measureConnection } from './connection.ts'
import { measureCrowd } from './crowd.ts'
import { measureImport } from './import.ts'
import { measureInstall } from './install.ts'
import { measureListeners } from './listeners.ts'
import { measureOffice } from './office.ts'
import { measurePhotos } from './photos.ts'
import { measurePushSql } from './push-sql.ts'
import { measureRecolour } from './recolour.ts'
import { row, rowsToTable, type AddRow, type Row } from './rows.ts'
import { measureRequests } from './requests.ts'
import { measureSaves } from './saves.ts'
import { measureSearchBeyond } from './search-beyond.ts'
import { measureTableBeyond } from './table-beyond.ts'
import { measureCoverage, measureScale } from './scale.ts'
import { databaseUrlOf } from './server-database.ts'
import { measureTable } from './table.ts'
import { measureTodayFirst } from './today-first.ts'
import { createTablet, type Tablet } from './tablet.ts'
import { settle } from './settle.ts'

export interface BenchOptions {
  /** Where to write the rows; null: nowhere. */
  readonly json: string | null
  readonly isQuick: boolean
  /** Parts to measure; empty: all. */
  readonly only: readonly string[]
  /** Of the demo; the rows' names hold for the usual number. */
  readonly residents: number
}

/** The demo in full: 秋丰村 with 33,000 residents, and the three grids of 蒋家桥社区. */
export const usualResidents = 36_450

interface Stage {
  readonly server: WuseServer
  readonly worker: Tablet
  readonly isQuick: boolean
}

/** In this order. */
const parts: Readonly<
  Record<
    string,
    {
      readonly what: string
      /** Only where it is asked for by name: it fills a subdistrict, which takes many minutes. */
      readonly byName?: true
      run(stage: Stage, add: AddRow): Promise<void>
    }
  >
> = {
  size: { what: 'script size', run: (_stage, add) => scriptSize(add) },
  install: {
    what: 'an installation',
    run: ({ server, isQuick }, add) => measureInstall(server.url, isQuick, add),
  },
  office: {
    what: '33,000 residents',
    run: onTablet(measureOffice),
  },
  today: {
    what: 'the list of today before the rest',
    run: onTablet(measureTodayFirst),
  },
  compare: {
    what: 'what others do',
    run: ({ server, isQuick }, add) => measureCompare(server.url, isQuick, add),
  },
  connection: {
    what: 'the connection',
    run: ({ server, isQuick }, add) => measureConnection(server.url, isQuick, add),
  },
  sql: {
    what: 'pushes against bare SQL',
    run: ({ server, isQuick }, add) =>
      measurePushSql(server.url, databaseUrlOf(server.dataDir), isQuick, add),
  },
  crowd: {
    what: 'a thousand devices',
    run: ({ server, isQuick }, add) =>
      measureCrowd(server.url, databaseUrlOf(server.dataDir), isQuick, add),
  },
  listeners: {
    what: 'pushes while many listen',
    run: ({ server, isQuick }, add) =>
      measureListeners(server.url, databaseUrlOf(server.dataDir), isQuick, add),
  },
  chart: {
    what: 'the building chart',
    run: onTablet(measureChart),
  },
  table: {
    what: 'the register’s table',
    run: onTablet(measureTable, true),
  },
  requests: {
    what: 'thousands of requests',
    run: onTablet(measureRequests),
  },
  photos: {
    what: 'photographs',
    run: onTablet(measurePhotos),
  },
  import: {
    what: 'a roster of 33,000 rows',
    run: onTablet(measureImport, true),
  },
  recolour: {
    what: 'a new scheme on the device',
    run: onTablet(measureRecolour, true),
  },
  scale: {
    what: '350,000 residents',
    byName: true,
    run: ({ isQuick }, add) => measureScale(isQuick, add),
  },
  coverage: {
    what: 'coverage of 350,000 residents',
    byName: true,
    run: ({ isQuick }, add) => measureCoverage(isQuick, add),
  },
  beyond: {
    what: 'search at the server',
    byName: true,
    run: ({ isQuick }, add) => measureSearchBeyond(isQuick, add),
  },
  'table-beyond': {
    what: 'the table at the server',
    byName: true,
    run: ({ isQuick }, add) => measureTableBeyond(isQuick, add),
  },
  /** Last: it needs no server. */
  worker: {
    what: 'a worker’s grid',
    async run({ server, worker, isQuick }, add) {
      await settle(worker, server.url, 'worker1')
      await server.stop()
      await measureColdStart(worker, server.url, isQuick, add)
      await measureSaves(worker, server.url, isQuick, add)
    },
  },
}

export const partNames = Object.keys(parts)

/** Measures and prints everything; false where something could not be measured. */
export async function bench({ json, isQuick, only, residents }: BenchOptions): Promise<boolean> {
  const rows: Row[] = []
  let isWhole = true
  const server = await createWuseServer(residents, 180)
  const worker = await createTablet()
  try {
    await server.start()
    for (const [name, { what, byName, run }] of Object.entries(parts)) {
      if (only.length > 0 ? !only.includes(name) : byName) continue
      console.error(`measuring ${what} …`)
      try {
        await run({ server, worker, isQuick }, (...more) => {
          rows.push(...more)
          for (const { name: of, value, unit, baseline } of more) {
            const beside = baseline === undefined ? '' : ` (baseline ${baseline})`
            console.error(`  ${of}: ${value} ${unit}${beside}`)
          }
        })
      } catch (fault) {
        isWhole = false
        console.error(`${what} could not be measured:`, fault)
      }
    }
  } finally {
    await worker.remove()
    await server.remove()
  }

  console.log(rowsToTable(rows))
  if (json !== null) await writeFile(json, `${JSON.stringify(rows, null, 2)}\n`)
  return isWhole
}

/** By a tablet of its own, which is away afterwards. */
function onTablet(
  measure: (tablet: Tablet, url: string, isQuick: boolean, add: AddRow) => Promise<void>,
  isPaced = false,
): (stage: Stage, add: AddRow) => Promise<void> {
  return async ({ server, isQuick }, add) => {
    const tablet = await createTablet(isPaced)
    try {
      await measure(tablet, server.url, isQuick, add)
    } finally {
      await tablet.remove()
    }
  }
}

async function scriptSize(add: AddRow): Promise<void> {
  const { bytes } = await firstScreenScript()
  add(row('script for the first screen, gzip', 'kB', firstScreenBudget / 1000, bytes / 1000))
}
