/** A push while many devices listen for pokes of its grid, beside the same push while nobody listens. */
import { sql } from 'kysely'
import { openDatabase } from '#server/db/connect.ts'
import { enrolDevices, signInDevice, type HeldRecord, type HttpDevice } from './http-device.ts'
import { figureOf } from './figure.ts'
import { median, row, type AddRow } from './rows.ts'

const listenersInAll = 300

/** In turns, so that both meet the machine as it is: alone, with listeners, alone, … */
export async function measureListeners(
  url: string,
  databaseUrl: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  const db = openDatabase(databaseUrl)
  const ending = new AbortController()
  try {
    const pusher = await signInDevice(url, 'worker1')
    const household = (await pusher.pull()).records.find(({ kind }) => kind === 'household')
    if (!household) throw new Error('no household')
    const { rows } = await sql<{ account: string }>`
      select account from device where id = ${pusher.id}::uuid`.execute(db)
    const account = rows[0]?.account ?? ''
    const devices = await enrolDevices(
      db,
      url,
      Array.from({ length: listenersInAll }, () => account),
    )
    const alone: number[] = []
    const heard: number[] = []
    const processor = { alone: 0, heard: 0 }
    const measured = async (times: number[], of: keyof typeof processor) => {
      const before = await figureOf(url, 'process_cpu_seconds_total')
      times.push(...(await pushes(pusher, household, isQuick ? 40 : 100)))
      processor[of] += (await figureOf(url, 'process_cpu_seconds_total')) - before
    }
    await pushes(pusher, household, 20)
    for (let round = 0; round < (isQuick ? 2 : 4); round += 1) {
      await measured(alone, 'alone')
      const listening = new AbortController()
      ending.signal.addEventListener('abort', () => listening.abort())
      let pokes = 0
      // Some at a time, as devices come back: each asks once who it is.
      for (let from = 0; from < devices.length; from += 20) {
        const group = devices.slice(from, from + 20)
        await Promise.all(
          group.map((device) => device.listen(listening.signal, () => (pokes += 1))),
        )
      }
      await measured(heard, 'heard')
      if (pokes === 0) throw new Error('nobody heard anything')
      listening.abort()
      // Their connections are gone before nobody listens again.
      while ((await figureOf(url, 'wuse_event_listeners')) > 0)
        await new Promise((done) => setTimeout(done, 50))
    }
    const [mine, baseline] = [median(heard), median(alone)]
    add(
      row(`push while ${listenersInAll} devices listen`, 'ms', baseline * 1.2, mine, {
        baseline,
        note:
          'baseline: nobody listens; at most 1.2 of it; the server’s processor a push: ' +
          `${perPush(processor.heard, heard)} ms, alone ${perPush(processor.alone, alone)} ms`,
      }),
    )
  } finally {
    ending.abort()
    await db.destroy()
  }
}

const perPush = (seconds: number, times: readonly number[]) =>
  ((seconds * 1_000) / times.length).toFixed(1)

/** One after the other; milliseconds of each. */
async function pushes(device: HttpDevice, household: HeldRecord, count: number): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < count; n += 1) {
    const at = new Date().toISOString()
    const visit = device.mutation({
      ...{ stream: household.stream, kind: 'visit', record: crypto.randomUUID() },
      fields: { household: household.id, channel: 'door', outcome: 'met', unchanged: true, at },
    })
    const began = performance.now()
    await device.pushAll([visit])
    times.push(performance.now() - began)
  }
  return times
}
