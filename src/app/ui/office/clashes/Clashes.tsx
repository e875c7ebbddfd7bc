import type { Clash } from '#domain/clash.ts'
import { settlingClash } from '#app/acts/clash-intents.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import type { Rec } from '#app/views/records.ts'
import { openClashes } from '#app/views/open-clashes.ts'
import { fieldToText } from '#app/ui/pieces/field-value.ts'
import { placeOfRecord } from '#app/views/record-place.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useClashesWords } from './clashes-words.ts'
import styles from './Clashes.module.css'
import { firstPages } from '#app/links/first.ts'

/** Where two people set one field differently: both values, who and when; one tap settles it. */
export function Clashes() {
  const app = useParts('register')
  const said = useClashesWords()
  const clashes = useRegister(app, openClashes)
  return (
    <Page title={said.title} back={firstPages.today()}>
      {clashes.length === 0 ? (
        <Empty title={said.none} icon="check">
          <p>{said.noneHint}</p>
        </Empty>
      ) : (
        <>
          <p class={styles.explain}>{said.explain}</p>
          <ul class={styles.list}>
            {clashes.map((clash) => (
              <li key={clash.id}>
                <ClashCard clash={clash} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  )
}

/** Both values of one clash, and the taps that settle it. */
export function ClashCard(props: {
  readonly clash: Rec<'clash'>
  readonly onSettled?: () => void
}) {
  const app = useParts('register')
  const words = useWords()
  const said = useClashesWords()
  const { clash } = props
  const { kind, record, field, kept, lost } = clash.fields
  const { run, problem, busy } = useSave()
  const { where, href } = useRegister(app, (register) => placeOfRecord(register, kind, record), [
    record,
  ])
  const settle = (choice: 'kept' | 'lost') =>
    run(settlingClash(app.register, clash, choice), () => props.onSettled?.())
  return (
    <section class={styles.card}>
      <h2>
        {href ? <a href={href}>{where}</a> : where} <span>{words.facts.field[field] ?? field}</span>
      </h2>
      <Side
        side={kept}
        field={field}
        label={said.now}
        act={said.keep}
        busy={busy}
        onChoose={() => settle('kept')}
      />
      <Side
        side={lost}
        field={field}
        label={said.other}
        act={said.take}
        busy={busy}
        onChoose={() => settle('lost')}
      />
      {problem && <Notice tone="alarm">{words.problems[problem]}</Notice>}
    </section>
  )
}

function Side(props: {
  readonly side: Clash['kept']
  readonly field: string
  readonly label: string
  readonly act: string
  readonly busy: boolean
  readonly onChoose: () => void
}) {
  const app = useParts('register', 'today')
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const { side, field } = props
  const author = useRegister(app, (register) =>
    side.by ? register.get('account', side.by)?.fields.name : undefined,
  )
  const value = fieldToText(words, app.register, field, side.value, day)
  return (
    <div class={styles.side}>
      <div>
        <p class={styles.label}>{props.label}</p>
        <p class={styles.value}>{value || words.resident.noBefore}</p>
        <p class={styles.label}>
          {formatMoment(words, side.at, day)} {author ?? words.resident.byUnknown}
        </p>
      </div>
      <Button busy={props.busy} onClick={props.onChoose}>
        {props.act}
      </Button>
    </div>
  )
}
