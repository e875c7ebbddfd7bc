import { reasonWords } from '#domain/colour-of.ts'
import type { Subject } from '#domain/facts.ts'
import { maskName } from '#domain/mask.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Page } from '#app/ui/Page.tsx'
import { recordPage } from '#app/links/record.ts'
import { doorOf } from '#app/views/door.ts'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { Why } from '#app/ui/pieces/Why.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { factLabel, optionLabel } from '#app/ui/colours/scheme/condition-words.ts'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from '#app/ui/pieces/by-hand/ByHand.module.css'
import { factsBehind, whereToCorrect, type FactBehind } from '#app/views/facts-behind.ts'
import { HandColours } from '#app/ui/pieces/by-hand/HandColours.tsx'
import { useByHandWords } from '#app/ui/pieces/by-hand/by-hand-words.ts'
import { coloursPages } from '#app/links/colours.ts'
import { firstPages } from '#app/links/first.ts'

/** "This is wrong": why the colour is what it is, the facts behind it, and another colour by hand. */
export function ColourPage(props: PageProps) {
  const app = useParts('register')
  const own = useByHandWords()
  const { resident, dwelling } = props.params
  const record = useRegister(app, (register) =>
    resident !== undefined
      ? register.get('resident', resident)
      : register.get('dwelling', dwelling ?? ''),
  )
  const subject = useRegister(app, (register) => register.subject(record?.id ?? ''))
  if (!record || !subject) return <Gone title={own.title} back={firstPages.today()} />
  return <Shown key={record.id} record={record} subject={subject} />
}

function Shown(props: {
  readonly record: Rec<'resident'> | Rec<'dwelling'>
  readonly subject: Subject
}) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useByHandWords()
  const levels = useLevels()
  const day = useStore(app.today, (store) => store.day)
  const { record, subject } = props
  const scheme = useRegister(app, (register) => register.scheme())
  const coloured = useRegister(
    app,
    (register) =>
      record.kind === 'resident'
        ? register.colourOfResident(record.id, day)
        : register.colourOfDwelling(record.id, day),
    [record.id, day],
  )
  const door = useRegister(app, (register) => doorOf(register, dwellingOf(record, subject), true))
  const title = record.kind === 'resident' ? maskName(record.fields.name) : door
  const reasons = coloured.reasons.map((reason) => reasonWords(reason, scheme, words.language))
  return (
    <Page width="read" title={title} back={recordPage(record.kind, record.id)}>
      <div class={styles.page}>
        {record.kind === 'resident' && <p class={styles.soft}>{door}</p>}
        <section class={styles.part}>
          <h2>{own.now}</h2>
          <Why coloured={coloured} dates />
          {reasons.length > 0 && (
            <p>
              <span class={styles.soft}>{own.read}</span>
              {levels[coloured.colour].word}：{reasons.join('；')}。
            </p>
          )}
        </section>
        <section class={styles.part}>
          <h2>{own.facts}</h2>
          <Facts record={record} subject={subject} />
          <ButtonLink look="quiet" href={coloursPages.scheme()}>
            {own.rules}
          </ButtonLink>
        </section>
        <HandColours record={record} subject={subject} />
      </div>
    </Page>
  )
}

function Facts(props: {
  readonly record: Rec<'resident'> | Rec<'dwelling'>
  readonly subject: Subject
}) {
  const app = useParts('register', 'today')
  const own = useByHandWords()
  const day = useStore(app.today, (store) => store.day)
  const { record, subject } = props
  const scheme = useRegister(app, (register) => register.scheme())
  const facts = factsBehind(subject, scheme, day)
  const household = record.kind === 'resident' ? record.fields.household : undefined
  if (facts.length === 0) return <p>{own.noFacts}</p>
  return (
    <>
      <p class={styles.soft}>{own.factsHint}</p>
      <ul class={styles.plain}>
        {facts.map((fact) => {
          const href = whereToCorrect(fact.fact, {
            dwelling: dwellingOf(record, subject) || null,
            ...(household === undefined ? {} : { household, resident: record.id }),
          })
          return (
            <li key={fact.fact} class={styles.fact}>
              <span>
                <FactWords fact={fact} subject={subject.kind} />
              </span>
              {href && (
                <a class={styles.link} href={href}>
                  {own.correct}
                </a>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

function FactWords(props: { readonly fact: FactBehind; readonly subject: Subject['kind'] }) {
  const common = useWords()
  const own = useByHandWords()
  const words = { common, own: useSchemeWords() }
  const { fact, value } = props.fact
  const shown =
    value === null
      ? own.unknown
      : typeof value === 'boolean'
        ? value
          ? own.yes
          : own.no
        : optionLabel(String(value), words)
  return (
    <>
      {factLabel(props.subject, fact, words)}：<strong>{shown}</strong>
    </>
  )
}

function dwellingOf(record: Rec<'resident'> | Rec<'dwelling'>, subject: Subject): string {
  if (record.kind === 'dwelling') return record.id
  return subject.kind === 'resident' ? subject.context.household.dwelling : ''
}
