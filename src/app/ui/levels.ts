import { useMemo } from 'preact/hooks'
import type { ColourKey } from '#domain/level.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import type { LevelWords } from './kit/LevelMark.tsx'
import { useWords } from './words/use-words.ts'

/** Word and mark of each colour, as the scheme in force has them; grey is the product's own. */
export function useLevels(): Readonly<Record<ColourKey, LevelWords>> {
  const app = useParts('register')
  const words = useWords()
  const scheme = useRegister(app, (register) => register.scheme())
  return useMemo(() => {
    const wordsOf = (key: ColourKey): LevelWords => {
      const level = scheme.levels.find((one) => one.key === key)
      // A colour that the scheme left out may still stand in old records; it is told by its name.
      if (!level) return { key, word: key, short: key, mark: words.shell.greyMark }
      const word = words.language === 'en' ? level.wordEn : level.word
      return { key, word, short: word.split(' ')[0] ?? word, mark: level.mark }
    }
    return {
      red: wordsOf('red'),
      orange: wordsOf('orange'),
      yellow: wordsOf('yellow'),
      blue: wordsOf('blue'),
      green: wordsOf('green'),
      grey: {
        key: 'grey',
        word: words.shell.grey,
        short: words.shell.greyShort,
        mark: words.shell.greyMark,
      },
    }
  }, [scheme, words])
}
