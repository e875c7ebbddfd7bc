import { useLocation } from 'preact-iso'
import { isServiceOld } from '#domain/nearby.ts'
import { mayKeepServices } from '#domain/permission-of-places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { firstPages } from '#app/links/first.ts'
import { placesPages } from '#app/links/places.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useServicesWords } from '#app/ui/words/nearby-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { Rec } from '#app/views/records.ts'
import { servicesHere } from '#app/views/nearby.ts'

/** What there is in each community, in every worker's pocket; the office keeps it. */
export function Services() {
  const app = useParts('register', 'session')
  const own = useServicesWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const places = useRegister(app, (register) =>
    servicesHere(register).map((one) => ({
      ...one,
      name: register.get('place', one.place)?.fields.name ?? '',
    })),
  )
  const isKeeper = role !== undefined && mayKeepServices(role)
  return (
    <Page
      title={own.title}
      back={firstPages.me()}
      foot={
        isKeeper && (
          <ButtonLink look="primary" icon="plus" wide href={placesPages.newService()}>
            {own.add}
          </ButtonLink>
        )
      }
    >
      {places.length === 0 && (
        <Empty title={own.none} icon="home">
          <p>{own.noneHint}</p>
        </Empty>
      )}
      {places.map(({ place, name, services }) => (
        <Group key={place} head={name}>
          {services.map((service) => (
            <ServiceRow key={service.id} service={service} isKeeper={isKeeper} />
          ))}
        </Group>
      ))}
      {places.length > 0 && <Notice>{own.hint}</Notice>}
    </Page>
  )
}

function ServiceRow(props: { readonly service: Rec<'service'>; readonly isKeeper: boolean }) {
  const own = useServicesWords()
  const words = useWords()
  const { path } = useLocation()
  const day = useStore(useParts('today').today, (store) => store.day)
  const { id, fields } = props.service
  const href = placesPages.service(id)
  return (
    <Row
      title={fields.name}
      name={own.kinds[fields.serviceKind]}
      aside={fields.room ? own.rooms[fields.room] : ''}
      isLate={fields.room === 'full' || isServiceOld(fields, day)}
      under={formatFacts(words, [
        fields.hours,
        fields.where,
        fields.forWhom,
        isServiceOld(fields, day)
          ? own.asOfOld(formatDay(words, fields.asOf, day))
          : own.asOf(formatDay(words, fields.asOf, day)),
      ])}
      href={href}
      chosen={path === href}
    />
  )
}
