/**
 * Names in pinyin. The dictionary (pinyin-pro) is large, so it is fetched when the register is open and idle, or with
 * the first Latin letter; until then a search finds everything else.
 */
import type * as pinyinPro from 'pinyin-pro'
import { surnameLength } from '#domain/mask.ts'

export interface Reading {
  /** wangxiulan */
  readonly full: string
  /** wxl */
  readonly initials: string
}

export interface Readings {
  /** Every way to read a name; empty until the dictionary is there. */
  of(name: string): readonly Reading[]
  readonly isReady: boolean
  warmUp(): Promise<void>
  clear(): void
}

type Dictionary = Pick<typeof pinyinPro, 'pinyin'>

/** More than this many ways to read one name is noise. */
const mostReadings = 6

export function createReadings(load = () => import('pinyin-pro')): Readings {
  let dictionary: Dictionary | null = null
  let loading: Promise<void> | null = null
  const bySyllable = new Map<string, readonly string[]>()
  const bySurname = new Map<string, readonly string[]>()
  const byName = new Map<string, readonly Reading[]>()

  /** All readings of one character, the frequent first. */
  const syllables = (letter: string): readonly string[] => {
    const known = bySyllable.get(letter)
    if (known) return known
    const found =
      dictionary?.pinyin(letter, { toneType: 'none', type: 'array', multiple: true, v: true }) ?? []
    const made = [...new Set(found.map((one) => one.toLowerCase()))]
    bySyllable.set(letter, made)
    return made
  }
  /** 单 is Shan and 仇 Qiu where it is a surname. */
  const surnameSyllables = (surname: string): readonly string[] => {
    const known = bySurname.get(surname)
    if (known) return known
    const found =
      dictionary?.pinyin(surname, { toneType: 'none', type: 'array', surname: 'all', v: true }) ??
      []
    const made = found.map((one) => one.toLowerCase())
    bySurname.set(surname, made)
    return made
  }

  const read = (name: string): readonly Reading[] => {
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

  return {
    of(name) {
      if (!dictionary) return []
      const known = byName.get(name)
      if (known) return known
      const made = read(name)
      byName.set(name, made)
      return made
    },
    get isReady() {
      return dictionary !== null
    },
    warmUp() {
      loading ??= load().then(
        (loaded) => {
          dictionary = loaded
        },
        (error: unknown) => {
          loading = null // next time may find the network or the cache
          throw error
        },
      )
      return loading
    },
    clear: () => byName.clear(),
  }
}

function initial(syllable: string): string {
  return syllable.slice(0, 1)
}
