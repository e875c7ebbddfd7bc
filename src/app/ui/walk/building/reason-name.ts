import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useBuildingWords } from './building-words.ts'
import { byHand } from '#app/views/building-chart.ts'

/** A rule in the scheme's words, of nobody in particular: `{age}岁独居` is `…岁独居`. */
export function useReasonName(): (rule: string) => string {
  const app = useParts('register')
  const words = useWords()
  const own = useBuildingWords()
  const scheme = useRegister(app, (register) => register.scheme())
  return (key) => {
    if (key === byHand) return own.byHand
    const rule = scheme.rules.find((one) => one.key === key)
    if (!rule) return key
    return (words.language === 'en' ? rule.wordsEn : rule.words).replace(/\{[\w.-]+\}/g, '…')
  }
}
