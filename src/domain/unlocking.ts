/** What an account's device is opened with: it depends on how much of the register lies on it (decision 0041). */
import type { Role } from './account.ts'
import { isGuardedByPin } from './permission-of-access.ts'
import { isWeakPassword } from './password.ts'

/** How long after the passphrase was typed a PIN opens a locked app again, milliseconds: a long day. */
export const shiftMs = 14 * 60 * 60_000

export const shortestPassphrase = 10
export const longestPassphrase = 256

/** Six digits guard one grid at most: whoever copies a device tries all of them in minutes. */
export function needsPassphrase(role: Role, grids: number): boolean {
  return !isGuardedByPin(role, grids)
}

/** `too-easy` and `too-short` are refused; the others differ in how long a laboratory would need. */
export type PassphraseStrength = 'too-short' | 'too-easy' | 'enough' | 'strong'

/** Tries that whoever has copied a device may make: 2⁴⁰ are a year of a hundred graphics cards at 4,000 a second and more. */
const enoughBits = 40
const strongBits = 60

/** By the characters used, where runs and repetitions count once; the login itself counts for nothing. */
export function strengthOf(passphrase: string, login: string): PassphraseStrength {
  const characters = [...passphrase.trim()]
  if (characters.length < shortestPassphrase) return 'too-short'
  if (isWeakPassword(passphrase, login)) return 'too-easy'
  const rest =
    login === '' ? passphrase : passphrase.toLowerCase().replaceAll(login.toLowerCase(), '')
  const bits = effectiveLength(withoutRepeats([...rest])) * Math.log2(poolOf(rest))
  if (bits < enoughBits) return 'too-easy'
  return bits < strongBits ? 'enough' : 'strong'
}

export function isWeakPassphrase(passphrase: string, login: string): boolean {
  const strength = strengthOf(passphrase, login)
  return (
    strength === 'too-short' || strength === 'too-easy' || passphrase.length > longestPassphrase
  )
}

/** Of how many a character is one: people use few of those that there are. */
function poolOf(text: string): number {
  const pools: readonly (readonly [RegExp, number])[] = [
    [/\d/, 10],
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[^\p{L}\d]/u, 16],
    [/[^\P{L}a-zA-Z]/u, 1_000],
  ]
  const size = pools.reduce((sum, [pattern, count]) => sum + (pattern.test(text) ? count : 0), 0)
  return Math.max(2, size)
}

/** The same piece of up to a third of the text again and again counts once. */
function withoutRepeats(characters: readonly string[]): readonly string[] {
  for (let length = 1; length * 2 <= characters.length; length += 1) {
    const isRepeat = characters.every((one, index) => one === characters[index % length])
    if (isRepeat) return characters.slice(0, length)
  }
  return characters
}

/** A character that goes on from the one before (a run, the same again) hardly counts; one that was used before counts half. */
function effectiveLength(characters: readonly string[]): number {
  const seen = new Set<string>()
  let length = 0
  characters.forEach((one, index) => {
    const step = (one.codePointAt(0) ?? 0) - (characters[index - 1]?.codePointAt(0) ?? NaN)
    if (Math.abs(step) <= 1) length += 0.2
    else length += seen.has(one) ? 0.5 : 1
    seen.add(one)
  })
  return length
}
