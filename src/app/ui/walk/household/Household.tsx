import { firstPages } from '#app/links/first.ts'
import { walkPages } from '#app/links/walk.ts'
import { useState } from 'preact/hooks'
import { maskName } from '#domain/mask.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Foot } from '#app/ui/kit/Foot.tsx'
import { Icon } from '#app/ui/kit/Icon.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page, TwoLines } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { doorOf } from '#app/views/door.ts'
import { MissingGlyphs } from '#app/ui/pieces/MissingGlyphs.tsx'
import { NoticeDue } from '#app/ui/pieces/NoticeDue.tsx'
import { LevelHero } from '#app/ui/pieces/LevelHero.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { ClaimedOthers } from '#app/ui/pieces/claimed/claimed-later.ts'
import { DoorTopics } from '#app/ui/pieces/topics/door-topics-later.ts'
import { ClashNotice } from '#app/ui/pieces/ClashNotice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { ChangeSheet } from './ChangeSheet.tsx'
import styles from './Household.module.css'
import { MemberRow } from './MemberRow.tsx'
import { useUnchanged } from './use-unchanged.ts'
import { VisitList } from './VisitList.tsx'

/** A door's page: who lives there, in which colour and why, and the one tap that most visits need. */
export function Household(props: PageProps) {
  const app = useParts('register')
  const words = useWords()
  const id = props.params['household'] ?? ''
  const home = useRegister(app, (register) => register.get('household', id))
  if (!home) return <Gone title={words.household.gone} back={firstPages.today()} />
  return <HouseholdPage key={id} home={home} />
}

function HouseholdPage(props: { readonly home: Rec<'household'> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const { home } = props
  const { dwelling, endedOn } = home.fields
  const [changing, setChanging] = useState(false)
  const day = useStore(app.today, (store) => store.day)
  const door = useRegister(app, (register) => doorOf(register, dwelling))
  const estate = useRegister(app, (register) => {
    const room = register.get('dwelling', dwelling)
    return room && register.get('building', room.fields.building)?.fields.estate
  })
  const members = useRegister(app, (register) => register.residents(home.id))
  const former = useRegister(app, (register) => register.formerResidents(home.id))
  const others = useRegister(
    app,
    (register) => register.households(dwelling).filter((other) => other.id !== home.id).length,
  )
  const unchanged = useUnchanged(home)
  return (
    <Page
      title={<TwoLines above={estate ?? ''} below={door} />}
      back={firstPages.today()}
      foot={
        !endedOn && (
          <Foot>
            <Button look="primary" icon="check" busy={unchanged.busy} onClick={unchanged.save}>
              {words.household.unchanged}
            </Button>
            <Button onClick={() => setChanging(true)}>{words.household.changed}</Button>
          </Foot>
        )
      }
    >
      {unchanged.problem && <Notice tone="alarm">{words.problems[unchanged.problem]}</Notice>}
      {endedOn && <Notice>{words.household.ended(formatDay(words, endedOn, day))}</Notice>}
      <ClashNotice records={[home.id, dwelling, ...members.map((one) => one.id)]} />
      <State home={home} />
      {!endedOn && <NoticeDue residents={members} />}
      {!endedOn && <ClaimedOthers household={home.id} />}
      <Group
        head={words.household.members}
        {...(members.length > 0 && { aside: words.shell.people(members.length) })}
      >
        {members.length === 0 && (
          <li>
            <Empty title={words.household.noMembers}>
              <p>{words.household.noMembersHint}</p>
            </Empty>
          </li>
        )}
        {members.map((resident) => (
          <MemberRow key={resident.id} resident={resident} />
        ))}
        {!endedOn && (
          <Row
            title={<span class={styles.add}>{words.household.addResident}</span>}
            mark={
              <span class={styles.plus}>
                <Icon name="plus" />
              </span>
            }
            href={walkPages.addResident(home.id)}
          />
        )}
      </Group>
      {!endedOn && <DoorTopics dwelling={dwelling} />}
      <MissingGlyphs text={members.map(({ fields }) => maskName(fields.name)).join('')} />
      {others > 0 && (
        <ButtonLink look="quiet" wide href={walkPages.dwelling(dwelling)}>
          {words.household.otherHouseholds(others)}
        </ButtonLink>
      )}
      <VisitList household={home.id} />
      {former.length > 0 && (
        <Group head={words.household.former}>
          {former.map((resident) => (
            <MemberRow key={resident.id} resident={resident} />
          ))}
        </Group>
      )}
      {changing && <ChangeSheet home={home} onClose={() => setChanging(false)} />}
    </Page>
  )
}

/** Colour with reasons, when the next call is due, when somebody was last met. */
function State(props: { readonly home: Rec<'household'> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const { id, fields } = props.home
  const coloured = useRegister(app, (register) => register.colourOfHousehold(id, day), [id, day])
  const due = useRegister(app, (register) => register.due(id, day), [id, day])
  return (
    <LevelHero coloured={coloured} due={due} met>
      {fields.lifeEvent && fields.lifeEventOn && due && due.reasons.length > 0 && (
        <p>
          {words.household.lifeEvent(
            words.today.lifeEvent[fields.lifeEvent],
            formatDay(words, fields.lifeEventOn, day),
          )}
        </p>
      )}
    </LevelHero>
  )
}
