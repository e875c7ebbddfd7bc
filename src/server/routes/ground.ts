/** The map's ground: what there is of it, and the deployment's own file of tiles in the parts that are asked for. */
import { open, stat } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { groundFilePath, groundPath, type Ground } from '#protocol/ground.ts'
import type { Datum } from '#domain/position.ts'

export interface GroundConfig {
  /** Path of a PMTiles file; null where there is none. */
  readonly file: string | null
  /** Address of tiles with {z}, {x} and {y}; null where there is none. */
  readonly tiles: string | null
  readonly datum: Datum
  readonly credit: string | null
}

/** No more of the file than this in one answer: what a browser asks for is a directory or a tile. */
const mostBytes = 8_000_000

/** The origin that the app may fetch tiles from besides its own; null where it needs none. */
export function tilesOrigin(ground: Pick<GroundConfig, 'tiles'> | null): string | null {
  return ground?.tiles && URL.canParse(ground.tiles) ? new URL(ground.tiles).origin : null
}

export function groundRoutes(config: GroundConfig | null): Hono {
  const app = new Hono()
  app.get(groundPath, async (context) => {
    context.header('Cache-Control', 'no-cache')
    return context.json(await describe(config))
  })
  app.get(groundFilePath, async (context) => {
    const about = config?.file ? await look(config.file) : null
    if (!config?.file || !about) return context.notFound()
    context.header('Accept-Ranges', 'bytes')
    context.header('ETag', `"${about.tag}"`)
    context.header('Cache-Control', 'no-cache')
    const range = readRange(context.req.header('range') ?? '', about.size)
    if (!range) {
      context.header('Content-Range', `bytes */${about.size}`)
      return context.body(null, 416)
    }
    const bytes = await readPart(config.file, range)
    context.header('Content-Type', 'application/vnd.pmtiles')
    context.header('Content-Range', `bytes ${range.first}-${range.last}/${about.size}`)
    return context.body(bytes, 206)
  })
  return app
}

async function describe(config: GroundConfig | null): Promise<Ground> {
  if (!config) return { kind: 'none' }
  const { datum, credit } = config
  if (config.tiles) {
    return { kind: 'tiles', address: config.tiles, minZoom: 0, maxZoom: 18, datum, credit }
  }
  const about = config.file ? await look(config.file) : null
  return about ? { kind: 'file', tag: about.tag, datum, credit } : { kind: 'none' }
}

/** Size and tag of the file as it lies there now; null where it does not, so that the map goes on without. */
async function look(file: string): Promise<{ size: number; tag: string } | null> {
  const about = await stat(file).catch(() => null)
  if (!about?.isFile()) return null
  const { size, mtimeMs } = about
  const tag = createHash('sha256').update(`${size} ${mtimeMs}`).digest('base64url').slice(0, 16)
  return { size, tag }
}

interface Range {
  readonly first: number
  readonly last: number
}

/** One range as RFC 9110 writes it; null for none, several, or one that the file does not have. */
function readRange(header: string, size: number): Range | null {
  const found = /^bytes=(\d+)-(\d*)$/.exec(header)
  if (!found) return null
  const first = Number(found[1])
  const asked = found[2] ? Number(found[2]) : size - 1
  const last = Math.min(asked, size - 1, first + mostBytes - 1)
  return first <= last ? { first, last } : null
}

async function readPart(file: string, { first, last }: Range): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(last - first + 1)
  const opened = await open(file, 'r')
  try {
    let at = 0
    while (at < bytes.length) {
      const { bytesRead } = await opened.read(bytes, at, bytes.length - at, first + at)
      if (bytesRead === 0) throw new Error('the file of the ground ended early')
      at += bytesRead
    }
    return bytes
  } finally {
    await opened.close()
  }
}
