import type { IncomingMessage } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { readCertificate, type Certificate, type CertificateFiles } from './certificate.ts'
import { codeOf, StartTrouble } from './cluster/trouble.ts'
import type { Config } from './config.ts'
import { systemClock } from './system.ts'

type Fetch = (request: Request, env?: unknown) => Response | Promise<Response>

export interface Listening {
  /** Where to open it, `http://localhost:8787`. */
  readonly url: string
  /** From now on requests go there; until then each is told to come back. */
  open(fetch: Fetch): void
  /** Takes no more connections, waits for the requests under way, and after some seconds no longer. */
  close(): Promise<void>
}

/** A month of unsent work over the slowest line that is still one. */
const requestMs = 20 * 60_000
/** A body goes on by so many bytes within the patience, or ends. */
const leastBytes = 256

/** Ends a request whose body does not go on: a line that is only slow still brings some bytes. */
function endHalfRequest(request: IncomingMessage, bodyMs: number): void {
  const { socket } = request
  let seen = socket.bytesRead
  const timer = setInterval(() => {
    if (request.complete) return clearInterval(timer)
    // What lies here unread is ours to read: then the caller is not the slow one.
    const isWaiting = request.readableLength === 0 && socket.bytesRead - seen < leastBytes
    seen = socket.bytesRead
    if (isWaiting) socket.destroy()
  }, bodyMs)
  timer.unref()
  request.once('close', () => clearInterval(timer))
}

/** The head of a request is one packet: whoever sends no more of it, or of the body, holds a connection that others need. */
interface Patience {
  readonly headersMs: number
  readonly bodyMs: number
  /** How often a certificate is looked at again. */
  readonly certificateMs?: number
}
const patience: Patience = { headersMs: 15_000, bodyMs: 15_000 }

/** How often a renewed certificate is looked for. */
const lookEveryMs = 3_600_000

/** Whoever stops a service or a container gives it ten seconds; the database needs some of them. */
const closePatienceMs = 5_000

/**
 * Takes the port before anything else is done, so that one in use is told at once and not after a database was
 * filled, and a watcher hears 503 while the start goes on.
 */
export function listen(
  config: Pick<Config, 'host' | 'port'> & Partial<Pick<Config, 'tls'>>,
  { headersMs, bodyMs, certificateMs = lookEveryMs }: Patience = patience,
  now: () => number = systemClock.now,
): Promise<Listening> {
  let answer: Fetch = comeBack
  const { tls = null } = config
  const certificate = tls && readCertificate(tls, now())
  const limits = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(1_000, headersMs),
  }
  return new Promise((resolve, reject) => {
    const socket = serve(
      {
        fetch: (request, env) => answer(request, env),
        port: config.port,
        hostname: config.host,
        ...(certificate
          ? {
              createServer: createHttpsServer,
              serverOptions: { ...limits, cert: certificate.cert, key: certificate.key },
            }
          : { serverOptions: limits }),
      },
      (address: AddressInfo) =>
        resolve({
          url: `${certificate ? 'https' : 'http'}://${nameOf(config.host)}:${address.port}`,
          open(fetch) {
            answer = fetch
          },
          close: () =>
            new Promise((done) => {
              const all = () => 'closeAllConnections' in socket && socket.closeAllConnections()
              const idle = () => 'closeIdleConnections' in socket && socket.closeIdleConnections()
              const late = setTimeout(all, closePatienceMs)
              const often = setInterval(idle, 100)
              socket.close(() => {
                clearTimeout(late)
                clearInterval(often)
                done()
              })
            }),
        }),
    )
    if (tls && certificate && 'setSecureContext' in socket) {
      takeRenewed(tls, certificate, { now, everyMs: certificateMs }, (renewed) =>
        socket.setSecureContext(renewed),
      )
    }
    if ('headersTimeout' in socket)
      socket.on('request', (request) => endHalfRequest(request, bodyMs))
    socket.once('error', (error: Error) => reject(asTrouble(error, config)))
  })
}

/** A certificate that was renewed is taken without a new start; one that is no good leaves the old one at work. */
function takeRenewed(
  files: CertificateFiles,
  first: Certificate,
  { now, everyMs }: { readonly now: () => number; readonly everyMs: number },
  take: (renewed: Certificate) => void,
): void {
  let held = first
  const look = () => {
    try {
      const found = readCertificate(files, now())
      if (found.cert === held.cert && found.key === held.key) return
      take(found)
      held = found
    } catch {
      // Half of a renewal may stand there; `npm run doctor` says what is wrong with it.
    }
  }
  setInterval(look, everyMs).unref()
}

function comeBack(): Response {
  return Response.json(
    { ok: false, problem: 'database-unreachable', retryAfter: 1 },
    { status: 503, headers: { 'Retry-After': '1', 'Cache-Control': 'no-store' } },
  )
}

function asTrouble(error: Error, { host, port }: Pick<Config, 'host' | 'port'>): Error {
  const code = codeOf(error)
  if (code === 'EADDRINUSE') {
    const other = port < 65_535 ? port + 1 : port - 1
    return new StartTrouble(
      `Port ${port} is in use by another program. Stop that one, or start with another port: PORT=${other} npm start`,
    )
  }
  return new StartTrouble(
    `Wuse cannot listen on ${host}:${port} (${code || error.message}). Set PORT or HOST to another one.`,
  )
}

/** Browsers take localhost for safe, as a service worker and the vault need. */
function nameOf(host: string): string {
  if (['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
