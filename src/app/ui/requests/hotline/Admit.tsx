import { useState } from 'preact/hooks'
import { requestLevels, type RequestLevel } from '#domain/requests/step.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { useHotlineAct } from '#app/ui/pieces/use-hotline.ts'
import { admittable } from '#app/views/hotline.ts'
import { AdmitForm } from '../waiting/AdmitForm.tsx'
import { useDecision } from '../waiting/use-decision.ts'
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
  const { isBusy, problem, decide } = useDecision(own.needsNetwork, onFailed)
  const save = async () => {
    setShowErrors(true)
    if (stream === '') return
    const content = { waiting: waiting.id, stream, item: item === '' ? null : item, level }
    const isDone = await decide(() =>
      act(`hotline/${waiting.id}`, content, (acts, id) => acts.admit({ act: id, ...content })),
    )
    if (isDone) onDone(own.admitted(waiting.number))
  }
  return (
    <AdmitForm
      words={own}
      item={item}
      noItem={own.noItem}
      items={items}
      onItem={setItem}
      level={level}
      levels={requestLevels.map((one) => ({ value: one, label: own.levels[one] }))}
      onLevel={setLevel}
      isBusy={isBusy}
      problem={problem}
      onAdmit={() => void save()}
      onAway={onAway}
    >
      <SelectField
        label={own.place}
        value={stream}
        emptyLabel=""
        options={places}
        onInput={setStream}
        error={showErrors && stream === '' ? own.placeMissing : undefined}
      />
    </AdmitForm>
  )
}
