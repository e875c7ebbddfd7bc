import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useNoticesWords } from './notices-words.ts'
import { mePages } from '#app/links/me.ts'

export function NoticesLink() {
  return (
    <ButtonLink wide href={mePages.notices()}>
      {useNoticesWords().title}
    </ButtonLink>
  )
}
