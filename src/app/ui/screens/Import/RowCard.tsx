import { maskDocument, maskName } from '#domain/mask.ts'
import type { Trouble } from '#domain/roster/row.ts'
import type { Choice, RowView } from '#app/stores/imports.ts'
import { useApp, useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Icon, type IconName } from '#app/ui/kit/Icon.tsx'
import { formatDay } from '#app/ui/format.ts'
import { doorOfHousehold } from '#app/ui/pieces/door.ts'
import { fieldToText } from '#app/ui/pieces/field-value.ts'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import styles from './Import.module.css'
import { importWords } from './import-words.ts'
import { reasonWords } from './reason-words.ts'

const icons: Readonly<Record<RowView['status'], IconName>> = {
  new: 'plus',
  changed: 'edit',
  same: 'check',
  doubtful: 'more',
  wrong: 'alert',
  repeat: 'down',
}

/** One row of the roster: who, where, what it would do and why not. */
export function RowCard(props: {
  readonly row: RowView
  readonly onChoose: (choice: Choice) => void
  readonly onName: (person: string | null) => void
}) {
  const { row } = props
  const said = useScreenWords(importWords)
  const name = maskName(row.name) || '–'
  return (
    <article class={styles.row} data-status={row.status} data-left={row.choice === 'leave'}>
      <header>
        <h2>
          {name} <span>{row.facts.documentNumber && maskDocument(row.facts.documentNumber)}</span>
        </h2>
        <p class={styles.status}>
          <Icon name={icons[row.status]} />
          {said.status[row.status]}
        </p>
      </header>
      <p class={styles.soft}>
        {[doorWords(row), said.row(row.sheet, row.number)].filter(Boolean).join(' · ')}
      </p>
      {row.repeats && <p>{said.repeats(row.repeats.sheet, row.repeats.number)}</p>}
      {row.doubt && <p class={styles.doubt}>{said.doubt[row.doubt]}</p>}
      {row.several.length > 0 ? (
        <Which row={row} onName={props.onName} />
      ) : (
        row.doubt && row.person && <InRegister person={row.person} />
      )}
      {row.why.map((trouble, index) => (
        <Reason key={index} trouble={trouble} isWrong />
      ))}
      <Changes row={row} />
      {row.notes.map((trouble, index) => (
        <Reason key={index} trouble={trouble} />
      ))}
      {row.choices.length > 0 && (
        <div class={styles.choices} role="group" aria-label={said.choiceOf(name)}>
          {row.choices.map((choice) => (
            <Button
              key={choice}
              pressed={row.choice === choice}
              onClick={() => props.onChoose(choice)}
            >
              {said.choice[choice]}
            </Button>
          ))}
        </div>
      )}
    </article>
  )
}

function doorWords({ door }: RowView): string {
  const unit = door.unit === null ? '' : `${door.unit}单元`
  return [door.estate, [door.building, unit, door.room].filter(Boolean).join('')]
    .filter(Boolean)
    .join(' ')
}

function InRegister(props: { readonly person: string }) {
  const app = useApp()
  const said = useScreenWords(importWords)
  const known = useRegister(app, (register) => {
    const person = register.get('resident', props.person)
    if (!person) return null
    return {
      name: maskName(person.fields.name),
      door: doorOfHousehold(register, person.fields.household, true),
    }
  })
  return known && <p>{said.inRegister(known.name, known.door)}</p>
}

/** Several people of the register could be meant: who, is for a person to say. */
function Which(props: { readonly row: RowView; readonly onName: (person: string | null) => void }) {
  const { several, person } = props.row
  const app = useApp()
  const words = useWords()
  const today = useStore(app.today, (store) => store.day)
  const said = useScreenWords(importWords)
  const known = useRegister(
    app,
    (register) =>
      several.map((id) => {
        const fields = register.get('resident', id)?.fields
        if (!fields) return { id, text: said.whichElse }
        const { name, birth, household, documentNumber, movedOutOn, diedOn } = fields
        const parts = [
          maskName(name),
          birth && formatDay(words, birth, today),
          documentNumber && maskDocument(documentNumber),
          doorOfHousehold(register, household, true),
          (movedOutOn || diedOn) && said.whichGone,
        ]
        return { id, text: parts.filter(Boolean).join(' · ') }
      }),
    [several, said, words, today],
  )
  return (
    <div class={styles.which} role="group" aria-label={said.which}>
      <p>{said.which}</p>
      {known.map(({ id, text }) => (
        <Button key={id} wide pressed={id === person} onClick={() => props.onName(id)}>
          {text}
        </Button>
      ))}
      {person !== null && (
        <Button look="quiet" onClick={() => props.onName(null)}>
          {said.notSure}
        </Button>
      )}
    </div>
  )
}

function Changes(props: { readonly row: RowView }) {
  const app = useApp()
  const words = useWords()
  const today = useStore(app.today, (store) => store.day)
  const { changes } = props.row
  if (changes.length === 0) return null
  const text = (field: string, value: unknown) =>
    fieldToText(words, app.register, field, value, today)
  return (
    <dl class={styles.changes}>
      {changes.map(({ field, from, to }) => (
        <div key={field}>
          <dt>{words.facts.field[field] ?? field}</dt>
          <dd>
            {from !== null && from !== undefined && <del>{text(field, from)}</del>}{' '}
            <ins>{text(field, to)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Reason(props: { readonly trouble: Trouble; readonly isWrong?: boolean }) {
  const reasons = useScreenWords(reasonWords)
  const { field, problem, text } = props.trouble
  const isSensitive = field === 'documentNumber' || field === 'phones' || field === 'headNumber'
  const shown = isSensitive ? maskDocument(text) : field === 'name' ? maskName(text) : text
  return (
    <p class={props.isWrong ? styles.wrong : styles.soft}>
      {field && `${reasons.field[field]}：`}
      {reasons.problem[problem]}
      {shown && `（${shown}）`}
    </p>
  )
}
