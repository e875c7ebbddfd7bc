import { useParts } from '#app/acts/use-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { requestOfMatter } from '#app/acts/request-of-matter.ts'
import { requestsPages } from '#app/links/requests.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { mattersWith } from '#app/views/meetings.ts'
import type { Rec } from '#app/views/records.ts'
import styles from './Topics.module.css'

/** The matters of a meeting: each becomes a request or a topic in one act, or was answered there. */
export function Matters({ meeting }: { readonly meeting: Rec<'meeting'> }) {
  const own = useTopicWords()
  const words = useWords()
  const app = useParts('register', 'work', 'now')
  const saving = useSave()
  const matters = meeting.fields.matters ?? []
  if (matters.length === 0) return null
  const patch = (matter: string, end: Parameters<typeof mattersWith>[2]): Intent => ({
    op: 'patch',
    kind: 'meeting',
    record: meeting.id,
    fields: { matters: mattersWith(meeting, matter, end) },
  })
  return (
    <Group head={own.matters}>
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      {matters.map(({ id, words: said, became, record }) =>
        became ? (
          <Row
            key={id}
            title={said}
            under={own.matterEnds[became]}
            {...(record && {
              href: became === 'topic' ? topicsPages.topic(record) : requestsPages.request(record),
            })}
          />
        ) : (
          <li key={id} class={styles.matter}>
            <p>{said}</p>
            <Button
              busy={saving.busy}
              onClick={() => {
                const made = requestOfMatter(app, meeting.stream, said)
                saving.run(
                  [...made.intents, patch(id, { became: 'request', record: made.request })],
                  () => {},
                )
              }}
            >
              {own.toRequest}
            </Button>
            <ButtonLink href={`${topicsPages.newTopic()}?meeting=${meeting.id}&matter=${id}`}>
              {own.toTopic}
            </ButtonLink>
            <Button
              busy={saving.busy}
              onClick={() => saving.run([patch(id, { became: 'answered' })], () => {})}
            >
              {own.answered}
            </Button>
          </li>
        ),
      )}
    </Group>
  )
}
