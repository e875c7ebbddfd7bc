import { topicsPages } from '#app/links/topics.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useTopicWords } from '#app/ui/words/topic-words.ts'

/** The way to what was said at councils and receptions. */
export function MeetingsLink() {
  const own = useTopicWords()
  return <ButtonLink href={topicsPages.meetings()}>{own.meetingsLink}</ButtonLink>
}
