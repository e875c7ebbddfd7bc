import { useState } from 'preact/hooks'
import { invalidReasons } from '#domain/requests/step.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField, TextAreaField } from '#app/ui/kit/Field.tsx'
import { Foot } from '#app/ui/kit/Foot.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useDecision } from './use-decision.ts'
import type { waitingZh } from './waiting-words.ts'

export interface Away {
  readonly reason: (typeof invalidReasons)[number]
  readonly told: string
}

/** Sends back what waits, with a reason and words for whoever asked; these are kept while they are typed. */
export function TurnAwayForm(props: {
  readonly draftKey: string
  readonly words: typeof waitingZh & { readonly told: string; readonly toldHint: string }
  readonly send: (away: Away) => Promise<OfficeAnswer<unknown>>
  readonly onDone: () => void
  readonly onFailed: (why: string) => void
  readonly onCancel: () => void
}) {
  const { words: own } = props
  const words = useWords()
  const draft = useDraft<Away>(props.draftKey, () => ({ reason: 'not-for-office', told: '' }))
  const { reason, told } = draft.value
  const [showErrors, setShowErrors] = useState(false)
  const { isBusy, problem, decide } = useDecision(own.needsNetwork, props.onFailed)
  const save = async () => {
    setShowErrors(true)
    if (told.trim() === '') return
    if (!(await decide(() => props.send({ reason, told: told.trim() })))) return
    draft.done()
    props.onDone()
  }
  const cancel = () => {
    draft.done()
    props.onCancel()
  }
  return (
    <>
      <SelectField
        label={own.reason}
        value={reason}
        options={invalidReasons.map((one) => ({ value: one, label: own.reasons[one] }))}
        onInput={(one) => draft.set((away) => ({ ...away, reason: one as Away['reason'] }))}
      />
      <TextAreaField
        label={own.told}
        hint={own.toldHint}
        maxLength={500}
        value={told}
        onInput={(text) => draft.set((away) => ({ ...away, told: text }))}
        error={showErrors && told.trim() === '' ? own.toldMissing : undefined}
      />
      <Foot problem={problem !== null && <Notice tone="alarm">{problem}</Notice>}>
        <Button look="danger" busy={isBusy} onClick={() => void save()}>
          {own.awayYes}
        </Button>
        <Button onClick={cancel}>{words.shell.cancel}</Button>
      </Foot>
    </>
  )
}
