import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useNoticesWords } from './notices-words.ts'

export function NoticesLink() {
  return (
    <ButtonLink wide href="/notices">
      {useNoticesWords().title}
    </ButtonLink>
  )
}
