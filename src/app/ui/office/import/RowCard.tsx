import { useState } from 'preact/hooks'
import { maskDocument, maskName } from '#domain/mask.ts'
import type { Trouble } from '#domain/roster/row.ts'
import type { Answer, Choice, RowDetail, RowView } from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Icon, type IconName } from '#app/ui/kit/Icon.tsx'
import { formatDay } from '#app/ui/format.ts'
import { doorOfHousehold } from '#app/views/door.ts'
import { fieldToText } from '#app/ui/pieces/field-value.ts'
import { PurposeSheet } from '#app/ui/pieces/PurposeSheet.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useDetailWords } from './detail-words.ts'
import { ShowAllButton } from './ShowAllButton.tsx'
import styles from './Import.module.css'
import { useImportWords } from './import-words.ts'
import { QuestionCard, type Answering } from './QuestionCard.tsx'
import { useReasonWords } from './reason-words.ts'
import { RowDetailView } from './RowDetailView.tsx'
import { doorWords } from './row-words.ts'
import { useRowReveal } from './use-row-reveal.ts'

const icons: Readonly<Record<RowView['status'], IconName>> = {
  new: 'plus',
  changed: 'edit',
  same: 'check',
  doubtful: 'more',
  waiting: 'more',
  left: 'minus',
  wrong: 'alert',
  repeat: 'down',
}

export interface RowAnswering extends Pick<Answering, 'divisions'> {
  readonly onAnswer: (key: string, answer: Answer | null) => Promise<void>
}

/** One row of the roster: who, where, what it would do and why not. */
export function RowCard(props: {
  readonly row: RowView
  readonly onChoose: (choice: Choice) => void
  readonly onName: (person: string | null) => void
  /** What the row is opened to; without it, it stays closed. */
  readonly load?: (at: number) => Promise<RowDetail>
  /** How its questions are answered, each for all rows that say the same; without it they only stand in a list of their own. */
  readonly answering?: RowAnswering
}) {
  const { row, load, answering } = props
  const said = useImportWords()
  const more = useDetailWords()
  const [isOpened, setOpened] = useState(false)
  const reveals = useRowReveal(row.person === null ? row.several : [row.person])
  const isOpen = reveals.isShown('name')
  const masked = maskName(row.name) || '–'
  const name = isOpen ? row.name : masked
  const number = row.facts.documentNumber
  return (
    <article class={styles.row} data-status={row.status} data-left={row.choice === 'leave'}>
      <header>
        <h2>
          {name} <span>{number && (isOpen ? number : maskDocument(number))}</span>
          <ShowAllButton isOpen={isOpen} onToggle={() => reveals.toggle('name')} />
        </h2>
        <p class={styles.status}>
          <Icon name={icons[row.status]} />
          {said.status[row.status]}
        </p>
      </header>
      <p class={styles.soft}>
        {[doorWords(row), said.row(row.sheet, row.number)].filter(Boolean).join(' · ')}
      </p>
      {reveals.failed && <p class={styles.wrong}>{more.notLogged}</p>}
      {row.status === 'repeat' &&
        row.others.map((other) => (
          <p key={other.number}>{said.repeats(other.sheet, other.number)}</p>
        ))}
      {row.doubt && row.others.length > 0 && (
        <p>
          {more.twoNames(
            row.others.map(({ sheet, number }) => more.other(sheet, number)).join('、'),
          )}
        </p>
      )}
      {row.doubt && <p class={styles.doubt}>{said.doubt[row.doubt]}</p>}
      {row.several.length > 0 ? (
        <Which row={row} isOpen={isOpen} onName={props.onName} />
      ) : (
        row.doubt && row.person && <InRegister person={row.person} isOpen={isOpen} />
      )}
      {row.why.map((trouble, index) => (
        <Reason key={index} trouble={trouble} isWrong />
      ))}
      {!isOpened && <Changes row={row} isOpen={isOpen} />}
      {row.notes.map((trouble, index) => (
        <Reason key={index} trouble={trouble} />
      ))}
      {answering &&
        row.asks.map((asked) => (
          <QuestionCard
            key={asked.question.key}
            isOnRow
            asked={asked}
            onAnswer={(answer) => answering.onAnswer(asked.question.key, answer)}
            divisions={answering.divisions}
          />
        ))}
      {load && (
        <div>
          <Button
            look="quiet"
            icon={isOpened ? 'minus' : 'down'}
            pressed={isOpened}
            onClick={() => setOpened(!isOpened)}
          >
            {isOpened ? more.close : more.open}
          </Button>
        </div>
      )}
      {load && isOpened && <RowDetailView row={row} isOpen={isOpen} load={load} />}
      {row.choices.length > 0 && (
        <div class={styles.choices} role="group" aria-label={said.choiceOf(masked)}>
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
      <PurposeSheet reveals={reveals} />
    </article>
  )
}

function InRegister(props: { readonly person: string; readonly isOpen: boolean }) {
  const app = useParts('register')
  const said = useImportWords()
  const known = useRegister(app, (register) => {
    const person = register.get('resident', props.person)
    if (!person) return null
    return {
      name: person.fields.name,
      door: doorOfHousehold(register, person.fields.household, true),
    }
  })
  if (!known) return null
  return <p>{said.inRegister(props.isOpen ? known.name : maskName(known.name), known.door)}</p>
}

/** Several people of the register could be meant: who, is for a person to say. */
function Which(props: {
  readonly row: RowView
  readonly isOpen: boolean
  readonly onName: (person: string | null) => void
}) {
  const { isOpen } = props
  const { several, person } = props.row
  const app = useParts('register', 'today')
  const words = useWords()
  const today = useStore(app.today, (store) => store.day)
  const said = useImportWords()
  const known = useRegister(
    app,
    (register) =>
      several.map((id) => {
        const fields = register.get('resident', id)?.fields
        if (!fields) return { id, text: said.whichElse, more: said.whichElse }
        const { name, birth, household, documentNumber, movedOutOn, diedOn } = fields
        // Two of one name and birthday at one door: what else the register says of each.
        const rest = (['relation', 'workplace', 'hukouAddress', 'arrivedOn'] as const).map(
          (field) => fields[field] && fieldToText(words, register, field, fields[field], today),
        )
        const parts = [
          isOpen ? name : maskName(name),
          birth && formatDay(words, birth, today),
          documentNumber && (isOpen ? documentNumber : maskDocument(documentNumber)),
          doorOfHousehold(register, household, true),
          (movedOutOn || diedOn) && said.whichGone,
        ]
        const text = parts.filter(Boolean).join(' · ')
        return { id, text, more: [text, ...rest].filter(Boolean).join(' · ') }
      }),
    [several, said, words, today, isOpen],
  )
  return (
    <div class={styles.which} role="group" aria-label={said.which}>
      <p>{said.which}</p>
      {known.map(({ id, text, more }) => (
        <Button key={id} wide pressed={id === person} onClick={() => props.onName(id)}>
          {known.some((other) => other.id !== id && other.text === text) ? more : text}
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

function Changes(props: { readonly row: RowView; readonly isOpen: boolean }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const today = useStore(app.today, (store) => store.day)
  const { changes } = props.row
  if (changes.length === 0) return null
  const text = (field: string, value: unknown) =>
    fieldToText(words, app.register, field, value, today, props.isOpen)
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
  const reasons = useReasonWords()
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
