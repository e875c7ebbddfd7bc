import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useHowToWords } from './howto-words.ts'

export function HowToLink() {
  return (
    <ButtonLink wide href="/howto">
      {useHowToWords().title}
    </ButtonLink>
  )
}
