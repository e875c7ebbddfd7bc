import { useMemo } from 'preact/hooks'
import type { ColourKey } from '#domain/level.ts'
import { useApp, useRegister } from '#app/stores/use-store.ts'
import type { LevelWords } from './kit/LevelMark.tsx'
import { useWords } from './words/use-words.ts'

/** Word and mark of each colour, as the scheme in force has them; grey is the product's own. */
export function useLevels(): Readonly<Record<ColourKey, LevelWords>> {
  const app = useApp()
  const words = useWords()
  const scheme = useRegister(app, (register) => register.scheme())
  return useMemo(() => {
    const levels: Record<string, LevelWords> = {
      grey: { key: 'grey', word: words.shell.grey, mark: words.shell.greyMark },
    }
    for (const level of scheme.levels) {
      const word = words.language === 'en' ? level.wordEn : level.word
      levels[level.key] = { key: level.key, word, mark: level.mark }
    }
    return levels as Record<ColourKey, LevelWords>
  }, [scheme, words])
}
