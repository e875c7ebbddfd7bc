import { useState } from 'preact/hooks'
import { invalidReasons } from '#domain/requests/step.ts'
import type { TakeBackAsked } from '#protocol/ask.ts'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField, TextAreaField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Acts } from '#app/ui/kit/Part.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useAskWords } from './ask-words.ts'
import { useAskAct } from './use-ask.ts'

type Reason = (typeof invalidReasons)[number]
interface Away {
  readonly reason: Reason
  readonly told: string
}

/** What somebody writes to residents is kept while it is typed. */
export const awayKey = (name: string) => `ask-away/${name}`

export function TurnAway(props: {
  readonly name: string
  readonly chosen: Pick<TakeBackAsked, 'place' | 'waiting' | 'group'>
  readonly onDone: () => void
  readonly onFailed: (told: string) => void
  readonly onCancel: () => void
}) {
  const own = useAskWords()
  const words = useWords()
  const act = useAskAct()
  const { name, chosen } = props
  const draft = useDraft<Away>(awayKey(name), () => ({ reason: 'not-for-office', told: '' }))
  const { reason, told } = draft.value
  const [tried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setTried(true)
    if (told.trim() === '') return
    setBusy(true)
    const content = { ...chosen, reason, told: told.trim() }
    const answer = await act(`${name}/away`, content, (acts, id) =>
      acts.turnAway({ act: id, ...content }),
    )
    setBusy(false)
    if (answer.ok) {
      draft.done()
      return props.onDone()
    }
    const why = answer.problem === 'offline' ? own.needsNetwork : words.problems[answer.problem]
    setProblem(why)
    props.onFailed(why)
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
        onInput={(typed) => draft.set((away) => ({ ...away, told: typed }))}
        error={tried && told.trim() === '' ? own.toldMissing : undefined}
      />
      {problem && <Notice tone="alarm">{problem}</Notice>}
      <Acts>
        <Button look="danger" busy={isBusy} onClick={() => void save()}>
          {own.awayYes}
        </Button>
        <Button
          onClick={() => {
            draft.done()
            props.onCancel()
          }}
        >
          {words.shell.cancel}
        </Button>
      </Acts>
    </>
  )
}
