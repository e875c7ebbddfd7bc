import { topicsPages } from '#app/links/topics.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useTopicWords } from '#app/ui/words/topic-words.ts'

/** The way to what doors are asked. */
export function TopicsLink() {
  const own = useTopicWords()
  return <ButtonLink href={topicsPages.topics()}>{own.link}</ButtonLink>
}
