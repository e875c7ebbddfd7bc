import { useState } from 'preact/hooks'
import { readUnit } from '#domain/roster/clean-door.ts'
import { plainText } from '#domain/text.ts'
import type { Answer, DivisionSuggestion, DoorLevels, QuestionView } from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { gridName } from '#app/views/door.ts'
import { DoorAnswer } from './DoorAnswer.tsx'
import { GridAnswer } from './GridAnswer.tsx'
import { HukouAnswer } from './HukouAnswer.tsx'
import styles from './Import.module.css'
import { type questionWords, useQuestionWords } from './question-words.ts'
import { levelsToWords } from './row-words.ts'

type Question<Kind extends QuestionView['question']['kind']> = Extract<
  QuestionView['question'],
  { readonly kind: Kind }
>

export interface Answering {
  readonly asked: QuestionView
  readonly onAnswer: (answer: Answer | null) => Promise<void>
  /** Of GB/T 2260: provinces, or what lies in a province or a city. */
  readonly divisions: (above: string | null) => Promise<readonly DivisionSuggestion[]>
}

/** A question with what stands in the roster, its rows and the ways to answer; answered, it says how and can be changed. */
export function QuestionCard(props: Answering & { readonly isOnRow?: boolean }) {
  const { asked, isOnRow } = props
  const { question, answer, rows, first } = asked
  const said = useQuestionWords()
  const [doing, setDoing] = useState<'nothing' | 'working' | 'failed'>('nothing')
  const give = (given: Answer | null) => {
    setDoing('working')
    props.onAnswer(given).then(
      () => setDoing('nothing'),
      () => setDoing('failed'),
    )
  }
  const title = titleOf(question, said)
  const Heading = isOnRow ? 'h3' : 'h2'
  return (
    <article class={isOnRow ? styles.ask : styles.row} data-left={answer === null}>
      <header>
        <Heading>{title}</Heading>
        <p class={styles.status}>{said.rows(rows)}</p>
      </header>
      {!isOnRow && (
        <p class={styles.soft}>{said.first(whereOf(first, said), rows <= first.length)}</p>
      )}
      {answer === null ? (
        <>
          <p class={styles.soft}>{said.why[question.kind]}</p>
          <div class={styles.stack} role="group" aria-label={title}>
            <Ways question={question} onAnswer={give} divisions={props.divisions} />
            <div class={styles.choices}>
              {question.kind === 'hukou' ? (
                <Button onClick={() => give({ to: 'hukou', division: null })}>
                  {said.unknown}
                </Button>
              ) : (
                <Button onClick={() => give({ to: 'leave' })}>{said.leave(rows)}</Button>
              )}
            </div>
          </div>
        </>
      ) : (
        <div class={styles.answered}>
          <strong>
            <Answered question={question} answer={answer} />
          </strong>
          <Button look="quiet" label={`${said.change}：${title}`} onClick={() => give(null)}>
            {said.change}
          </Button>
        </div>
      )}
      {doing !== 'nothing' && (
        <p class={doing === 'failed' ? styles.wrong : styles.soft} role="status">
          {said[doing]}
        </p>
      )}
    </article>
  )
}

type Words = (typeof questionWords)['zh-CN']

function titleOf(question: QuestionView['question'], said: Words): string {
  switch (question.kind) {
    case 'door':
      return said.ask.door(question.text)
    case 'unit':
      return said.ask.unit(question.text, question.place)
    case 'building':
      return said.ask.building(question.text, question.estate)
    case 'grid':
      return question.of === 'name'
        ? said.ask.gridName(question.text)
        : said.ask.gridEstate(question.text)
    case 'hukou':
      return said.ask.hukou(question.text)
  }
}

/** 花名册 第 3、5 行 */
function whereOf(first: QuestionView['first'], said: Words): string {
  const sheets = [...new Set(first.map(({ sheet }) => sheet))]
  return sheets
    .map((sheet) => {
      const numbers = first.filter((one) => one.sheet === sheet).map(({ number }) => number)
      return said.sheetRows(sheet, numbers.join('、'))
    })
    .join('，')
}

/** What was answered, with a grid or a division by its name. */
function Answered(props: { readonly question: QuestionView['question']; readonly answer: Answer }) {
  const { question, answer } = props
  const app = useParts('register')
  const { answered } = useQuestionWords()
  const grid = useRegister(
    app,
    (register) => (answer.to === 'grid' ? gridName(register, answer.grid) : ''),
    [answer],
  )
  switch (answer.to) {
    case 'door':
      return <>{answered.door(levelsToWords(answer.door))}</>
    case 'unit':
      return <>{answer.unit === null ? answered.noUnit : answered.unit(answer.unit)}</>
    case 'building':
      return <>{answered.building(answer.building)}</>
    case 'grid':
      return <>{answered.grid(grid)}</>
    case 'hukou': {
      const { division, name } = answer
      if (division === null) return <>{answered.unknown}</>
      const known =
        question.kind === 'hukou' && question.suggestions.find(({ code }) => code === division)
      return <>{answered.hukou(name ?? (known ? known.name : division))}</>
    }
    case 'leave':
      return <>{answered.leave}</>
  }
}

interface WaysProps {
  readonly question: QuestionView['question']
  readonly onAnswer: (answer: Answer) => void
  readonly divisions: Answering['divisions']
}

function Ways({ question, onAnswer, divisions }: WaysProps) {
  switch (question.kind) {
    case 'door':
      return (
        <DoorAnswer
          suggestions={question.suggestions}
          onAnswer={(door: DoorLevels) => onAnswer({ to: 'door', door })}
        />
      )
    case 'unit':
      return <UnitAnswer question={question} onAnswer={onAnswer} />
    case 'building':
      return <BuildingAnswer question={question} onAnswer={onAnswer} />
    case 'grid':
      return (
        <GridAnswer
          name={question.of === 'name' ? question.text : null}
          onAnswer={(grid) => onAnswer({ to: 'grid', grid })}
        />
      )
    case 'hukou':
      return (
        <HukouAnswer
          suggestions={question.suggestions}
          divisions={divisions}
          onAnswer={(division, name) => onAnswer({ to: 'hukou', division, name })}
        />
      )
  }
}

interface WayProps<Kind extends QuestionView['question']['kind']> {
  readonly question: Question<Kind>
  readonly onAnswer: (answer: Answer) => void
}

/** The register's limit. */
const longestUnit = 4

function UnitAnswer({ question, onAnswer }: WayProps<'unit'>) {
  const said = useQuestionWords()
  const [own, setOwn] = useState('')
  const typed = plainText(own).replace(/单元$/u, '')
  const unit = readUnit(typed) ?? typed
  return (
    <>
      <div class={styles.choices}>
        {question.suggestions.map((one) => (
          <Button key={one} onClick={() => onAnswer({ to: 'unit', unit: one })}>
            {said.unit(one)}
          </Button>
        ))}
        <Button onClick={() => onAnswer({ to: 'unit', unit: null })}>{said.noUnit}</Button>
      </div>
      <TextField
        label={said.ownUnit}
        hint={said.ownUnitHint}
        maxLength={longestUnit}
        value={own}
        onInput={setOwn}
      />
      {unit !== '' && (
        <div class={styles.choices}>
          <Button look="primary" onClick={() => onAnswer({ to: 'unit', unit })}>
            {said.answered.unit(unit)}
          </Button>
        </div>
      )}
    </>
  )
}

function BuildingAnswer({ question, onAnswer }: WayProps<'building'>) {
  const said = useQuestionWords()
  return (
    <div class={styles.choices}>
      {question.suggestions.map(({ name, known }) => (
        <Button key={name} onClick={() => onAnswer({ to: 'building', building: name })}>
          {name}（{known ? said.isKnown : said.isNew}）
        </Button>
      ))}
    </div>
  )
}
