import { useState } from 'preact/hooks'
import { invalidReasons } from '#domain/requests/step.ts'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField, TextAreaField } from '#app/ui/kit/Field.tsx'
import { Foot } from '#app/ui/kit/Foot.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useHotlineAct } from '#app/ui/pieces/use-hotline.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { Deciding } from './deciding.ts'
import { useHotlineWords } from './hotline-words.ts'

type Reason = (typeof invalidReasons)[number]
interface Away {
  readonly reason: Reason
  readonly told: string
}

/** What somebody writes to the hotline is kept while it is typed. */
export const awayKey = (id: string) => `hotline-away/${id}`

/** Sends it back, with a reason and words for whoever called. */
export function TurnAway({
  waiting,
  onDone,
  onFailed,
  onCancel,
}: Deciding & { readonly onCancel: () => void }) {
  const own = useHotlineWords()
  const words = useWords()
  const act = useHotlineAct()
  const draft = useDraft<Away>(awayKey(waiting.id), () => ({ reason: 'not-for-office', told: '' }))
  const { reason, told } = draft.value
  const [showErrors, setShowErrors] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setShowErrors(true)
    if (told.trim() === '') return
    setBusy(true)
    const content = { waiting: waiting.id, reason, told: told.trim() }
    const answer = await act(`hotline/${waiting.id}`, content, (acts, id) =>
      acts.turnAway({ act: id, ...content }),
    )
    setBusy(false)
    if (answer.ok) {
      draft.done()
      return onDone(null)
    }
    const why = answer.problem === 'offline' ? own.needsNetwork : words.problems[answer.problem]
    setProblem(why)
    onFailed(why)
  }
  const cancel = () => {
    draft.done()
    onCancel()
  }
  return (
    <>
      <SelectField
        label={own.reason}
        value={reason}
        options={invalidReasons.map((one) => ({ value: one, label: own.reasons[one] }))}
        onInput={(one) => draft.set((away) => ({ ...away, reason: one as Reason }))}
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
