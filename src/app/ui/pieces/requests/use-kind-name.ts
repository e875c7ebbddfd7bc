import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { kindNames, type KindName } from '#app/views/kind-name.ts'

/** What a kind is called in the language of the screen. */
export function useKindName(): KindName {
  const app = useParts('register')
  const { language } = useWords()
  return useRegister(app, (register) => kindNames(register, language), [language])
}
