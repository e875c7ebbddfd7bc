import type { Rec } from '#app/register/register.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import { gridWords } from './grid-words.ts'
import styles from './Grid.module.css'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'

/** Which grid, where there are several, and whether it stands there as a list or as a map. */
export function GridHead(props: {
  readonly grid: Rec<'place'>
  readonly grids: readonly Rec<'place'>[]
  readonly at: 'list' | 'map'
}) {
  const app = useParts('register', 'preferences')
  const words = useWords()
  const own = useScreenWords(gridWords)
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
  const look = (name: 'list' | 'map', href: string) => (
    <a class={styles.look} href={href} aria-current={name === at ? 'page' : undefined}>
      {own[name]}
    </a>
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
      <nav class={styles.looks} aria-label={own.looks}>
        {look('list', firstPages.grid())}
        {look('map', walkPages.gridMap())}
      </nav>
    </div>
  )
}
