/**
 * Which files of the server suite work on tables in parts: every second one, by its name, so that both layouts are in
 * every run and the same file always has the same one. `LAYOUT=parts` or `LAYOUT=whole` gives all files that one.
 */
import { basename } from 'node:path'

const whole = 'wuse'
export const inParts = 'wuse_parts'

export const templates = { whole, parts: inParts } as const
export type Layout = keyof typeof templates

export function templateOf(file: string): string {
  const { LAYOUT } = process.env
  if (LAYOUT === 'parts') return inParts
  if (LAYOUT === 'whole') return whole
  return sumOf(basename(file)) % 2 === 1 ? inParts : whole
}

function sumOf(name: string): number {
  return [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0)
}
