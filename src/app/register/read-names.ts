/** Reads names in pinyin by the dictionary; both come together, with the first search. */
import { pinyin } from 'pinyin-pro'
import { surnameLength } from '#domain/mask.ts'
import type { Reading } from './readings.ts'

/** More than this many ways to read one name is noise. */
const mostReadings = 6

export function createNameReader(): (name: string) => readonly Reading[] {
  const bySyllable = new Map<string, readonly string[]>()
  const bySurname = new Map<string, readonly string[]>()

  /** All readings of one character, the frequent first. */
  const syllables = (letter: string): readonly string[] => {
    const known = bySyllable.get(letter)
    if (known) return known
    const found = pinyin(letter, { toneType: 'none', type: 'array', multiple: true, v: true })
    const made = [...new Set(found.map((one) => one.toLowerCase()))]
    bySyllable.set(letter, made)
    return made
  }
  /** 单 is Shan and 仇 Qiu where it is a surname. */
  const surnameSyllables = (surname: string): readonly string[] => {
    const known = bySurname.get(surname)
    if (known) return known
    const found = pinyin(surname, { toneType: 'none', type: 'array', surname: 'all', v: true })
    const made = found.map((one) => one.toLowerCase())
    bySurname.set(surname, made)
    return made
  }

  return (name) => {
    // What stands between the parts of a name is not typed: John Smith, 阿依古丽·买买提.
    const letters = [...name].filter((letter) => /[\p{L}\p{N}]/u.test(letter))
    const length = surnameLength(name)
    const head = surnameSyllables(letters.slice(0, length).join(''))
    let readings: Reading[] = [{ full: head.join(''), initials: head.map(initial).join('') }]
    for (const letter of letters.slice(length)) {
      const options = syllables(letter).slice(0, 3)
      const next: Reading[] = []
      for (const { full, initials } of readings) {
        for (const option of options.length > 0 ? options : ['']) {
          next.push({ full: full + option, initials: initials + initial(option) })
        }
      }
      readings = next.slice(0, mostReadings)
    }
    return readings
  }
}

function initial(syllable: string): string {
  return syllable.slice(0, 1)
}
