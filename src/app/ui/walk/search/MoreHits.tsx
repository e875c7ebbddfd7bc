import { useEffect, useState } from 'preact/hooks'
import { maskName } from '#domain/mask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { fundPages } from '#app/links/funds.ts'
import { topicsPages } from '#app/links/topics.ts'
import { placesPages } from '#app/links/places.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts, formatNames } from '#app/ui/format.ts'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { useFundsLinkWords } from '#app/ui/pieces/page-links/funds-link-words.ts'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { careToText, useCareWords } from '#app/ui/words/care-words.ts'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'
import { useServicesWords } from '#app/ui/words/nearby-words.ts'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useVehicleWords } from '#app/ui/words/vehicle-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { doorOfHousehold, gridName } from '#app/views/door.ts'
import type { KnownPlate } from '#app/views/plates.ts'
import type { Rec } from '#app/views/records.ts'
import { searchMore } from '#app/views/search-more.ts'
import { DeclarationRow } from '../declare/DeclarationRow.tsx'

/** So many of each are an answer; of more the person types on. */
const MOST = 8

/** Services and whose care is called so, once the letter that was typed is drawn. */
export function MoreHits(props: {
  readonly asked: string
  /** Whether something was found, so that nobody is told that there is nothing. */
  readonly onFound: (some: boolean) => void
}) {
  const app = useParts('register', 'today')
  const care = useCareWords()
  const own = useServicesWords()
  const vehicle = useVehicleWords()
  const declared = useDeclarationWords()
  const ofFunds = useFundsLinkWords()
  const ofTopics = useTopicWords()
  const words = useWords()
  const isOff = usePolicy().off.includes('cares')
  const { asked, onFound } = props
  const [typed, setTyped] = useState('')
  useEffect(() => setTyped(asked), [asked])
  const day = useStore(app.today, (store) => store.day)
  const hits = useRegister(
    app,
    (register) =>
      searchMore(register, typed, { needs: care.needs, kinds: own.kinds }, isOff, day, MOST),
    [typed, isOff, day, care, own],
  )
  const { services, cared, plates, funds, topics, meetings, declarations } = hits
  const all = [services, cared, plates, funds, topics, meetings, declarations]
  const isSome = all.some((some) => some.length > 0)
  useEffect(() => onFound(isSome), [isSome, onFound])
  return (
    <>
      {services.length > 0 && (
        <Group head={own.title}>
          {services.map((one) => (
            <Service key={one.id} service={one} />
          ))}
        </Group>
      )}
      {funds.length > 0 && (
        <Group head={ofFunds.link}>
          {funds.map(({ id, fields: { name, where } }) => (
            <Row key={id} title={name} under={where} href={fundPages.fund(id)} />
          ))}
        </Group>
      )}
      {topics.length > 0 && (
        <Group head={ofTopics.title}>
          {topics.map(({ id, stream, fields: { title } }) => (
            <Row
              key={id}
              title={title}
              under={gridName(app.register, stream)}
              href={topicsPages.topic(id)}
            />
          ))}
        </Group>
      )}
      {meetings.length > 0 && (
        <Group head={ofTopics.meetings}>
          {meetings.map(({ id, fields: { meetingKind, on, receivedBy } }) => (
            <Row
              key={id}
              title={formatDay(words, on, day)}
              name={ofTopics.meetingKinds[meetingKind]}
              under={formatNames(words, receivedBy)}
              href={topicsPages.meeting(id)}
            />
          ))}
        </Group>
      )}
      {plates.length > 0 && (
        <Group head={vehicle.title}>
          {plates.map((one) => (
            <Plate key={one.id} known={one} />
          ))}
        </Group>
      )}
      {declarations.length > 0 && (
        <Group head={declared.title}>
          {declarations.map((one) => (
            <DeclarationRow key={one.claim.id} open={one} day={day} />
          ))}
        </Group>
      )}
      {cared.length > 0 && (
        <Group head={care.title}>
          {cared.map((one) => (
            <Cared key={one.id} resident={one} />
          ))}
        </Group>
      )}
    </>
  )
}

function Service(props: { readonly service: Rec<'service'> }) {
  const own = useServicesWords()
  const words = useWords()
  const { id, fields } = props.service
  return (
    <Row
      title={fields.name}
      name={own.kinds[fields.serviceKind]}
      aside={fields.room ? own.rooms[fields.room] : ''}
      under={formatFacts(words, [fields.hours, fields.where])}
      href={placesPages.service(id)}
    />
  )
}

function Plate(props: { readonly known: KnownPlate }) {
  const own = useVehicleWords()
  const { dwelling, plate, door, isOver } = props.known
  return (
    <Row
      title={plate}
      name={isOver ? own.isOver : ''}
      under={door}
      href={walkPages.dwelling(dwelling)}
    />
  )
}

function Cared(props: { readonly resident: Rec<'resident'> }) {
  const app = useParts('register')
  const words = useWords()
  const { id, fields } = props.resident
  const door = useRegister(app, (register) => doorOfHousehold(register, fields.household, true))
  const going = (fields.cares ?? []).filter(({ endedOn }) => !endedOn)
  return (
    <Row
      title={maskName(fields.name)}
      name={door}
      under={formatFacts(
        words,
        going.map((one) => careToText(words, one)),
      )}
      href={walkPages.resident(id)}
    />
  )
}
