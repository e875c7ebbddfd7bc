import { walkPages } from '#app/links/walk.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'

/** The way to who came or left, as somebody said. */
export function DeclarationsLink() {
  const own = useDeclarationWords()
  return <ButtonLink href={walkPages.declarations()}>{own.title}</ButtonLink>
}
