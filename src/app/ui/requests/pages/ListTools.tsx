import { Chip, Chips } from '#app/ui/kit/Chip.tsx'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useKindName } from '#app/ui/pieces/requests/use-kind-name.ts'
import type { RequestFilter } from '#app/views/request-filter.ts'
import type { ListShown } from '#app/views/request-list.ts'

/** What narrows the list, and whether several of it are chosen for one step. */
export function ListTools(props: {
  readonly shown: ListShown
  readonly filter: RequestFilter
  readonly onChange: (some: Partial<RequestFilter>) => void
  /** Null where nobody makes steps on several. */
  readonly several: { readonly isOn: boolean; readonly set: (isOn: boolean) => void } | null
}) {
  const more = useMoreWords()
  const kindName = useKindName()
  const { filter, onChange, several } = props
  const { kinds, late } = props.shown
  if (kinds.length <= 1 && late === 0 && filter.waits === null && several === null) return null
  return (
    <div class={styles.tools}>
      {kinds.length > 1 && (
        <select
          class={styles.select}
          autocomplete="off"
          aria-label={more.kindFilter}
          value={filter.kind}
          onChange={({ currentTarget: { value } }) => onChange({ kind: value })}
        >
          <option value="">{more.allKinds}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindName(null, kind)}
            </option>
          ))}
        </select>
      )}
      <Chips label={more.narrow}>
        {filter.waits !== null && (
          <Chip on onClick={() => onChange({ waits: null })}>
            {more.waits[filter.waits]}
          </Chip>
        )}
        {(late > 0 || filter.isLate) && (
          <Chip
            on={filter.isLate}
            count={late}
            onClick={() => onChange({ isLate: !filter.isLate })}
          >
            {more.lateOnly}
          </Chip>
        )}
        {several && (
          <Chip on={several.isOn} onClick={() => several.set(!several.isOn)}>
            {several.isOn ? more.endSeveral : more.several}
          </Chip>
        )}
      </Chips>
    </div>
  )
}
