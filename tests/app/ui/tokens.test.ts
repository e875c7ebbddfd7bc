/** Every pair of colours that the product writes with or draws with, measured as WCAG 2.2 measures (1.4.3, 1.4.11). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { colourKeys } from '#domain/level.ts'

const css = readFileSync(new URL('../../../src/app/ui/tokens.css', import.meta.url), 'utf8')
const [inLight, inDark] = css.split('@media (prefers-color-scheme: dark)')

/** The hex tokens of one half of the file, by name. */
function tokensOf(text = ''): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/--([a-z-]+): (#[\da-f]{6});/g)].map(([, a = '', b = '']) => [a, b]),
  )
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

type Pair = readonly [front: string, ground: string, light: number, dark: number]

/** The least that each pair has in the light and in the dark. */
const pairs: readonly Pair[] = [
  ['card', 'paper', 1.16, 1.19],
  ['ink', 'paper', 14.8, 16.5],
  ['ink', 'card', 17.3, 13.7],
  ['ink', 'sunk', 13, 16],
  ['ink', 'accent-soft', 13, 11],
  ['ink-soft', 'paper', 8.5, 10.2],
  ['ink-soft', 'card', 9.9, 8.5],
  ['ink-soft', 'sunk', 7.5, 10],
  ['ink-soft', 'accent-soft', 7, 7],
  ['line', 'paper', 1.6, 2.2],
  ['line', 'card', 1.85, 1.85],
  ['edge', 'paper', 4.9, 6.4],
  ['edge', 'card', 5.7, 5.3],
  ['accent', 'paper', 7.8, 10.9],
  ['accent', 'card', 9.1, 9.1],
  ['accent', 'sunk', 6.5, 9],
  ['accent', 'accent-soft', 7.5, 7.5],
  ['on-accent', 'accent', 9.1, 9.8],
  ['on-accent', 'accent-press', 12, 12],
  ['alarm', 'paper', 7.6, 10.6],
  ['alarm', 'card', 8.9, 8.9],
  ['paper', 'ink', 14.8, 16.5],
]

const levels: Readonly<Record<string, readonly [onCard: Pair, onGround: Pair]>> = {
  red: [
    ['red', 'card', 6.45, 6.9],
    ['red-ink', 'red-ground', 8, 10.2],
  ],
  orange: [
    ['orange', 'card', 4.8, 8.4],
    ['orange-ink', 'orange-ground', 7.8, 9.9],
  ],
  yellow: [
    ['yellow', 'card', 4.5, 10],
    ['yellow-ink', 'yellow-ground', 8.8, 9.8],
  ],
  blue: [
    ['blue', 'card', 6.1, 7.8],
    ['blue-ink', 'blue-ground', 8.3, 10],
  ],
  green: [
    ['green', 'card', 5.3, 8.4],
    ['green-ink', 'green-ground', 8.5, 10.4],
  ],
  grey: [
    ['grey', 'card', 5.6, 6.3],
    ['grey-ink', 'grey-ground', 7.7, 8.7],
  ],
}

/** The two levels that are filled, with the sign on them. */
const filled: readonly Pair[] = [
  ['on-solid', 'red', 6.4, 8.2],
  ['on-solid', 'orange', 4.8, 10.1],
]

describe.each([
  ['light', tokensOf(inLight), 2],
  ['dark', tokensOf(inDark), 3],
] as const)('in the %s', (_, tokens, at) => {
  it.each([...pairs, ...Object.values(levels).flat(), ...filled])('%s on %s', (...pair) => {
    const [front, ground] = [tokens.get(pair[0]), tokens.get(pair[1])]
    expect(front && ground && contrast(front, ground)).toBeGreaterThanOrEqual(pair[at])
  })

  it('has all tokens of the other half', () => {
    expect([...tokens.keys()].toSorted()).toEqual([...tokensOf(inLight).keys()].toSorted())
    expect(tokens.size).toBeGreaterThan(30)
  })
})

it('measures every level', () => {
  expect(Object.keys(levels)).toEqual([...colourKeys])
})

it('measures as the standard does: black on white is 21, and grey #767676 just enough', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 1)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})
