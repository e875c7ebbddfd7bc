import { firstPages } from '#app/links/first.ts'
import { walkPages } from '#app/links/walk.ts'
import type { ComponentChildren } from 'preact'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { Segmented } from '#app/ui/kit/Segmented.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useGridWords } from './grid-words.ts'
import styles from './Grid.module.css'

/** Which grid, where there are several, and whether it stands there as a list or as a map. */
export function GridHead(props: {
  readonly grid: Rec<'place'>
  readonly grids: readonly Rec<'place'>[]
  readonly at: 'list' | 'map'
  /** Beside that choice. */
  readonly children?: ComponentChildren
}) {
  const app = useParts('register', 'preferences')
  const words = useWords()
  const own = useGridWords()
  const { grid, grids, at } = props
  const names = useRegister(app, (register) =>
    grids.map((place) =>
      register
        .pathOf(place.id)
        .slice(-2)
        .map((part) => part.fields.name)
        .join(' '),
    ),
  )
  return (
    <div class={styles.head}>
      {grids.length > 1 && (
        <SelectField
          label={words.places.chooseGrid}
          value={grid.id}
          options={grids.map((place, index) => ({ value: place.id, label: names[index] ?? '' }))}
          onInput={(id) => app.preferences.setState({ grid: id })}
        />
      )}
      <div class={styles.line}>
        <div class={styles.looks}>
          <Segmented
            label={own.looks}
            value={at}
            options={[
              { value: 'list', label: own.list, href: firstPages.grid() },
              { value: 'map', label: own.map, href: walkPages.gridMap() },
            ]}
          />
        </div>
        {props.children}
      </div>
    </div>
  )
}
