/** Sample people for demonstrations, tests and benchmarks: deterministic for a seed, recognisably nobody. */

export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** A UUID of version 7's shape. */
  id(): string
}

/** sfc32: small, fast and good enough for samples; the same seed gives the same people on every machine. */
export function createRandom(seed: number): Random {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9, 0x243f6a88, 1]
  const draw = () => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return t >>> 0
  }
  for (let index = 0; index < 16; index += 1) draw()
  const next = () => draw() / 4_294_967_296
  // A leading 1 keeps the zeros after it.
  const hex = () => (draw() + 0x1_0000_0000).toString(16)
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  let serial = 0
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    id() {
      serial += 1
      const time = (0x1_0000_0000_0000 + 0x0190_0000_0000 + serial).toString(16)
      const [first, second, third] = [hex(), hex(), hex()]
      const version = `7${first.slice(1, 4)}-8${first.slice(4, 7)}`
      return `${time.slice(1, 9)}-${time.slice(9)}-${version}-${second.slice(1)}${third.slice(1, 5)}`
    },
  }
}
