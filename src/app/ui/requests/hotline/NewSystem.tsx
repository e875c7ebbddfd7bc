import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField, SwitchField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import type { ToldKey } from './HotlineSystems.tsx'
import { useHotlineWords } from './hotline-words.ts'
import { useHotlineAct } from '#app/ui/pieces/use-hotline.ts'
import styles from './Hotline.module.css'

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
  const places = useRegister(app, (register) =>
    [...register.all('place')]
      .filter(({ fields }) => fields.placeKind !== 'unit' && fields.placeKind !== 'grid')
      .filter(({ fields }) => fields.closed !== true)
      .sort((a, b) => (a.fields.parent ? 1 : 0) - (b.fields.parent ? 1 : 0)),
  )
  const root = places.find(({ fields }) => !fields.parent)?.id
  const [system, setSystem] = useState(() => app.work.newId())
  const [name, setName] = useState('')
  const [place, setPlace] = useState(root ?? '')
  const [mayWrite, setMayWrite] = useState(true)
  const [tried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setTried(true)
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
    setTried(false)
    setProblem(null)
  }
  return (
    <section class={styles.card}>
      <h2>{own.add}</h2>
      <TextField
        label={own.name}
        hint={own.nameHint}
        maxLength={40}
        value={name}
        onInput={setName}
        error={tried && name.trim() === '' ? own.nameMissing : undefined}
      />
      <SelectField
        label={own.where}
        hint={own.whereHint}
        value={place}
        options={places.map(({ id, fields }) => ({ value: id, label: fields.name }))}
        onInput={setPlace}
      />
      <SwitchField label={own.mayWrite} checked={mayWrite} onInput={setMayWrite} />
      {problem && <Notice tone="alarm">{problem}</Notice>}
      <Button look="primary" wide busy={isBusy} onClick={() => void save()}>
        {own.save}
      </Button>
    </section>
  )
}
