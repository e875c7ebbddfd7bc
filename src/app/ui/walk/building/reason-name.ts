import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import { buildingWords } from './building-words.ts'
import { byHand } from '#app/views/building-chart.ts'

/** A rule in the scheme's words, of nobody in particular: `{age}岁独居` is `…岁独居`. */
export function useReasonName(): (rule: string) => string {
  const app = useParts('register')
  const words = useWords()
  const own = useScreenWords(buildingWords)
  const scheme = useRegister(app, (register) => register.scheme())
  return (key) => {
    if (key === byHand) return own.byHand
    const rule = scheme.rules.find((one) => one.key === key)
    if (!rule) return key
    return (words.language === 'en' ? rule.wordsEn : rule.words).replace(/\{[\w.-]+\}/g, '…')
  }
}
