import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField, SwitchField, TextField } from '#app/ui/kit/Field.tsx'
import { Part } from '#app/ui/kit/Part.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import type { ToldKey } from './told-key.ts'
import { useHotlineWords } from './hotline-words.ts'
import { useHotlineAct } from '#app/ui/pieces/use-hotline.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { placesOfSystems } from '#app/views/hotline.ts'

/** Name, places, and whether it may post; its key is told once. */
export function NewSystem(props: {
  readonly onKey: (told: ToldKey) => void
  /** Tells the systems anew: an answer that was lost may have been a yes. */
  readonly load: () => void
}) {
  const app = useParts('register', 'work')
  const own = useHotlineWords()
  const words = useWords()
  const act = useHotlineAct()
  const places = useRegister(app, placesOfSystems)
  const [system, setSystem] = useState(() => app.work.newId())
  const [name, setName] = useState('')
  const [place, setPlace] = useState(places[0]?.value ?? '')
  const [mayWrite, setMayWrite] = useState(true)
  const [showErrors, setShowErrors] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setShowErrors(true)
    if (name.trim() === '' || place === '') return
    setBusy(true)
    const content = { system, name: name.trim(), places: [place], mayWrite }
    const answer = await act('hotline/make', content, (acts, id) =>
      acts.make({ act: id, ...content }),
    )
    setBusy(false)
    if (!answer.ok) {
      setProblem(answer.problem === 'offline' ? own.needsNetwork : words.problems[answer.problem])
      props.load()
      return
    }
    props.onKey({ name: content.name, key: answer.value.key })
    setSystem(app.work.newId())
    setName('')
    setShowErrors(false)
    setProblem(null)
  }
  return (
    <Part head={own.add}>
      <div class={styles.fields}>
        <TextField
          label={own.name}
          hint={own.nameHint}
          maxLength={40}
          value={name}
          onInput={setName}
          error={showErrors && name.trim() === '' ? own.nameMissing : undefined}
        />
        <SelectField
          label={own.where}
          hint={own.whereHint}
          value={place}
          options={places}
          onInput={setPlace}
        />
        <SwitchField label={own.mayWrite} checked={mayWrite} onInput={setMayWrite} />
        {problem && <Notice tone="alarm">{problem}</Notice>}
        <Button look="primary" wide busy={isBusy} onClick={() => void save()}>
          {own.save}
        </Button>
      </div>
    </Part>
  )
}
