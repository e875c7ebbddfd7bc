import { mayKeepTopics } from '#domain/permission-of-places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useTopicWords } from '#app/ui/words/topic-words.ts'

/** From a request to the topic that it becomes, or became. */
export function TopicFromRequest(props: { readonly request: string }) {
  const app = useParts('register', 'session')
  const own = useTopicWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const topic = useRegister(
    app,
    (register) =>
      [...register.all('topic')].find(({ fields }) => fields.request === props.request)?.id ?? null,
    [props.request],
  )
  if (topic) return <ButtonLink href={topicsPages.topic(topic)}>{own.made}</ButtonLink>
  if (role === undefined || !mayKeepTopics(role)) return null
  return (
    <ButtonLink icon="plus" href={`${topicsPages.newTopic()}?request=${props.request}`}>
      {own.toTopic}
    </ButtonLink>
  )
}
