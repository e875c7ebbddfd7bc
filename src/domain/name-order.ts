/** Names in the order of their pinyin, as a telephone list has them. */
import { soundOf } from './surnames.ts'

/** 单 before 沈 (shan, shen), 仇 after 钱 (qiu). Numbers in a text count as numbers: 3幢 before 12幢. */
export function createPinyinOrder(): (a: string, b: string) => number {
  const { compare } = collator('variant')
  return (a, b) => compare(soundOf(a), soundOf(b)) || (a === b ? 0 : a < b ? -1 : 1)
}

export interface Spelling {
  /** The letters of a text that are not ranked yet. Whoever spells texts learns all of their letters first. */
  learn(text: string): void
  /** All letters that were learnt, to be sorted by `compare` and given to `rank`; null where nothing is new. */
  unranked(): readonly string[] | null
  compare(a: string, b: string): number
  rank(sorted: readonly string[]): void
  /** Texts stand in the order of their keys, by code unit; those of equal keys in `createPinyinOrder`. */
  keyOf(text: string): string
}

/**
 * The same order, letter by letter: a village has some ten thousand names of a thousand letters, and to compare two
 * by the collation costs what hundred comparisons of plain strings cost.
 */
export function createSpelling(): Spelling {
  const letters = new Set<string>()
  const keys = new Map<string, string>()
  const { compare } = collator('variant')
  const base = collator('base')
  let isRanked = true
  const learn = (letter: string) => {
    if (letters.has(letter)) return
    letters.add(letter)
    isRanked = false
  }
  return {
    learn(text) {
      for (const letter of soundOf(text)) learn(isDigit(letter) ? '0' : letter)
    },
    unranked: () => (isRanked ? null : [...letters]),
    compare,
    rank(sorted) {
      let rank = firstKey
      for (const [at, letter] of sorted.entries()) {
        // A and a are told apart only where nothing else tells two texts apart; some letters count for nothing.
        if (at > 0 && base.compare(sorted[at - 1] ?? '', letter) !== 0) rank += 1
        keys.set(letter, base.compare('', letter) === 0 ? '' : String.fromCharCode(rank))
      }
      isRanked = true
    },
    keyOf(text) {
      const from = soundOf(text)
      let key = ''
      for (let at = 0; at < from.length;) {
        const letter = String.fromCodePoint(from.codePointAt(at) ?? 0)
        let end = at + letter.length
        if (!isDigit(letter)) key += keys.get(letter) ?? ''
        else {
          while (isDigit(from.charAt(end))) end += 1
          // The longer number is the larger one.
          const digits = from.slice(at, end).replace(/^0+(?=.)/, '')
          key += (keys.get('0') ?? '') + String.fromCharCode(digits.length) + digits
        }
        at = end
      }
      return key
    },
  }
}

/** Below are lengths of numbers, and digits. */
const firstKey = 0x100

function collator(sensitivity: 'base' | 'variant') {
  return new Intl.Collator('zh-u-co-pinyin', { numeric: true, sensitivity })
}

function isDigit(letter: string): boolean {
  return letter >= '0' && letter <= '9' && letter.length === 1
}
