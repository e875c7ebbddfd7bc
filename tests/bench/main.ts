/** The device rows of design §8: one server, an office with 33,000 residents and a worker's grid. */
import { writeFile } from 'node:fs/promises'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { firstScreenBudget, firstScreenScript } from '#tests/support/size.mjs'
import { measureColdStart } from './cold-start.ts'
import { measureOffice } from './office.ts'
import { row, rowsToTable, type AddRow, type Row } from './rows.ts'
import { measureSaves } from './saves.ts'
import { createTablet, type Tablet } from './tablet.ts'
import { settle } from './settle.ts'

export interface BenchOptions {
  /** Where to write the rows; null: nowhere. */
  readonly json: string | null
  readonly isQuick: boolean
}

/** The demo in full: 秋丰村 with 33,000 residents, and the three grids of 蒋家桥社区. */
const residents = 36_450

/** Measures and prints everything; false where something could not be measured. */
export async function bench({ json, isQuick }: BenchOptions): Promise<boolean> {
  const rows: Row[] = []
  let isWhole = true
  const part = async (name: string, measure: (add: AddRow) => Promise<void>) => {
    console.error(`measuring ${name} …`)
    try {
      await measure((...more) => rows.push(...more))
    } catch (fault) {
      isWhole = false
      console.error(`${name} could not be measured:`, fault)
    }
  }

  await part('script size', scriptSize)
  const server: WuseServer = await createWuseServer(residents, 180)
  const [office, worker]: readonly Tablet[] = [await createTablet(), await createTablet()]
  try {
    await server.start()
    await part('33,000 residents', (add) => measureOffice(office!, server.url, isQuick, add))
    await part('a worker’s grid', async () => {
      await settle(worker!, server.url, 'worker1')
    })
    await server.stop()
    await part('cold start offline', (add) => measureColdStart(worker!, server.url, isQuick, add))
    await part('durable saves', (add) => measureSaves(worker!, server.url, isQuick, add))
  } finally {
    await office?.remove()
    await worker?.remove()
    await server.remove()
  }

  console.log(rowsToTable(rows))
  if (json !== null) await writeFile(json, `${JSON.stringify(rows, null, 2)}\n`)
  return isWhole
}

async function scriptSize(add: AddRow): Promise<void> {
  const { bytes } = await firstScreenScript()
  add(row('script for the first screen, gzip', 'kB', firstScreenBudget / 1000, bytes / 1000))
}
