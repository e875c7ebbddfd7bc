import { useState } from 'preact/hooks'
import type { StepName } from '#domain/requests/step.ts'
import type { Saving } from '#app/ui/forms/use-save.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Soft } from '#app/ui/kit/Part.tsx'
import { PhotoField } from '#app/ui/pieces/photos/PhotoField.tsx'
import { usePhotos, type FormPhotos } from '#app/ui/pieces/photos/use-photos.ts'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useWords } from '#app/ui/words/use-words.ts'
import type { RequestView } from '#app/views/requests.ts'
import {
  isAsked,
  missingFields,
  photosAreTold,
  stepForms,
  type StepField,
  type StepValues,
} from '#app/views/step-fields.ts'
import { StepInput } from './StepInput.tsx'

/** A request, or a unit's errand. */
export interface PhotoHost {
  readonly kind: 'request' | 'errand'
  readonly id: string
  readonly stream: string
}

/** One step of a request or an errand: asks for what it needs, and nothing else. */
export function StepForm(props: {
  readonly step: StepName
  readonly request: RequestView | undefined
  readonly saving: Pick<Saving, 'busy' | 'problem'>
  /** Which of several were not saved. */
  readonly note: string | null
  /** What an act of the office says on its button: it counts only once the server has it. */
  readonly saveLabel: string
  /** What can be photographed with it. */
  readonly photos?: FormPhotos
  /** What they are of. */
  readonly host?: PhotoHost | undefined
  readonly onSave: (values: StepValues) => void
}) {
  const words = useWords()
  const more = useMoreWords()
  const [values, setValues] = useState<StepValues>({})
  const [showErrors, setShowErrors] = useState(false)
  const { step, saving } = props
  const missing = missingFields(step, values)
  const set = (field: StepField) => (value: string | boolean) =>
    setValues((before) => ({ ...before, [field]: value }))
  const save = () => {
    setShowErrors(true)
    if (missing.length === 0) props.onSave(values)
  }
  const fields = stepForms[step]?.fields ?? []
  const told = photosAreTold(step)
  return (
    <div class={styles.fields}>
      {fields
        .filter((field) => isAsked(step, field, values))
        .map((field) => (
          <StepInput
            key={field}
            step={step}
            field={field}
            value={values[field]}
            request={props.request}
            isMissing={showErrors && missing.includes(field)}
            onInput={set(field)}
          />
        ))}
      {props.photos && props.host && (
        <>
          {told && <Soft>{more.photosTold[told]}</Soft>}
          <PhotoField photos={props.photos} stream={props.host.stream} onKeep={nothing} />
        </>
      )}
      {props.note !== null && <Notice tone="alarm">{props.note}</Notice>}
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      <Button look="primary" wide busy={saving.busy} onClick={save}>
        {props.saveLabel}
      </Button>
    </div>
  )
}

/** The words of a step lie in no draft. */
const nothing = () => {}

/** The same with photographs of the request or errand, which lie sealed on the disk until the step is saved. */
export function PhotographedStep(
  props: Omit<Parameters<typeof StepForm>[0], 'photos' | 'onSave' | 'host'> & {
    readonly host: PhotoHost
    readonly onSave: (values: StepValues, photos: FormPhotos) => void
  },
) {
  const { step, host, onSave } = props
  const photos = usePhotos(`step/${host.id}/${step}`)
  return <StepForm {...props} photos={photos} onSave={(values) => onSave(values, photos)} />
}
