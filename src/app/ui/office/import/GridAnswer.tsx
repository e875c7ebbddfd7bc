import { useState } from 'preact/hooks'
import { makeGrid, placesForGrids } from '#app/acts/make-grid.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { gridName } from '#app/views/door.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Import.module.css'
import { useQuestionWords } from './question-words.ts'

/** Where new buildings go: to a grid that stands, or to a new one of the name that the roster has. */
export function GridAnswer(props: {
  /** As the roster calls the grid; null where it names none. */
  readonly name: string | null
  readonly onAnswer: (grid: string) => void
}) {
  const { name, onAnswer } = props
  const app = useParts('register')
  const said = useQuestionWords()
  const grids = useRegister(app, (register) =>
    register.grids().map(({ id }) => ({ value: id, label: gridName(register, id) })),
  )
  return (
    <>
      <SelectField
        label={said.grid}
        value=""
        emptyLabel={said.choose}
        options={grids}
        onInput={(grid) => grid !== '' && onAnswer(grid)}
      />
      {name !== null && <MakeGrid name={name} onMade={onAnswer} />}
    </>
  )
}

function MakeGrid(props: { readonly name: string; readonly onMade: (grid: string) => void }) {
  const { name, onMade } = props
  const app = useParts('session', 'syncActs', 'officeActs', 'register', 'work', 'drafts')
  const said = useQuestionWords()
  const words = useWords()
  const role = useStore(app.session, ({ account }) => account?.role)
  const parents = useRegister(
    app,
    (register) =>
      placesForGrids(register, role).map(({ id, fields }) => ({ value: id, label: fields.name })),
    [role],
  )
  const [chosen, setChosen] = useState('')
  const [state, setState] = useState<'ready' | 'making' | { readonly problem: string }>('ready')
  const [only, other] = parents
  if (!only) return null
  const parent = other ? chosen : only.value
  const make = async () => {
    setState('making')
    const made = await makeGrid(app, parent, name)
    if (!made.ok) return setState({ problem: words.problems[made.problem] ?? '' })
    setState('ready')
    onMade(made.value)
  }
  return (
    <>
      {other && (
        <SelectField
          label={said.newGridUnder}
          value={chosen}
          emptyLabel={said.choose}
          options={parents}
          onInput={setChosen}
        />
      )}
      {parent !== '' && (
        <div class={styles.choices}>
          <Button disabled={state === 'making'} onClick={() => void make()}>
            {said.makeGrid(name)}
          </Button>
        </div>
      )}
      {state === 'making' && (
        <p class={styles.soft} role="status">
          {said.makingGrid}
        </p>
      )}
      {typeof state === 'object' && (
        <p class={styles.wrong} role="alert">
          {said.gridNotMade(state.problem)}
        </p>
      )}
    </>
  )
}
