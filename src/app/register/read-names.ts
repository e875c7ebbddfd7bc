/** Reads names in pinyin by the dictionary; both come together, with the first search. */
import { pinyin } from 'pinyin-pro'
import { surnameLength, surnameReading } from '#domain/surnames.ts'
import type { Reading } from './reading.ts'

/** More than this many ways to read one name is noise. */
const mostReadings = 12

export function createNameReader(): (name: string) => readonly Reading[] {
  const bySyllable = new Map<string, readonly string[]>()

  /** All readings of one character, the frequent first. */
  const syllables = (letter: string): readonly string[] => {
    const known = bySyllable.get(letter)
    if (known) return known
    const found = pinyin(letter, { toneType: 'none', type: 'array', multiple: true, v: true })
    const made = [...new Set(found.map((one) => one.toLowerCase()))]
    bySyllable.set(letter, made)
    return made
  }
  /**
   * Every way in which a name can begin, that of the surname first: 单样 is Shan, and 单增 a given name that begins with
   * Dan. Each is a list of syllables.
   */
  const heads = (letters: readonly string[]): readonly (readonly string[])[] => {
    const own = surnameReading(letters.join(''))
    const spelt = letters.map(syllables)
    const apart = spelt.reduce<readonly (readonly string[])[]>(
      (made, options) => made.flatMap((head) => options.slice(0, 4).map((one) => [...head, one])),
      [[]],
    )
    const listed = pinyin(letters.join(''), {
      toneType: 'none',
      type: 'array',
      surname: 'all',
      v: true,
    })
    const asSurname = listed.map((one) => one.toLowerCase())
    const named = own === null ? [asSurname] : [syllablesOf(own, letters.length, asSurname)]
    const all = [...named, ...apart].filter((head) => head.every(Boolean))
    return [...new Map(all.map((head) => [head.join(' '), head])).values()]
  }

  return (name) => {
    // What stands between the parts of a name is not typed: John Smith, 阿依古丽·买买提.
    const letters = [...name].filter((letter) => /[\p{L}\p{N}]/u.test(letter))
    const length = surnameLength(name)
    let readings: Reading[] = heads(letters.slice(0, length)).map((head) => ({
      full: head.join(''),
      initials: head.map(initial).join(''),
    }))
    for (const letter of letters.slice(length)) {
      const options = syllables(letter).slice(0, 3)
      // Of each way to begin the frequent reading of the rest comes before any other one.
      const next = (options.length > 0 ? options : ['']).flatMap((option) =>
        readings.map(({ full, initials }) => ({
          full: full + option,
          initials: initials + initial(option),
        })),
      )
      readings = next.slice(0, mostReadings)
    }
    return readings
  }
}

/** yuchi in two: the dictionary's own syllables where they spell it, else the first that its second part can be. */
function syllablesOf(reading: string, count: number, listed: readonly string[]): readonly string[] {
  if (count === 1) return [reading]
  if (listed.join('') === reading) return listed
  const split = /^([^aeiouv]*[aeiouv]+(?:ng|n(?![aeiouv]))?)(.+)$/.exec(reading)
  return split ? [split[1] ?? '', split[2] ?? ''] : [reading]
}

function initial(syllable: string): string {
  return syllable.slice(0, 1)
}
