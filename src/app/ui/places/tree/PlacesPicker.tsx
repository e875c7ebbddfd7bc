import { useState } from 'preact/hooks'
import type { Role } from '#domain/account.ts'
import { TextField } from '#app/ui/kit/Field.tsx'
import { useGrowing } from '#app/ui/use-growing.ts'
import { usePeopleWords } from './people-words.ts'
import { fittingPlaces, type PlaceNode, type Tree } from '#app/views/place-tree.ts'
import styles from './Places.module.css'
import { Tick } from './Tick.tsx'

const PAGE = 40
/** Fewer than this are seen without looking for one. */
const fewPlaces = 12

/** The places of an account: those that fit its role, the chosen ones first. */
export function PlacesPicker(props: {
  readonly tree: Tree
  readonly role: Role
  readonly chosen: readonly string[]
  readonly error: string | undefined
  readonly onInput: (places: readonly string[]) => void
}) {
  const own = usePeopleWords()
  const { tree, role, chosen, onInput } = props
  const [find, setFind] = useState('')
  // What was chosen when the list was drawn stays on top: a line must not run away from under the finger.
  const [first] = useState(chosen)
  const nameOf = ({ name, parent }: PlaceNode) =>
    [parent ? tree.byId.get(parent)?.name : undefined, name].filter(Boolean).join(' ')
  const fitting = fittingPlaces(tree, role)
  const shown = fitting
    .filter((node) => nameOf(node).includes(find.trim()))
    .sort((a, b) => Number(first.includes(b.id)) - Number(first.includes(a.id)))
  const { count, mark, isWhole } = useGrowing(shown.length, PAGE, find + role)
  const now = chosen.filter((id) => fitting.some((node) => node.id === id))
  const set = (id: string, isChosen: boolean) =>
    onInput(isChosen ? [...chosen, id] : chosen.filter((one) => one !== id))
  return (
    <fieldset class={styles.choose} aria-invalid={props.error !== undefined}>
      <legend>
        {own.places} <span class={styles.soft}>{own.chosen(now.length)}</span>
      </legend>
      <p class={styles.soft}>{own.placesHint}</p>
      {props.error && <p class={styles.wrong}>{props.error}</p>}
      {fitting.length === 0 && <p>{own.nothingToChoose}</p>}
      {fitting.length > fewPlaces && (
        <TextField label={own.findPlace} value={find} onInput={setFind} />
      )}
      <div>
        {shown.slice(0, count).map((node) => (
          <Tick
            key={node.id}
            label={nameOf(node)}
            checked={chosen.includes(node.id)}
            onInput={(isChosen) => set(node.id, isChosen)}
          />
        ))}
        {!isWhole && <div ref={mark} />}
      </div>
    </fieldset>
  )
}
