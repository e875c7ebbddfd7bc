import { useState } from 'preact/hooks'
import { requestLevels, type RequestLevel } from '#domain/requests/step.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField, SelectField } from '#app/ui/kit/Field.tsx'
import { Foot } from '#app/ui/kit/Foot.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useHotlineAct } from '#app/ui/pieces/use-hotline.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { admittable } from '#app/views/hotline.ts'
import type { Deciding } from './deciding.ts'
import { useHotlineWords } from './hotline-words.ts'

/** Lets it in: to which place, as what kind, how much it presses. */
export function Admit({
  waiting,
  onDone,
  onFailed,
  onAway,
}: Deciding & { readonly onAway: () => void }) {
  const app = useParts('session', 'register')
  const own = useHotlineWords()
  const words = useWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const act = useHotlineAct()
  const { places, items, onlyPlace } = useRegister(
    app,
    (register) => admittable(register, waiting, role),
    [waiting, role],
  )
  const [stream, setStream] = useState(onlyPlace)
  const [item, setItem] = useState(waiting.item ?? '')
  const [level, setLevel] = useState<RequestLevel>('ordinary')
  const [showErrors, setShowErrors] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setShowErrors(true)
    if (stream === '') return
    setBusy(true)
    const content = { waiting: waiting.id, stream, item: item === '' ? null : item, level }
    const answer = await act(`hotline/${waiting.id}`, content, (acts, id) =>
      acts.admit({ act: id, ...content }),
    )
    setBusy(false)
    if (answer.ok) return onDone(own.admitted(waiting.number))
    const why = answer.problem === 'offline' ? own.needsNetwork : words.problems[answer.problem]
    setProblem(why)
    onFailed(why)
  }
  return (
    <>
      <SelectField
        label={own.place}
        value={stream}
        emptyLabel=""
        options={places}
        onInput={setStream}
        error={showErrors && stream === '' ? own.placeMissing : undefined}
      />
      <SelectField
        label={own.item}
        value={item}
        emptyLabel={own.noItem}
        options={items.map((one) => ({
          value: one.id,
          label: words.language === 'en' ? one.nameEn : one.name,
        }))}
        onInput={setItem}
      />
      <ChoiceField
        label={own.level}
        value={level}
        options={requestLevels.map((one) => ({ value: one, label: own.levels[one] }))}
        onInput={(one) => setLevel(requestLevels.find((level) => level === one) ?? 'ordinary')}
      />
      <Foot problem={problem !== null && <Notice tone="alarm">{problem}</Notice>}>
        <Button look="primary" busy={isBusy} onClick={() => void save()}>
          {own.admit}
        </Button>
        <Button onClick={onAway}>{own.away}</Button>
      </Foot>
    </>
  )
}
