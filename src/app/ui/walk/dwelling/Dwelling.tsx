import { codeLabel } from '#domain/code-tables.ts'
import { maskName, maskPhone } from '#domain/mask.ts'
import type { Rec } from '#app/register/register.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { LevelMark, levelEdge } from '#app/ui/kit/LevelMark.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Page } from '#app/ui/Page.tsx'
import { doorOf } from '#app/views/door.ts'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { Why } from '#app/ui/pieces/Why.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { ClashNotice } from '#app/ui/pieces/ClashNotice.tsx'
import { useFormWords } from '#app/ui/forms/use-form-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Dwelling.module.css'
import { walkPages } from '#app/links/walk.ts'
import { coloursPages } from '#app/links/colours.ts'
import { firstPages } from '#app/links/first.ts'

/** One room: its own colour, its use and hazards, and the households that live or lived in it. */
export function Dwelling(props: PageProps) {
  const app = useParts('register', 'today')
  const words = useFormWords()
  const id = props.params['dwelling'] ?? ''
  const day = useStore(app.today, (store) => store.day)
  const dwelling = useRegister(app, (register) => register.get('dwelling', id))
  const door = useRegister(app, (register) => doorOf(register, id, true))
  const coloured = useRegister(app, (register) => register.colourOfDwelling(id, day), [id, day])
  const households = useRegister(app, (register) => register.households(id))
  const former = useRegister(app, (register) => register.formerHouseholds(id))
  if (!dwelling) return <Gone title={words.forms.dwelling.title} back={firstPages.grid()} />
  const { fields } = dwelling
  const landlord = [
    fields.landlordName && maskName(fields.landlordName),
    fields.landlordPhone && maskPhone(fields.landlordPhone),
  ].filter(Boolean)
  const hazards = (fields.hazards ?? []).filter((hazard) => !hazard.cleared)
  return (
    <Page
      title={door}
      back={firstPages.building(fields.building)}
      foot={
        <div class={styles.acts}>
          <ButtonLink look="primary" icon="plus" href={walkPages.intake(id)}>
            {words.household.intake}
          </ButtonLink>
          <ButtonLink icon="edit" href={walkPages.editDwelling(id)}>
            {words.forms.dwelling.edit}
          </ButtonLink>
        </div>
      }
    >
      <ClashNotice records={[id]} />
      <section class={styles.part}>
        <Why coloured={coloured} />
        <ButtonLink look="quiet" href={coloursPages.colourOfDwelling(id)}>
          {words.resident.wrong}
        </ButtonLink>
        <p>
          {[
            fields.use && words.facts.use[fields.use],
            landlord.length > 0 && `${words.forms.dwelling.landlord} ${landlord.join(' ')}`,
          ]
            .filter(Boolean)
            .join(' · ') || words.forms.dwelling.noFacts}
        </p>
        {hazards.map((hazard) => (
          <p key={hazard.id}>
            {codeLabel('safety_hazard', hazard.type) ?? hazard.type}{' '}
            {formatDay(words, hazard.found, day)} {hazard.note}
          </p>
        ))}
      </section>
      <Homes title={words.forms.dwelling.households} homes={households} />
      {households.length === 0 && <Empty title={words.forms.dwelling.noHouseholds} icon="home" />}
      {former.length > 0 && <Homes title={words.forms.dwelling.former} homes={former} />}
    </Page>
  )
}

function Homes(props: { readonly title: string; readonly homes: readonly Rec<'household'>[] }) {
  if (props.homes.length === 0) return null
  return (
    <section class={styles.homes}>
      <h2>{props.title}</h2>
      <ul>
        {props.homes.map((home) => (
          <li key={home.id}>
            <Home home={home} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Home(props: { readonly home: Rec<'household'> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const levels = useLevels()
  const { id, fields } = props.home
  const day = useStore(app.today, (store) => store.day)
  const { colour } = useRegister(app, (register) => register.colourOfHousehold(id, day), [id, day])
  const members = useRegister(app, (register) => {
    const here = register.residents(id)
    return here.length > 0 ? here : register.formerResidents(id)
  })
  const head = members[0] ? maskName(members[0].fields.name) : words.today.emptyHome
  return (
    <a
      class={`${styles.home} ${fields.endedOn ? '' : levelEdge(colour)}`}
      href={firstPages.household(id)}
    >
      {!fields.endedOn && <LevelMark level={levels[colour]} />}
      <span>{members.length > 1 ? words.today.andOthers(head, members.length) : head}</span>
      {fields.endedOn && (
        <span>{words.household.ended(formatDay(words, fields.endedOn, day))}</span>
      )}
    </a>
  )
}
