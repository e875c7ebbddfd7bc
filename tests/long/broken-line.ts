/** A first pull of a whole subdistrict from the real server, over a real line that is slow and breaks all the time. */
import { createServer, connect, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Session } from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import { createNetwork } from '#app/platform/network.ts'
import { createWire } from '#app/sync/wire.ts'
import { pullToTheEnd } from '#tests/support/pull-to-the-end.ts'
import { createWuseServer, demoPassword, type WuseServer } from '#tests/support/wuse-server.ts'

const residents = Number(process.env['WUSE_LINE_RESIDENTS'] ?? 33_000)

const clock = {
  now: () => Date.now(),
  after(milliseconds: number, act: () => void) {
    const timer = setTimeout(act, milliseconds)
    return () => clearTimeout(timer)
  },
}
const rest = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

let server: WuseServer
let pass: string
let session: Session
const device = uuidv7()

beforeAll(async () => {
  server = await createWuseServer(residents, 500)
  await server.start()
  const post = async (path: string, body: object, token = '') => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const answer = await fetch(server.url + path, {
      ...{ method: 'POST', headers, body: JSON.stringify({ protocol: protocolVersion, ...body }) },
    })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as object
  }
  const asked = { device, login: 'admin', password: demoPassword, deviceName: 'line' }
  session = (await post('/api/session', asked)) as Session
  const { token } = session as unknown as { readonly token: string }
  pass = ((await post('/api/session/pass', {}, token)) as { readonly pass: string }).pass
})
afterAll(() => server.remove())

interface Line {
  readonly bytesPerSecond: number
  readonly breaksAfterMs?: number
  readonly breaksAfterBytes?: number
}

/** In front of the server: so fast towards the device, and gone after so long or so much. Counts what came through. */
async function openLine({ bytesPerSecond, breaksAfterMs, breaksAfterBytes = Infinity }: Line) {
  const port = Number(new URL(server.url).port)
  let through = 0
  const proxy: Server = createServer((near) => {
    const far = connect(port, 'localhost')
    const end = () => {
      near.destroy()
      far.destroy()
    }
    const timer = breaksAfterMs === undefined ? undefined : setTimeout(end, breaksAfterMs)
    near.on('error', end).on('close', () => clearTimeout(timer))
    far.on('error', end)
    near.pipe(far)
    const send = async () => {
      let sent = 0
      for await (const chunk of far as AsyncIterable<Buffer>) {
        for (let at = 0; at < chunk.length; at += 1_000) {
          const piece = chunk.subarray(at, at + 1_000)
          if (sent + piece.length > breaksAfterBytes) return end()
          sent += piece.length
          through += piece.length
          await rest((piece.length / bytesPerSecond) * 1_000)
          if (near.destroyed) return
          near.write(piece)
        }
      }
      // What was read is through by now; at its `end` the last pieces of a slow line still wait.
      near.end()
    }
    send().catch(end)
  })
  await new Promise<void>((resolve) => proxy.listen(0, 'localhost', resolve))
  return {
    address: `http://localhost:${String((proxy.address() as AddressInfo).port)}`,
    through: () => through,
    close: () => proxy.close(),
  }
}

async function pullOver(line: Line) {
  const opened = await openLine(line)
  const network = createNetwork({
    clock,
    fetch: (path, init) => {
      const headers = new Headers(init.headers)
      headers.set('authorization', `Bearer ${pass}`)
      // A line of its own each time, as after a break.
      headers.set('connection', 'close')
      // Here it has no page that it could be the same origin as.
      return fetch(opened.address + path, { ...init, headers, mode: 'cors' })
    },
  })
  const wire = createWire({ network, clock, listen: () => () => {} })
  const began = Date.now()
  let [seen, inVain] = [0, 0]
  const { disk, tries } = await pullToTheEnd({
    ...{ wire, clock, device },
    async rest(milliseconds) {
      inVain = opened.through() > seen ? 0 : inVain + 1
      if (inVain > 20) throw new Error('nothing comes through')
      seen = opened.through()
      await rest(milliseconds)
    },
    account: session.account.id,
    mostTries: 20_000,
  })
  opened.close()
  const seconds = (Date.now() - began) / 1_000
  const versions = Object.values(disk.cursors).reduce((sum, { version }) => sum + version, 0)
  const bytes = opened.through()
  console.log(JSON.stringify({ ...line, seconds, tries, versions, bytes }))
  return { seconds, tries, versions, bytes }
}

it('is done in under twice the line’s own time, and ends where no usual page gets through', async () => {
  const clean = await pullOver({ bytesPerSecond: 2_000_000 })
  const slow = await pullOver({ bytesPerSecond: 20_000, breaksAfterMs: 5_000 })
  // What the office does by itself meanwhile comes on top.
  expect(slow.versions).toBeGreaterThanOrEqual(clean.versions)
  expect(slow.seconds).toBeLessThan((2 * clean.bytes) / 20_000)
  const short = await pullOver({ bytesPerSecond: 200_000, breaksAfterBytes: 15_000 })
  expect(short.versions).toBeGreaterThanOrEqual(slow.versions)
  expect(short.tries).toBeGreaterThan(clean.bytes / 15_000)
})
