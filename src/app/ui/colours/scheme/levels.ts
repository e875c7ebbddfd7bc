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
  if (key === 'grey') {
    const { grey, greyShort, greyMark } = words.shell
    return { key, word: grey, short: greyShort, mark: greyMark }
  }
  const level = scheme.levels.find((one) => one.key === key)
  if (!level) return { key, word: key, short: key, mark: '?' }
  const word = words.language === 'en' ? level.wordEn : level.word
  return { key, word, short: word.split(' ')[0] ?? word, mark: level.mark }
}
