import { useMemo } from 'preact/hooks'
import { codeLabel } from '#domain/code-tables.ts'
import { reasonWords } from '#domain/colour-of.ts'
import type { SheetWords } from '#domain/sheet-columns.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useLevels } from '#app/ui/levels.ts'
import { tagToText } from '#app/ui/pieces/field-value.ts'
import { careToText } from '#app/ui/words/care-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'

/** How cells are worded on screen, in the person's language. */
export function useSheetWords(): SheetWords {
  const app = useParts('register')
  const words = useWords()
  const levels = useLevels()
  const scheme = useRegister(app, (register) => register.scheme())
  return useMemo(
    () => ({
      level: (colour) => levels[colour].word,
      tag: (tag) => tagToText(words, tag),
      care: (care) => careToText(words, { need: care.need, who: care.who }),
      use: (use) => words.facts.use[use],
      code: (table, code) => codeLabel(table, code) ?? code,
      flag: (value) => (words.language === 'en' ? (value ? 'yes' : 'no') : value ? '是' : '否'),
      reason: (reason) => reasonWords(reason, scheme, words.language),
    }),
    [words, levels, scheme],
  )
}
