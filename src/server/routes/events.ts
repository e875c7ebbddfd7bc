/** `GET /api/events`: server-sent events that name moved streams, nothing else. */
import { Hono } from 'hono'
import { problemOfSession } from './session.ts'
import type { Env, Office } from './context.ts'
import type { Listener } from '../pokes/pokes.ts'

const heartbeatMs = 25_000

export function eventRoutes(office: Office, stopped: AbortSignal): Hono<Env> {
  const pokeToBytes = createPokeWriter()
  const closings = new Set<() => void>()
  const closeAll = () => closings.forEach((close) => close())
  stopped.addEventListener('abort', closeAll, { once: true })
  const app = new Hono<Env>()
  app.get('/', (context) => {
    const { account, device, id } = context.get('session')
    context.header('Content-Type', 'text/event-stream')
    context.header('Cache-Control', 'no-store')
    // Proxies of nginx's kind would hold a poke back until they have a buffer full.
    context.header('X-Accel-Buffering', 'no')
    const asked = { hash: context.get('sessionHash'), device }
    return context.body(
      createEventStream({
        pokeToBytes,
        onOpen(close) {
          closings.add(close)
          if (stopped.aborted) close()
          return () => closings.delete(close)
        },
        listen: (on) => office.pokes.listen({ account, device, session: id, ...on }),
        async isLiving() {
          try {
            return !problemOfSession(await office.sessions.find(asked), office.clock.now())
          } catch (error) {
            // The database is away: that ends no session.
            office.onFault(error)
            return true
          }
        },
      }),
    )
  })
  return app
}

interface Parts {
  /** Told what closes it when the server stops; the answer forgets that. */
  readonly onOpen: (close: () => void) => () => void
  readonly pokeToBytes: (streams: readonly string[]) => Uint8Array<ArrayBuffer>
  readonly listen: (on: Pick<Listener, 'onMoved' | 'onWake'>) => () => void
  readonly isLiving: () => Promise<boolean>
}

/**
 * The events of one device. Written by itself and not by a stream of the framework's: with hundreds that listen to one
 * poke most of the server's time went into the layers of those.
 */
function createEventStream(parts: Parts): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { onOpen, pokeToBytes, listen, isLiving } = parts
  const moved = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let unlisten: () => void = () => undefined
  let forget: () => void = () => undefined
  let open: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | null = null

  const write = (bytes: Uint8Array<ArrayBuffer>) => {
    open?.enqueue(bytes)
    clearTimeout(timer)
    if (open) timer = setTimeout(look, heartbeatMs)
  }
  /** Whoever does not read is told later what moved, in one. */
  const tell = () => {
    if (moved.size === 0 || (open?.desiredSize ?? 0) <= 0) return
    const streams = [...moved]
    moved.clear()
    write(pokeToBytes(streams))
  }
  /** A sign of life, where the session still lives. */
  const look = () => {
    void isLiving().then((living) => {
      if (living) return write(eventToBytes('alive', '[]'))
      // The device asks at once, and its next question is answered with the reason.
      write(eventToBytes('poke', '[]'))
      close()
    })
  }
  const end = () => {
    open = null
    clearTimeout(timer)
    unlisten()
    forget()
  }
  const close = () => {
    open?.close()
    end()
  }

  return new ReadableStream({
    start(controller) {
      open = controller
      unlisten = listen({
        onMoved(streams) {
          for (const id of streams) moved.add(id)
          tell()
        },
        onWake: look,
      })
      write(eventToBytes('ready', ''))
      forget = onOpen(close)
    },
    pull: tell,
    cancel: end,
  })
}

const utf8 = new TextEncoder()

const eventToBytes = (event: 'ready' | 'poke' | 'alive', data: string) =>
  utf8.encode(`event: ${event}\ndata: ${data}\n\n`)

/** The same poke goes to many, so its bytes are made once. */
function createPokeWriter(): Parts['pokeToBytes'] {
  let last = { data: '', bytes: eventToBytes('poke', '') }
  return (streams) => {
    const data = JSON.stringify(streams)
    if (data !== last.data) last = { data, bytes: eventToBytes('poke', data) }
    return last.bytes
  }
}
