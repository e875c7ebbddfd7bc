/** What the same browser does without the app: the baselines, run in a page of the same origin. */
import Dexie from 'dexie'
import { deviceHeader } from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { Cursor, PullLine } from '#protocol/pull.ts'

declare global {
  interface Window {
    bare: typeof bare
  }
}

const rowStore = () => {
  const db = new Dexie('bench-bare-rows')
  db.version(1).stores({ rows: 'id, stream, kind, version' })
  return db
}

let names: readonly string[] = []

/** By whose session the page asks: that of the app on the same tablet. */
export interface BareSession {
  /** The device's id, as the server knows it. */
  readonly device: string
  /** The app's own header. */
  readonly authorization: string
}

async function askPull(
  { device, authorization }: BareSession,
  cursors: Readonly<Record<string, Cursor>>,
) {
  const answer = await fetch('/api/pull', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization, [deviceHeader]: device },
    body: JSON.stringify({ protocol: protocolVersion, device, cursors }),
  })
  if (!answer.ok) throw new Error(`pull: ${answer.status}`)
  return answer
}

const bare = {
  /**
   * Fetches what is newer than the cursors (none: the whole register) and writes it row by row, as a plain table with
   * three indexes. Milliseconds, rows.
   */
  async fetchAndWrite(session: BareSession, cursors: Readonly<Record<string, Cursor>> = {}) {
    const began = performance.now()
    const answer = await askPull(session, cursors)
    const lines = (await answer.text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as PullLine)
    const db = rowStore()
    let rows = 0
    let residents = 0
    for (const line of lines) {
      if (line.type !== 'page') continue
      await db.table('rows').bulkPut(line.records.map((one) => ({ ...one, stream: line.stream })))
      rows += line.records.length
      residents += line.records.filter((one) => one.kind === 'resident').length
    }
    db.close()
    return { milliseconds: performance.now() - began, rows, residents }
  },

  /**
   * The floor: fetches the same and stores the compressed bytes as one value. The browser hands over what it has
   * inflated, so they are compressed again while the clock stands.
   */
  async fetchAndKeep(session: BareSession, cursors: Readonly<Record<string, Cursor>> = {}) {
    const db = new Dexie('bench-bare-floor')
    db.version(1).stores({ values: '' })
    await db.open()
    const began = performance.now()
    const answer = await askPull(session, cursors)
    const inflated = await answer.arrayBuffer()
    const fetched = performance.now() - began
    const deflated = new Response(
      new Blob([inflated]).stream().pipeThrough(new CompressionStream('gzip')),
    )
    const bytes = new Uint8Array(await deflated.arrayBuffer())
    const stored = performance.now()
    await db.table('values').put(bytes, 'register')
    const milliseconds = fetched + performance.now() - stored
    db.close()
    return { milliseconds, fetched }
  },

  /** Reads all rows; keeps the names for the scan. Milliseconds. */
  async load() {
    const db = rowStore()
    await db.open()
    const began = performance.now()
    const rows = (await db.table('rows').toArray()) as { fields?: { name?: string } }[]
    const milliseconds = performance.now() - began
    names = rows.flatMap((one) => one.fields?.name ?? [])
    db.close()
    return milliseconds
  },

  /** One look through all names, and a frame painted with what it found; milliseconds each. */
  async scan(texts: readonly string[]) {
    const list = document.body.appendChild(document.createElement('ul'))
    const times: number[] = []
    for (const text of texts) {
      const began = performance.now()
      const found = names.filter((name) => name.includes(text)).slice(0, 40)
      list.replaceChildren(
        ...found.map((name) => {
          const item = document.createElement('li')
          item.textContent = name
          return item
        }),
      )
      times.push((await painted()) - began)
    }
    list.remove()
    return times
  },

  /** A bare table of so many cells with two words each, made anew and painted; milliseconds each. */
  async table(floors: number, rooms: number, times: number) {
    const taken: number[] = []
    for (let n = 0; n < times; n += 1) {
      const began = performance.now()
      const table = document.createElement('table')
      for (let floor = floors; floor > 0; floor -= 1) {
        const line = table.insertRow()
        line.insertCell().textContent = String(floor)
        for (let room = 1; room <= rooms; room += 1) {
          const link = document.createElement('a')
          link.href = `/${floor}/${room}`
          link.append(`${floor * 100 + room}`, document.createElement('br'), '✓ 3')
          line.insertCell().append(link)
        }
      }
      document.body.replaceChildren(table)
      taken.push((await painted()) - began)
    }
    document.body.replaceChildren()
    return taken
  },
}

window.bare = bare

function painted(): Promise<number> {
  const channel = new MessageChannel()
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve(performance.now())
    requestAnimationFrame(() => channel.port2.postMessage(null))
  })
}
