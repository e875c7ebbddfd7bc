/**
 * A PMTiles archive of version 3 with one vector tile of the whole world, all of it water: small enough to be read in
 * a test by hand. Mapbox vector tiles 2.1, protocol buffers.
 */

const utf8 = new TextEncoder()

export function pmtilesFile(): Uint8Array {
  const tile = worldOfWater()
  const metadata = utf8.encode(JSON.stringify({ vector_layers: [{ id: 'water' }] }))
  // One entry: tile 0, once, so long, at the beginning.
  const directory = Uint8Array.from([1, 0, 1, ...varint(tile.length), 1])
  const headerLength = 127
  const metadataAt = headerLength + directory.length
  const tilesAt = metadataAt + metadata.length
  const file = new Uint8Array(tilesAt + tile.length)
  const view = new DataView(file.buffer)
  file.set(utf8.encode('PMTiles'))
  file[7] = 3
  const numbers = [
    ...[headerLength, directory.length, metadataAt, metadata.length],
    ...[tilesAt, 0, tilesAt, tile.length],
    ...[1, 1, 1],
  ]
  for (const [index, number] of numbers.entries()) {
    view.setBigUint64(8 + index * 8, BigInt(number), true)
  }
  // Clustered; directories and tiles as they are; vector tiles; zoom 0 to 0.
  file.set([1, 1, 1, 1, 0, 0], 96)
  const degrees = [-180, -85, 180, 85]
  for (const [index, value] of degrees.entries()) {
    view.setInt32(102 + index * 4, value * 1e7, true)
  }
  file.set(directory, headerLength)
  file.set(metadata, metadataAt)
  file.set(tile, tilesAt)
  return file
}

function worldOfWater(): Uint8Array {
  const zigzag = (number: number) => varint((number << 1) ^ (number >> 31))
  const [moveTo, lineTo, close] = [9, 26, 15]
  const wide = 4_096 + 128
  const geometry = [
    moveTo,
    ...zigzag(-64),
    ...zigzag(-64),
    lineTo,
    ...[wide, 0, 0, wide, -wide, 0].flatMap(zigzag),
    close,
  ]
  const polygon = [...field(3, 0), 3, ...bytes(4, geometry)]
  const layer = [
    ...bytes(1, utf8.encode('water')),
    ...bytes(2, polygon),
    ...field(5, 0),
    ...varint(4_096),
    ...field(15, 0),
    2,
  ]
  return Uint8Array.from(bytes(3, layer))
}

function varint(number: number): number[] {
  const low = number & 0x7f
  return number > 0x7f ? [low | 0x80, ...varint(number >>> 7)] : [low]
}

function field(number: number, wireType: number): number[] {
  return varint((number << 3) | wireType)
}

function bytes(number: number, content: Iterable<number>): number[] {
  const all = [...content]
  return [...field(number, 2), ...varint(all.length), ...all]
}
