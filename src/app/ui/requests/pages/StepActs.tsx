import { useState } from 'preact/hooks'
import type { StepName } from '#domain/requests/step.ts'
import { useSave, type Saving } from '#app/ui/forms/use-save.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { likely, stepForms } from '#app/views/step-fields.ts'
import { StepSheet, toStepFields, type StepValues } from './StepSheet.tsx'
import styles from '#app/ui/pieces/requests/Requests.module.css'

/** What a sheet asked for, as fields of a step; more than one unit is named by a list. */
export function fieldsOf(step: StepName, values: StepValues): Record<string, unknown> {
  const fields = toStepFields(values)
  if (step === 'add-unit') return { coUnits: [fields['unit']] }
  return step === 'supervise' ? { ...fields, supervision: 1 } : fields
}

/** The steps that may be made now: the likeliest as the one filled button, the others behind 更多. */
export function StepActs(props: {
  readonly possible: readonly StepName[]
  readonly saveLabel: (step: StepName) => string
  readonly targets?: readonly { readonly id: string; readonly label: string }[]
  /** Of a step on several requests: how far their saving is, and what to say of those that failed. */
  readonly several?: Pick<Saving, 'busy' | 'problem'> & { readonly note: string | null }
  readonly onSave: (
    step: StepName,
    fields: Readonly<Record<string, unknown>>,
    saving: Saving,
    then: () => void,
  ) => void
}) {
  const own = useRequestsWords()
  const words = useWords()
  const [open, setOpen] = useState<StepName | null>(null)
  const [isAll, setAll] = useState(false)
  const saving = useSave()
  const note = props.several?.note ?? null
  const possible = props.possible.filter((name) => stepForms[name] !== undefined)
  const [first = possible[0]] = likely.filter((name) => possible.includes(name))
  const rest = possible.filter((name) => name !== first)
  const button = (name: StepName, look: 'primary' | 'plain') => (
    <Button key={name} look={look} wide onClick={() => setOpen(name)}>
      {own.step[name]}
    </Button>
  )
  return (
    <div class={styles.acts}>
      {first && button(first, 'primary')}
      {isAll
        ? rest.map((name) => button(name, 'plain'))
        : rest.length > 0 && (
            <Button look="quiet" wide onClick={() => setAll(true)}>
              {words.shell.more}
            </Button>
          )}
      {!open && note && <Notice tone="alarm">{note}</Notice>}
      {open && (
        <StepSheet
          step={open}
          saving={props.several ?? saving}
          note={note}
          saveLabel={props.saveLabel(open)}
          {...(props.targets ? { targets: props.targets } : {})}
          onSave={(values) =>
            props.onSave(open, fieldsOf(open, values), saving, () => setOpen(null))
          }
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  )
}
