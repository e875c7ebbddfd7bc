import type { ColourKey } from '#domain/level.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { LevelWords } from '#app/ui/kit/LevelMark.tsx'
import type { Words } from '#app/ui/words/zh-CN.ts'

/** Word and mark of a level in some scheme, which need not be the one in force. */
export function levelWords(
  scheme: Pick<Scheme, 'levels'>,
  key: ColourKey,
  words: Words,
): LevelWords {
  if (key === 'grey') return { key, word: words.shell.grey, mark: words.shell.greyMark }
  const level = scheme.levels.find((one) => one.key === key)
  if (!level) return { key, word: key, mark: '?' }
  return { key, word: words.language === 'en' ? level.wordEn : level.word, mark: level.mark }
}
