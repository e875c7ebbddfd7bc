import { endings, invalidReasons, requestLevels, type StepName } from '#domain/requests/step.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import {
  ChoiceField,
  DateField,
  SelectField,
  TextAreaField,
  TextField,
  type Option,
} from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { catalogueHere, unitsHere } from '#app/views/request-rules.ts'
import { mergeTargets } from '#app/views/request-similar.ts'
import type { RequestView } from '#app/views/requests.ts'
import type { StepField, StepValues } from '#app/views/step-fields.ts'

interface Input {
  readonly value: string
  readonly isMissing: boolean
  readonly onInput: (value: string) => void
}

/** One field of the form of a step. */
export function StepInput(props: {
  readonly step: StepName
  readonly field: StepField
  readonly value: StepValues[StepField]
  readonly request: RequestView | undefined
  readonly isMissing: boolean
  readonly onInput: (value: string | boolean) => void
}) {
  const { step, field, request } = props
  const input = { ...props, value: String(props.value ?? '') }
  switch (field) {
    case 'words':
    case 'wordsForAsker':
      return <Words {...input} field={field} />
    case 'unit':
      return <Unit {...input} />
    case 'item':
      return <Item {...input} />
    case 'into':
      return <Into {...input} request={request} />
    case 'until':
      return <Until {...input} />
    case 'reached':
    case 'solved':
      return <YesNo {...props} field={field} />
    case 'days':
    case 'outsideNumber':
      return <Line {...input} field={field} />
    case 'reason':
      return step === 'invalidate' ? (
        <Choice {...input} field={field} />
      ) : (
        <Line {...input} field={field} />
      )
    case 'ending':
    case 'level':
    case 'content':
      return <Choice {...input} field={field} />
  }
}

function Words({
  field,
  value,
  isMissing,
  onInput,
}: Input & { readonly field: 'words' | 'wordsForAsker' }) {
  const own = useRequestsWords()
  return (
    <TextAreaField
      label={own[field]}
      maxLength={field === 'words' ? 1_000 : 500}
      value={value}
      onInput={onInput}
      error={isMissing ? own.wordsMissing : undefined}
    />
  )
}

function Line({
  field,
  value,
  isMissing,
  onInput,
}: Input & { readonly field: 'reason' | 'days' | 'outsideNumber' }) {
  const words = useWords()
  const own = useRequestsWords()
  const more = useMoreWords()
  switch (field) {
    case 'reason':
      return (
        <TextField
          label={own.reason}
          maxLength={40}
          value={value}
          onInput={onInput}
          error={isMissing ? own.wordsMissing : undefined}
        />
      )
    case 'days':
      return (
        <TextField
          label={own.moreDays}
          inputMode="numeric"
          maxLength={2}
          value={value}
          onInput={(text) => onInput(text.replace(/\D/g, ''))}
          error={isMissing ? words.shell.required : undefined}
        />
      )
    case 'outsideNumber':
      return (
        <TextField
          label={more.outsideNumber}
          hint={more.outsideHint}
          maxLength={60}
          value={value}
          onInput={onInput}
        />
      )
  }
}

function Until({ value, isMissing, onInput }: Input) {
  const app = useParts('today')
  const words = useWords()
  const own = useRequestsWords()
  const today = useStore(app.today, (store) => store.day)
  return (
    <DateField
      label={own.until}
      min={today}
      value={value}
      onInput={onInput}
      error={isMissing ? words.shell.required : undefined}
    />
  )
}

function YesNo(props: {
  readonly field: 'reached' | 'solved'
  readonly value: StepValues[StepField]
  readonly isMissing: boolean
  readonly onInput: (value: boolean) => void
}) {
  const words = useWords()
  const own = useRequestsWords()
  const { field, value, isMissing, onInput } = props
  const labels = {
    reached: [own.reachedYes, own.reachedNo],
    solved: [own.solvedYes, own.solvedNo],
  } as const
  const [yes, no] = labels[field]
  return (
    <ChoiceField
      label={own[field]}
      value={value === undefined ? '' : value === true ? 'yes' : 'no'}
      options={[
        { value: 'yes', label: yes },
        { value: 'no', label: no },
      ]}
      onInput={(said) => onInput(said === 'yes')}
      error={isMissing ? words.shell.required : undefined}
    />
  )
}

const contents = ['content', 'partly', 'not'] as const

function Choice({
  field,
  value,
  isMissing,
  onInput,
}: Input & { readonly field: 'ending' | 'reason' | 'level' | 'content' }) {
  const words = useWords()
  const own = useRequestsWords()
  const more = useMoreWords()
  const choices: Readonly<
    Record<typeof field, { readonly label: string; readonly options: readonly Option[] }>
  > = {
    ending: {
      label: own.ending,
      options: endings
        .filter((one) => one !== 'self')
        .map((one) => ({ value: one, label: own.endings[one] })),
    },
    reason: {
      label: own.reason,
      options: invalidReasons.map((one) => ({ value: one, label: more.invalidReasons[one] })),
    },
    level: {
      label: own.levelLabel,
      options: requestLevels.map((one) => ({ value: one, label: own.level[one] })),
    },
    content: {
      label: more.content,
      options: contents.map((one) => ({ value: one, label: more.contents[one] })),
    },
  }
  return (
    <ChoiceField
      {...choices[field]}
      value={value}
      onInput={onInput}
      error={isMissing ? words.shell.required : undefined}
    />
  )
}

function Unit({ value, isMissing, onInput }: Input) {
  const app = useParts('register')
  const own = useRequestsWords()
  const units = useRegister(app, unitsHere)
  return units.length === 0 ? (
    <Notice>{own.noUnits}</Notice>
  ) : (
    <SelectField
      label={own.unit}
      value={value}
      emptyLabel=""
      options={units.map(({ id, name }) => ({ value: id, label: name }))}
      onInput={onInput}
      error={isMissing ? own.unitMissing : undefined}
    />
  )
}

function Item({ value, onInput }: Input) {
  const app = useParts('register')
  const words = useWords()
  const own = useRequestsWords()
  const items = useRegister(app, (register) => catalogueHere(register)?.items ?? [])
  return items.length === 0 ? null : (
    <SelectField
      label={own.kind}
      value={value}
      emptyLabel=""
      options={items.map(({ id, name, nameEn }) => ({
        value: id,
        label: words.language === 'en' ? nameEn : name,
      }))}
      onInput={onInput}
    />
  )
}

/** The requests into which it may go, the likeliest first. */
function Into({
  value,
  isMissing,
  onInput,
  request,
}: Input & { readonly request: RequestView | undefined }) {
  const app = useParts('register')
  const words = useWords()
  const more = useMoreWords()
  const viewer = useViewer()
  const targets = useRegister(
    app,
    (register) => (request ? mergeTargets(register, request, viewer) : []),
    [request],
  )
  return targets.length === 0 ? (
    <Notice>{more.noTargets}</Notice>
  ) : (
    <SelectField
      label={more.into}
      value={value}
      emptyLabel=""
      options={targets.map(({ id, label }) => ({ value: id, label }))}
      onInput={onInput}
      error={isMissing ? words.shell.required : undefined}
    />
  )
}
