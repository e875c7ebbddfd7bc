import { firstPages } from '#app/links/first.ts'
import { coloursPages } from '#app/links/colours.ts'
import { walkPages } from '#app/links/walk.ts'
import type { Rec } from '#app/views/records.ts'
import { memberFacts } from '#app/views/member-facts.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { maskName } from '#domain/mask.ts'
import { isPresent } from '#domain/resident.ts'
import { formatAge, formatDay } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { doorOfHousehold } from '#app/views/door.ts'
import { MissingGlyphs } from '#app/ui/pieces/MissingGlyphs.tsx'
import { NoticeDue } from '#app/ui/pieces/NoticeDue.tsx'
import { PurposeSheet } from '#app/ui/pieces/PurposeSheet.tsx'
import { useReveals } from '#app/ui/pieces/reveals.ts'
import { CallButton } from '#app/ui/pieces/CallButton.tsx'
import { LevelHero } from '#app/ui/pieces/LevelHero.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { AuditLink } from '#app/ui/pieces/page-links/AuditLink.tsx'
import { FileLink } from '#app/ui/pieces/page-links/FileLink.tsx'
import { InquiryLink } from '#app/ui/pieces/page-links/protection-links.tsx'
import { VisitList } from '#app/ui/walk/household/VisitList.tsx'
import { ClashNotice } from '#app/ui/pieces/ClashNotice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { CareList } from '../care/CareList.tsx'
import { ContactFirst } from './ContactFirst.tsx'
import { FactList } from './FactList.tsx'
import { History } from './History.tsx'
import { SamePerson } from './SamePerson.tsx'
import styles from './Resident.module.css'

/** A resident's file: masked facts, why this colour and since when, visits, and the history of each field. */
export function Resident(props: PageProps) {
  const app = useParts('register')
  const words = useWords()
  const id = props.params['resident'] ?? ''
  const resident = useRegister(app, (register) => register.get('resident', id))
  if (!resident) return <Gone title={words.resident.gone} back={firstPages.today()} />
  return <ResidentFile key={id} resident={resident} />
}

function ResidentFile(props: { readonly resident: Rec<'resident'> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const { id, fields } = props.resident
  const day = useStore(app.today, (store) => store.day)
  const reveals = useReveals(id)
  const door = useRegister(app, (register) => doorOfHousehold(register, fields.household, true))
  const household = firstPages.household(fields.household)
  const gone = !isPresent(fields)
  return (
    <Page
      title={maskName(fields.name)}
      back={household}
      foot={
        !fields.mergedInto && (
          <ButtonLink look="primary" icon="edit" wide href={walkPages.editResident(id)}>
            {words.resident.edit}
          </ButtonLink>
        )
      }
    >
      {fields.diedOn && (
        <Notice>{words.resident.died(formatDay(words, fields.diedOn, day))}</Notice>
      )}
      {fields.movedOutOn && (
        <Notice>
          {words.resident.movedOut(
            formatDay(words, fields.movedOutOn, day),
            fields.movedOutTo ?? '',
          )}
        </Notice>
      )}
      {fields.restrictedOn && (
        <Notice>{words.resident.restricted(formatDay(words, fields.restrictedOn, day))}</Notice>
      )}
      <SamePerson resident={props.resident} />
      <MissingGlyphs text={reveals.isShown('name') ? fields.name : maskName(fields.name)} />
      {reveals.failed && <Notice tone="alarm">{words.household.lookFailed}</Notice>}
      <ClashNotice records={[id]} />
      <Who resident={props.resident} />
      <div class={styles.at}>
        <a class={styles.door} href={household}>
          {door}
        </a>
        {!gone && <CallButton resident={props.resident} words />}
      </div>
      {!gone && <Colour resident={props.resident} />}
      {!gone && <ContactFirst resident={props.resident} reveals={reveals} />}
      {!gone && <NoticeDue residents={[props.resident]} />}
      {!gone && <CareList resident={props.resident} />}
      <FactList resident={props.resident} reveals={reveals} />
      {fields.diedOn && <InquiryLink resident={id} />}
      {!gone && (
        <Group head={words.resident.acts} box>
          <div class={styles.acts}>
            <ButtonLink href={walkPages.moveResident(id)}>{words.resident.moveRoom}</ButtonLink>
            <ButtonLink href={walkPages.moveOutResident(id)}>{words.resident.moveOut}</ButtonLink>
            <ButtonLink href={walkPages.death(id)}>{words.resident.death}</ButtonLink>
            <InquiryLink resident={id} />
          </div>
        </Group>
      )}
      <VisitList household={fields.household} resident={id} />
      <History resident={props.resident} reveals={reveals} />
      {!fields.mergedInto && <FileLink resident={id} />}
      <AuditLink record={id} />
      <PurposeSheet reveals={reveals} />
    </Page>
  )
}

function Colour(props: { readonly resident: Rec<'resident'> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const { id, fields } = props.resident
  const coloured = useRegister(app, (register) => register.colourOfResident(id, day), [id, day])
  const due = useRegister(app, (register) => register.due(fields.household, day), [id, day])
  return (
    <LevelHero coloured={coloured} due={due} dates>
      <a class={styles.wrong} href={coloursPages.colourOfResident(id)}>
        {words.resident.wrong}
      </a>
    </LevelHero>
  )
}

/** What one asks of somebody first: `女 92岁 户主`. */
function Who(props: { readonly resident: Rec<'resident'> }) {
  const words = useWords()
  const day = useStore(useParts('today').today, (store) => store.day)
  const { sex, agedOn, relation } = memberFacts(props.resident, day)
  const facts = [
    sex && words.shell[sex],
    formatAge(words, props.resident.fields.birth, agedOn),
    relation,
  ].filter(Boolean)
  return facts.length > 0 ? <p>{facts.join(' ')}</p> : null
}
