import { useLocation } from 'preact-iso'
import { mayKeepTopics } from '#domain/permission-of-places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatNames } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { meetingsHere } from '#app/views/meetings.ts'
import type { Rec } from '#app/views/records.ts'

/** Councils and receptions, the latest first. */
export function Meetings() {
  const app = useParts('register', 'session', 'today')
  const own = useTopicWords()
  const words = useWords()
  const { path } = useLocation()
  const day = useStore(app.today, (store) => store.day)
  const role = useStore(app.session, (session) => session.account?.role)
  const meetings = useRegister(app, meetingsHere, [])
  const leftOf = ({ matters }: Rec<'meeting'>['fields']) => {
    const left = (matters ?? []).filter(({ became }) => !became).length
    return left > 0 ? own.mattersLeft(left) : ''
  }
  return (
    <Page
      title={own.meetings}
      back={topicsPages.topics()}
      foot={
        role !== undefined &&
        mayKeepTopics(role) && (
          <ButtonLink look="primary" icon="plus" wide href={topicsPages.newMeeting()}>
            {own.addMeeting}
          </ButtonLink>
        )
      }
    >
      {meetings.length === 0 && (
        <Empty title={own.noMeetings} icon="office">
          <p>{own.noMeetingsHint}</p>
        </Empty>
      )}
      {meetings.length > 0 && (
        <Group label={own.meetings}>
          {meetings.map(({ id, fields }) => (
            <Row
              key={id}
              title={formatDay(words, fields.on, day)}
              name={own.meetingKinds[fields.meetingKind]}
              aside={leftOf(fields)}
              under={formatNames(words, fields.receivedBy)}
              href={topicsPages.meeting(id)}
              chosen={path === topicsPages.meeting(id)}
            />
          ))}
        </Group>
      )}
    </Page>
  )
}
