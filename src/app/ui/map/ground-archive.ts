/** Tiles from the deployment's PMTiles file, read in parts through the device's own cache. */
import { addProtocol, type RequestParameters } from 'maplibre-gl'
import { PMTiles, TileType, type Source } from 'pmtiles'
import type { Rectangle } from '#domain/bounds.ts'
import type { MapActs } from '#app/acts/map-acts.ts'

export interface Archive {
  readonly kind: 'vector' | 'pictures'
  /** Names of the layers in it; none of pictures. */
  readonly layers: readonly string[]
  readonly minZoom: number
  readonly maxZoom: number
  readonly address: string
  /**
   * Reads all tiles of an area from the lowest zoom on, so that they lie on the device; tells whether they do now.
   * No more than some hundred: a grid has about forty.
   */
  keep(area: Rectangle, signal: AbortSignal): Promise<boolean>
}

const scheme = 'wuse-ground'
const mostTiles = 300

/** By tag: an archive that is open knows its directories. */
const archives = new Map<string, PMTiles>()
let isProtocolThere = false

/** Rejects where the file can neither be fetched nor is on the device. */
export async function openArchive(
  acts: Pick<MapActs, 'groundBytes'>,
  tag: string,
): Promise<Archive> {
  const archive = new PMTiles(sourceOver(acts, tag))
  const { tileType, minZoom, maxZoom } = await archive.getHeader()
  const isVector = tileType === TileType.Mvt
  const layers = isVector ? layersOf(await archive.getMetadata()) : []
  archives.set(tag, archive)
  if (!isProtocolThere) addProtocol(scheme, readTile)
  isProtocolThere = true
  return {
    kind: isVector ? 'vector' : 'pictures',
    layers,
    minZoom,
    maxZoom,
    address: `${scheme}://${tag}/{z}/{x}/{y}`,
    async keep(area, signal) {
      let left = mostTiles
      for (let zoom = minZoom; zoom <= maxZoom; zoom += 1) {
        for (const [x, y] of tilesOf(area, zoom)) {
          if (left === 0 || signal.aborted) return false
          left -= 1
          await archive.getZxy(zoom, x, y, signal)
        }
      }
      return true
    },
  }
}

function sourceOver(acts: Pick<MapActs, 'groundBytes'>, tag: string): Source {
  return {
    getKey: () => tag,
    getBytes: async (offset, length, signal) => ({
      data: await acts.groundBytes({ tag, offset, length, signal }),
    }),
  }
}

function layersOf(metadata: unknown): string[] {
  const { vector_layers: layers } = (metadata ?? {}) as { vector_layers?: unknown }
  if (!Array.isArray(layers)) return []
  return layers.flatMap((layer: unknown) => {
    const id = typeof layer === 'object' && layer !== null && 'id' in layer ? layer.id : null
    return typeof id === 'string' ? [id] : []
  })
}

async function readTile(request: RequestParameters, abort: AbortController) {
  const found = /^wuse-ground:\/\/([\w-]+)\/(\d+)\/(\d+)\/(\d+)$/.exec(request.url)
  const [, tag = '', zoom, x, y] = found ?? []
  const tile = await archives.get(tag)?.getZxy(Number(zoom), Number(x), Number(y), abort.signal)
  // Where the file has no tile there is nothing to draw, which is no fault.
  return { data: tile?.data ?? new ArrayBuffer(0) }
}

/** Columns and rows of the tiles that an area lies on (Web Mercator). */
export function tilesOf(area: Rectangle, zoom: number): readonly (readonly [number, number])[] {
  const count = 2 ** zoom
  const column = (longitude: number) => Math.floor(((longitude + 180) / 360) * count)
  const row = (latitude: number) => {
    const angle = (latitude * Math.PI) / 180
    const turned = Math.log(Math.tan(angle) + 1 / Math.cos(angle))
    return Math.floor(((1 - turned / Math.PI) / 2) * count)
  }
  const tiles: [number, number][] = []
  for (let x = column(area.west); x <= column(area.east); x += 1) {
    for (let y = row(area.north); y <= row(area.south); y += 1) tiles.push([x, y])
  }
  return tiles
}
