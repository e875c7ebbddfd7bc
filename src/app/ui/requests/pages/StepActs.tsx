import { useState } from 'preact/hooks'
import { mayWrite } from '#domain/permission.ts'
import type { StepName } from '#domain/requests/step.ts'
import { useSave, type Saving } from '#app/ui/forms/use-save.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Foot } from '#app/ui/kit/Foot.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import type { FormPhotos } from '#app/ui/pieces/photos/use-photos.ts'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { RequestView } from '#app/views/requests.ts'
import { photographed, type StepValues } from '#app/views/step-fields.ts'
import { sortSteps } from '#app/views/steps-offered.ts'
import { PhotographedStep, StepForm, type PhotoHost } from './StepForm.tsx'

interface Acts {
  readonly possible: readonly StepName[]
  readonly saveLabel: (step: StepName) => string
  /** The one that it is about: into which others it may go depends on it. */
  readonly request?: RequestView
  /** What can be photographed with a step: the request, or a unit's errand. */
  readonly host?: PhotoHost
  /** Of a step on several requests: how far their saving is, and what to say of those that failed. */
  readonly several?: Pick<Saving, 'busy' | 'problem'> & { readonly note: string | null }
  readonly onSave: (
    step: StepName,
    values: StepValues,
    saving: Saving,
    then: () => void,
    photos: FormPhotos | null,
  ) => void
}

/** The likeliest step as the page's one filled button, the others behind 更多: each asks for what it needs. */
export function StepActs(props: Acts) {
  const own = useRequestsWords()
  const words = useWords()
  const [open, setOpen] = useState<StepName | 'choose' | null>(null)
  const saving = useSave()
  const note = props.several?.note ?? null
  const { first, others, endings } = sortSteps(props.possible)
  const close = () => setOpen(null)
  if (first === null) return null
  return (
    <>
      <Foot problem={open === null && note !== null && <Notice tone="alarm">{note}</Notice>}>
        <Button look="primary" onClick={() => setOpen(first)}>
          {own.step[first]}
        </Button>
        {others.length + endings.length > 0 && (
          <Button onClick={() => setOpen('choose')}>{words.shell.more}</Button>
        )}
      </Foot>
      {open !== null && (
        <Sheet
          title={open === 'choose' ? words.shell.more : own.step[open]}
          closeLabel={words.shell.close}
          onClose={close}
        >
          {open === 'choose' ? (
            <Choices others={others} endings={endings} onChoose={setOpen} />
          ) : (
            <ChosenForm
              key={open}
              step={open}
              request={props.request}
              host={props.host}
              saving={props.several ?? saving}
              note={note}
              saveLabel={props.saveLabel(open)}
              onSave={(values, photos) => props.onSave(open, values, saving, close, photos)}
            />
          )}
        </Sheet>
      )}
    </>
  )
}

/** With photographs where whoever looks may take them, of one request or errand. */
function ChosenForm(
  props: Omit<Parameters<typeof StepForm>[0], 'photos' | 'onSave'> & {
    readonly onSave: (values: StepValues, photos: FormPhotos | null) => void
  },
) {
  const { role } = useViewer()
  const { step, host, onSave } = props
  const isAllowed = mayWrite(role, host?.kind === 'errand' ? 'errand-photo' : 'photo')
  return host && photographed.has(step) && isAllowed ? (
    <PhotographedStep {...props} host={host} />
  ) : (
    <StepForm {...props} onSave={(values) => onSave(values, null)} />
  )
}

/** What takes the matter on, and apart from it what ends it. */
function Choices(props: {
  readonly others: readonly StepName[]
  readonly endings: readonly StepName[]
  readonly onChoose: (step: StepName) => void
}) {
  const own = useRequestsWords()
  const more = useMoreWords()
  const { others, endings, onChoose } = props
  const rows = (steps: readonly StepName[]) =>
    steps.map((name) => <Row key={name} title={own.step[name]} onClick={() => onChoose(name)} />)
  return (
    <>
      {others.length > 0 && <Group head={more.goOn}>{rows(others)}</Group>}
      {endings.length > 0 && <Group head={more.endIt}>{rows(endings)}</Group>}
    </>
  )
}
