import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useHowToWords } from './howto-words.ts'
import { mePages } from '#app/links/me.ts'

export function HowToLink() {
  return (
    <ButtonLink wide href={mePages.howTo()}>
      {useHowToWords().title}
    </ButtonLink>
  )
}
