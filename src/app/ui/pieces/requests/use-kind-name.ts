import { catalogueHere } from '#app/views/request-rules.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useWords } from '#app/ui/words/use-words.ts'

/** What a kind is called in the language of the screen; `name`: as it was called when the request was taken. */
export function useKindName(): (
  item: string | null | undefined,
  name: string | null | undefined,
) => string | null {
  const app = useParts('register')
  const { language } = useWords()
  const catalogue = useRegister(app, catalogueHere)
  return (item, name) => {
    const found =
      language === 'en'
        ? catalogue?.items.find((one) => (item ? one.id === item : one.name === name))
        : undefined
    return found?.nameEn ?? name ?? null
  }
}
