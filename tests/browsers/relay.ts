/** A way to the server that can be cut, as a lane without a signal does: to the browser nobody is there. */
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface Relay {
  readonly url: string
  down(): Promise<void>
  up(): Promise<void>
}

export async function createRelay(to: string): Promise<Relay> {
  const { hostname, port } = new URL(to)
  const open = new Set<Socket>()
  let server: Server | null = null
  let own = 0
  const up = () =>
    new Promise<void>((resolve, reject) => {
      server = createServer((near) => {
        const far = connect(Number(port), hostname)
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const) {
          open.add(one)
          one.pipe(other)
          one.on('error', () => other.destroy())
          one.on('close', () => {
            open.delete(one)
            other.destroy()
          })
        }
      })
      server.once('error', reject)
      server.listen(own, 'localhost', () => {
        const address = server?.address()
        own = typeof address === 'object' && address ? address.port : own
        resolve()
      })
    })
  await up()
  return {
    url: `http://localhost:${own}`,
    up,
    down: () =>
      new Promise((resolve) => {
        server?.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
