/** The built app from the one origin, with headers that let nothing in from elsewhere. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { Hono, type MiddlewareHandler } from 'hono'

/**
 * hash-wasm compiles its own bytes: that needs 'wasm-unsafe-eval', and nothing else of the kind is allowed. Where the
 * deployment has the map's tiles elsewhere, that one origin may be fetched from. Workers come from our own files alone: no
 * library makes one of its own text (`blob:`).
 */
const policyWith = (tiles: string | null) =>
  [
    `default-src 'none'`,
    `script-src 'self' 'wasm-unsafe-eval'`,
    `style-src 'self'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'${tiles ? ` ${tiles}` : ''}`,
    `manifest-src 'self'`,
    `worker-src 'self'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
  ].join('; ')

/** An answer of the API is no page: nothing may be run of it, and that takes few bytes on a weak network. */
export function securityHeaders(tiles: string | null, isSecure: boolean): MiddlewareHandler {
  const policy = policyWith(tiles)
  return async (context, next) => {
    await next()
    context.header('X-Content-Type-Options', 'nosniff')
    // From now on the browser asks this address over https alone, whatever somebody types or links.
    if (isSecure) context.header('Strict-Transport-Security', 'max-age=31536000')
    if (context.req.path.startsWith('/api/')) {
      // The library that writes event streams says only that a cache has to ask again.
      if (context.res.headers.get('content-type')?.startsWith('text/event-stream')) {
        context.header('Cache-Control', 'no-store')
      }
      context.header('Content-Security-Policy', `default-src 'none'; frame-ancestors 'none'`)
      return
    }
    context.header('Content-Security-Policy', policy)
    context.header('Referrer-Policy', 'no-referrer')
    context.header('Cross-Origin-Opener-Policy', 'same-origin')
    context.header('Cross-Origin-Resource-Policy', 'same-origin')
    context.header(
      'Permissions-Policy',
      'camera=(), microphone=(), payment=(), usb=(), geolocation=(self)',
    )
  }
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

interface Served {
  readonly bytes: Buffer
  readonly type: string
  readonly tag: string
  readonly isHashed: boolean
  br?: Buffer
  gzip?: Buffer
}

/** Reads the folder once: the app is small, and a file that is swapped under a running server would break the open ones. */
export function staticFiles(
  dir: string,
  /** Whether an address without an ending is a page of the app. */
  { hasPages }: { readonly hasPages: boolean } = { hasPages: true },
): Hono {
  const files = new Map<string, Served>()
  for (const path of filesBelow(dir)) {
    const address = `/${relative(dir, path).split(sep).join('/')}`
    const bytes = readFileSync(path)
    files.set(address, {
      bytes,
      type: types[extname(path)] ?? 'application/octet-stream',
      tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 20)}"`,
      isHashed: address.startsWith('/assets/'),
    })
  }
  const app = new Hono()
  app.get('*', (context, next) => {
    const { path } = context.req
    const file =
      files.get(path) ?? (hasPages && isPage(path) ? files.get('/index.html') : undefined)
    if (!file) return next()
    context.header('Content-Type', file.type)
    context.header('ETag', file.tag)
    context.header('Vary', 'Accept-Encoding')
    context.header(
      'Cache-Control',
      file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    )
    if (context.req.header('if-none-match') === file.tag) return context.body(null, 304)
    const { encoding, body } = encode(file, context.req.header('accept-encoding') ?? '')
    if (encoding) context.header('Content-Encoding', encoding)
    return context.body(new Uint8Array(body))
  })
  return app
}

/** Pages of the app have no ending; a missing file stays missing. */
function isPage(path: string): boolean {
  return !path.startsWith('/api/') && extname(path) === ''
}

function encode(file: Served, accepted: string): { encoding: string | null; body: Buffer } {
  const isText = /text|json|svg|wasm|manifest/.test(file.type)
  if (!isText || file.bytes.length < 500) return { encoding: null, body: file.bytes }
  if (/\bbr\b/.test(accepted)) {
    file.br ??= brotliCompressSync(file.bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9 },
    })
    return { encoding: 'br', body: file.br }
  }
  if (/\bgzip\b/.test(accepted)) {
    file.gzip ??= gzipSync(file.bytes, { level: 9 })
    return { encoding: 'gzip', body: file.gzip }
  }
  return { encoding: null, body: file.bytes }
}

function* filesBelow(dir: string): Generator<string> {
  for (const name of readdirSync(dir)) {
    const path = join(dir, name)
    if (statSync(path).isDirectory()) yield* filesBelow(path)
    else if (!name.endsWith('.map')) yield path
  }
}
