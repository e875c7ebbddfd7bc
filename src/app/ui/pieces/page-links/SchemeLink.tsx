import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'

/** The way to the rules, from a page of other words. */
export function SchemeLink() {
  const own = useSchemeWords()
  return (
    <ButtonLink wide href="/scheme">
      {own.title}
    </ButtonLink>
  )
}
