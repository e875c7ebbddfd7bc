import { firstPages } from '#app/links/first.ts'
import { coloursPages } from '#app/links/colours.ts'
import { walkPages } from '#app/links/walk.ts'
import { codeLabel } from '#domain/code-tables.ts'
import { maskName, maskPhone } from '#domain/mask.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Foot } from '#app/ui/kit/Foot.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { doorOf } from '#app/views/door.ts'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { LevelHero } from '#app/ui/pieces/LevelHero.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { Photos } from '#app/ui/pieces/photos/photos-later.ts'
import { DoorTopics } from '#app/ui/pieces/topics/door-topics-later.ts'
import { ClashNotice } from '#app/ui/pieces/ClashNotice.tsx'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { DoorDeclarations } from '#app/ui/walk/declare/DoorDeclarations.tsx'
import { VehicleList } from '../vehicles/VehicleList.tsx'
import { nameOfHome } from '../home-name.ts'
import styles from './Dwelling.module.css'

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
        <Foot>
          <ButtonLink look="primary" icon="plus" href={walkPages.intake(id)}>
            {words.household.intake}
          </ButtonLink>
          <ButtonLink icon="edit" href={walkPages.editDwelling(id)}>
            {words.forms.dwelling.edit}
          </ButtonLink>
        </Foot>
      }
    >
      <ClashNotice records={[id]} />
      <LevelHero coloured={coloured}>
        <a class={styles.wrong} href={coloursPages.colourOfDwelling(id)}>
          {words.resident.wrong}
        </a>
      </LevelHero>
      <div class={styles.facts}>
        <p>
          {formatFacts(words, [
            fields.use && words.facts.use[fields.use],
            landlord.length > 0 && `${words.forms.dwelling.landlord} ${landlord.join(' ')}`,
          ]) || words.forms.dwelling.noFacts}
        </p>
        {hazards.map((hazard) => (
          <div key={hazard.id}>
            <p>
              {codeLabel('safety_hazard', hazard.type) ?? hazard.type}{' '}
              {formatDay(words, hazard.found, day)} {hazard.note}
            </p>
            <Photos host={id} hazard={hazard.id} />
          </div>
        ))}
      </div>
      <DoorTopics dwelling={id} />
      <Homes title={words.forms.dwelling.households} homes={households} />
      {households.length === 0 && <Empty title={words.forms.dwelling.noHouseholds} icon="home" />}
      <DoorDeclarations dwelling={id} day={day} />
      <VehicleList dwelling={id} />
      {former.length > 0 && <Homes title={words.forms.dwelling.former} homes={former} />}
    </Page>
  )
}

function Homes(props: { readonly title: string; readonly homes: readonly Rec<'household'>[] }) {
  const words = useWords()
  if (props.homes.length === 0) return null
  return (
    <Group head={props.title} aside={words.shell.households(props.homes.length)}>
      {props.homes.map((home) => (
        <Home key={home.id} home={home} />
      ))}
    </Group>
  )
}

function Home(props: { readonly home: Rec<'household'> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const levels = useLevels()
  const { id, fields } = props.home
  const day = useStore(app.today, (store) => store.day)
  const { colour } = useRegister(app, (register) => register.colourOfHousehold(id, day), [id, day])
  const name = useRegister(app, (register) => nameOfHome(register, words, id), [words, id])
  return (
    <Row
      title={name}
      {...(fields.endedOn
        ? { under: words.household.ended(formatDay(words, fields.endedOn, day)) }
        : { mark: <LevelMark level={levels[colour]} /> })}
      href={firstPages.household(id)}
    />
  )
}
