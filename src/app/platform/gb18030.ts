/**
 * Text as GB 18030 bytes, which the browser can read and not write. The tables are the browser's own, read backwards: its
 * decoder is asked once for every pair of bytes, and for the four-byte ones of the first plane where a text needs them.
 * Beyond U+FFFF the standard counts on: 0x90308130 is U+10000 (GB 18030-2022, 4.2).
 */

type Codes = ReadonlyMap<string, number>

let pairs: Codes | null = null
let fours: Codes | null = null

/** Halves of a character, which no encoding has, become `?`. */
export function toGb18030(text: string): Uint8Array<ArrayBuffer> {
  pairs ??= readPairs()
  // No character takes more than four bytes, one of two UTF-16 units no more than two a unit.
  const bytes = new Uint8Array(text.length * 4)
  let at = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (point < 0x80) {
      bytes[at++] = point
      continue
    }
    const pair = pairs.get(character)
    if (pair !== undefined) {
      bytes[at++] = pair >> 8
      bytes[at++] = pair & 0xff
      continue
    }
    const linear = point > 0xffff ? point - 0x10000 + beyond : fourOf(character)
    if (linear === undefined) {
      bytes[at++] = 0x3f
      continue
    }
    bytes.set(fourBytes(linear), at)
    at += 4
  }
  return bytes.slice(0, at)
}

/** The number of 0x90308130 among the sequences of four bytes; those of the first plane come before. */
const beyond = 189_000
const lastOfFirst = 39_419

function fourOf(character: string): number | undefined {
  fours ??= readFours()
  return fours.get(character)
}

function fourBytes(linear: number): [number, number, number, number] {
  return [
    0x81 + Math.floor(linear / 12_600),
    0x30 + (Math.floor(linear / 1_260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  ]
}

/** Between any two a line break, so that a pair which means nothing spoils no other. */
const lineBreak = 0x0a

function readPairs(): Codes {
  const codes: number[] = []
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail !== 0x7f) codes.push((lead << 8) | trail)
    }
  }
  const read = readBack(codes.map((code) => [code >> 8, code & 0xff]))
  return known(read.map((character, at) => [character, codes[at] ?? 0]))
}

function readFours(): Codes {
  const all = Array.from({ length: lastOfFirst + 1 }, (_, linear) => linear)
  const read = readBack(all.map(fourBytes))
  return known(read.map((character, linear) => [character, linear]))
}

function readBack(sequences: readonly (readonly number[])[]): string[] {
  const bytes = new Uint8Array(sequences.flatMap((sequence) => [...sequence, lineBreak]))
  return new TextDecoder('gb18030').decode(bytes).split('\n')
}

/** One character each; of two sequences for the same the first is the standard's. */
function known(read: readonly (readonly [character: string, code: number])[]): Codes {
  const codes = new Map<string, number>()
  for (const [character, code] of read) {
    const isOne = character.length === 1 && character !== '\ufffd' && character > '\u007f'
    if (isOne && !codes.has(character)) codes.set(character, code)
  }
  return codes
}
