import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Chip, Chips } from '#app/ui/kit/Chip.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { doorOf } from '#app/views/door.ts'
import { doorsHere, topicView, type DoorView, type TopicView } from '#app/views/topics.ts'

const filters = ['left', 'not-met', 'said', 'all'] as const
type Filter = (typeof filters)[number]

/** The doors of a topic on this device, those that nobody asked first. */
export function TopicDoors({ params }: PageProps) {
  const app = useParts('register')
  const own = useTopicWords()
  const id = params['topic'] ?? ''
  const view = useRegister(app, (register) => topicView(register, id), [id])
  if (!view) return <Gone title={own.gone} back={topicsPages.topics()} />
  return <Doors key={id} view={view} />
}

function Doors({ view }: { readonly view: TopicView }) {
  const app = useParts('register', 'session')
  const own = useTopicWords()
  const me = useStore(app.session, (session) => session.account?.id ?? null)
  const { topic } = view
  const doors = useRegister(app, (register) => doorsHere(register, view, me), [topic.id, me])
  const [filter, setFilter] = useState<Filter>('left')
  const shown = doors.filter((door) => filter === 'all' || filterOf(door) === filter)
  const buildings = [...new Set(shown.map(({ dwelling }) => dwelling.fields.building))]
  return (
    <Page title={topic.fields.title} back={topicsPages.topic(topic.id)}>
      {doors.length === 0 ? (
        <Empty title={own.noDoorsHere} icon="home">
          <p>{own.noDoorsHereHint}</p>
        </Empty>
      ) : (
        <Chips label={own.filter}>
          {filters.map((one) => (
            <Chip
              key={one}
              on={filter === one}
              count={one === 'all' ? doors.length : doors.filter((d) => filterOf(d) === one).length}
              onClick={() => setFilter(one)}
            >
              {own.filters[one]}
            </Chip>
          ))}
        </Chips>
      )}
      {doors.length > 0 && shown.length === 0 && <Empty title={own.noDoors} />}
      {buildings.map((building) => (
        <DoorsOfBuilding
          key={building}
          topic={topic.id}
          building={building}
          doors={shown.filter(({ dwelling }) => dwelling.fields.building === building)}
        />
      ))}
    </Page>
  )
}

function filterOf({ voices }: DoorView): Filter {
  if (!voices?.counts) return 'left'
  return voices.counts.says === 'not-met' ? 'not-met' : 'said'
}

function DoorsOfBuilding(props: {
  readonly topic: string
  readonly building: string
  readonly doors: readonly DoorView[]
}) {
  const app = useParts('register', 'today')
  const own = useTopicWords()
  const words = useWords()
  const { path } = useLocation()
  const day = useStore(app.today, (store) => store.day)
  const head = useRegister(app, (register) => {
    const fields = register.get('building', props.building)?.fields
    return fields ? `${fields.estate} ${fields.name}` : ''
  })
  return (
    <Group head={head} aside={own.doors(props.doors.length)}>
      {props.doors.map(({ dwelling, voices }) => {
        const counts = voices?.counts
        const href = topicsPages.voice(props.topic, dwelling.id)
        return (
          <Row
            key={dwelling.id}
            title={doorOf(app.register, dwelling.id)}
            aside={counts ? own.says[counts.says] : own.silent}
            {...((counts || voices?.isPaperWaiting) && {
              under: formatFacts(words, [
                counts && own.hows[counts.how],
                counts && formatMoment(words, counts.at, day),
                voices?.isPaperWaiting && own.secondNeeded,
              ]),
            })}
            href={href}
            chosen={path === href}
          />
        )
      })}
    </Group>
  )
}
