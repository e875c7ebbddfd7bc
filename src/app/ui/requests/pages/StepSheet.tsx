import { useState } from 'preact/hooks'
import { endings, invalidReasons, requestLevels, type StepName } from '#domain/requests/step.ts'
import { catalogueHere, unitsHere } from '#app/views/request-rules.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import {
  ChoiceField,
  DateField,
  SelectField,
  TextAreaField,
  TextField,
} from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import type { Saving } from '#app/ui/forms/use-save.ts'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { stepForms, type StepField } from '#app/views/step-fields.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'

const contents = ['content', 'partly', 'not'] as const

export type StepValues = Readonly<Partial<Record<StepField, string | number | boolean>>>

/** One step of a request or an errand: asks for what it needs, and nothing else. */
export function StepSheet(props: {
  readonly step: StepName
  readonly saving: Pick<Saving, 'busy' | 'problem'>
  /** Which of several were not saved. */
  readonly note: string | null
  /** Of a merge: the requests into which it may go, the likeliest first. */
  readonly targets?: readonly { readonly id: string; readonly label: string }[]
  /** What an act of the office says on its button: it counts only once the server has it. */
  readonly saveLabel: string
  readonly onSave: (values: StepValues) => void
  readonly onClose: () => void
}) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useRequestsWords()
  const more = useMoreWords()
  const today = useStore(app.today, (store) => store.day)
  const [values, setValues] = useState<StepValues>({})
  const [asked, setAsked] = useState(false)
  const units = useRegister(app, unitsHere)
  const items = useRegister(app, (register) => catalogueHere(register)?.items ?? [])
  const form = stepForms[props.step] ?? { fields: [], needed: [] }
  const isMissing = (field: StepField) =>
    form.needed.includes(field) && (values[field] === undefined || values[field] === '')
  const missing = form.fields.filter(isMissing)
  const set = (field: StepField) => (value: string) =>
    setValues((before) => ({ ...before, [field]: value }))
  const errorOf = (field: StepField, text = own.wordsMissing) =>
    asked && isMissing(field) ? text : undefined
  const textOf = (field: StepField) => String(values[field] ?? '')
  const area = (field: 'words' | 'wordsForAsker') => (
    <TextAreaField
      key={field}
      label={own[field]}
      maxLength={field === 'words' ? 1_000 : 500}
      value={textOf(field)}
      onInput={set(field)}
      error={errorOf(field)}
    />
  )
  const yesNo = (field: 'reached' | 'solved', yes: string, no: string) => (
    <ChoiceField
      key={field}
      label={own[field]}
      value={values[field] === undefined ? '' : values[field] === true ? 'yes' : 'no'}
      options={[
        { value: 'yes', label: yes },
        { value: 'no', label: no },
      ]}
      onInput={(value) => setValues((before) => ({ ...before, [field]: value === 'yes' }))}
      error={errorOf(field, words.shell.required)}
    />
  )
  const draw = (field: StepField) => {
    switch (field) {
      case 'words':
      case 'wordsForAsker':
        return area(field)
      case 'unit':
        return units.length === 0 ? (
          <Notice key={field}>{own.noUnits}</Notice>
        ) : (
          <SelectField
            key={field}
            label={own.unit}
            value={textOf(field)}
            emptyLabel=""
            options={units.map(({ id, name }) => ({ value: id, label: name }))}
            onInput={set(field)}
            error={errorOf(field, own.unitMissing)}
          />
        )
      case 'ending':
        return (
          <ChoiceField
            key={field}
            label={own.ending}
            value={textOf(field)}
            options={endings
              .filter((ending) => ending !== 'self')
              .map((ending) => ({ value: ending, label: own.endings[ending] }))}
            onInput={set(field)}
            error={errorOf(field, words.shell.required)}
          />
        )
      case 'reason':
        return props.step === 'invalidate' ? (
          <ChoiceField
            key={field}
            label={own.reason}
            value={textOf(field)}
            options={invalidReasons.map((value) => ({ value, label: more.invalidReasons[value] }))}
            onInput={set(field)}
            error={errorOf(field, words.shell.required)}
          />
        ) : (
          <TextField
            key={field}
            label={own.reason}
            maxLength={40}
            value={textOf(field)}
            onInput={set(field)}
            error={errorOf(field)}
          />
        )
      case 'until':
        return (
          <DateField
            key={field}
            label={own.until}
            min={today}
            value={textOf(field)}
            onInput={set(field)}
            error={errorOf(field, words.shell.required)}
          />
        )
      case 'days':
        return (
          <TextField
            key={field}
            label={own.moreDays}
            inputMode="numeric"
            maxLength={2}
            value={textOf(field)}
            onInput={(value) => set(field)(value.replace(/\D/g, ''))}
            error={errorOf(field, words.shell.required)}
          />
        )
      case 'item':
        return items.length === 0 ? null : (
          <SelectField
            key={field}
            label={own.kind}
            value={textOf(field)}
            emptyLabel=""
            options={items.map(({ id, name, nameEn }) => ({
              value: id,
              label: words.language === 'en' ? nameEn : name,
            }))}
            onInput={set(field)}
          />
        )
      case 'into':
        return (props.targets ?? []).length === 0 ? (
          <Notice key={field}>{more.noTargets}</Notice>
        ) : (
          <SelectField
            key={field}
            label={more.into}
            value={textOf(field)}
            emptyLabel=""
            options={(props.targets ?? []).map(({ id, label }) => ({ value: id, label }))}
            onInput={set(field)}
            error={errorOf(field, words.shell.required)}
          />
        )
      case 'content':
        return values.reached === false ? null : (
          <ChoiceField
            key={field}
            label={more.content}
            value={textOf(field)}
            options={contents.map((value) => ({ value, label: more.contents[value] }))}
            onInput={set(field)}
          />
        )
      case 'outsideNumber':
        return (
          <TextField
            key={field}
            label={more.outsideNumber}
            hint={more.outsideHint}
            maxLength={60}
            value={textOf(field)}
            onInput={set(field)}
          />
        )
      case 'reached':
        return yesNo(field, own.reachedYes, own.reachedNo)
      case 'solved':
        return values.reached === true || props.step === 'rate'
          ? yesNo(field, own.solvedYes, own.solvedNo)
          : null
      case 'level':
        return (
          <ChoiceField
            key={field}
            label={own.levelLabel}
            value={textOf(field)}
            options={requestLevels.map((level) => ({ value: level, label: own.level[level] }))}
            onInput={set(field)}
            error={errorOf(field, words.shell.required)}
          />
        )
    }
  }
  const save = () => {
    setAsked(true)
    if (missing.length === 0) props.onSave(values)
  }
  return (
    <Sheet title={own.step[props.step]} closeLabel={words.shell.close} onClose={props.onClose}>
      <div class={styles.form}>
        {form.fields.map(draw)}
        {props.note && <Notice tone="alarm">{props.note}</Notice>}
        {props.saving.problem && (
          <Notice tone="alarm">{words.problems[props.saving.problem]}</Notice>
        )}
        <Button look="primary" wide busy={props.saving.busy} onClick={save}>
          {props.saveLabel}
        </Button>
      </div>
    </Sheet>
  )
}

/** The values as fields of a step: trimmed, numbers as numbers, nothing that was left empty. */
export function toStepFields(values: StepValues): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const tidied = typeof value === 'string' ? value.trim() : value
    if (tidied === '') continue
    fields[name] = name === 'days' ? Number(tidied) : tidied
  }
  return fields
}
