/**
 * A wire with a meter: everything between a browser and a server goes through it and is counted, and it can be cut.
 * What is counted are the bytes of the connection, heads of requests and answers with them.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Meter {
  /** The server's address by way of the wire. */
  readonly url: string
  /** Bytes in both directions since the last reading. */
  read(): number
  /** Cuts every connection, and refuses new ones until it is mended. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

export async function createMeter(target: string): Promise<Meter> {
  const { hostname, port } = new URL(target)
  let bytes = 0
  let isCut = false
  const open = new Set<Socket>()
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.setNoDelay(true)
    socket.on('data', (part: Buffer) => (bytes += part.length))
    socket.on('error', () => socket.destroy())
    socket.once('close', () => open.delete(socket))
  }
  const server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(Number(port), hostname)
    keep(near)
    keep(far)
    near.pipe(far).pipe(near)
    near.once('close', () => far.destroy())
    far.once('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const cut = () => {
    isCut = true
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    read() {
      const read = bytes
      bytes = 0
      return read
    },
    cut,
    mend: () => (isCut = false),
    close() {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
