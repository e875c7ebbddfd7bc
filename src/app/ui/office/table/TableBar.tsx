import { columnsOf } from '#domain/door-columns.ts'
import { isGroupable } from '#domain/sheet-groups.ts'
import { sheets, type Sheet } from '#domain/sheet.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import fieldStyles from '#app/ui/kit/Field.module.css'
import { isPinyinAlone, useComposing } from '#app/ui/kit/use-composing.ts'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import type { Panel } from './Table.tsx'
import { paperWords } from './paper-words.ts'
import styles from './Table.module.css'
import { differsFromView, freshState, viewToState } from '#app/views/table-state.ts'
import { tableWords } from './table-words.ts'
import type { Table } from './use-table.ts'
import { viewsOf } from '#app/views/table-views.ts'

/** Which table, which view, what is searched for; and the ways to filter, columns and export. */
export function TableBar(props: {
  readonly table: Table
  readonly text: string
  readonly onText: (text: string) => void
  readonly onPanel: (panel: Panel) => void
  readonly filters: number
}) {
  const app = useParts('register')
  const { language } = useWords()
  const own = useScreenWords(tableWords)
  const said = useScreenWords(paperWords)
  const { table, filters } = props
  const { sheet, state } = table
  const views = useRegister(app, (register) => viewsOf(register, sheet), [sheet])
  const view = views.find(({ id }) => id === state.view)
  const composing = useComposing(props.text, props.onText, isPinyinAlone)
  const isChanged = view !== undefined && differsFromView(sheet, state, view)
  return (
    <div class={styles.bar}>
      <div class={styles.group} role="group" aria-label={own.which}>
        {sheets.map((name: Sheet) => (
          <Button key={name} pressed={name === sheet} onClick={() => table.show(name)}>
            {own.sheets[name]}
          </Button>
        ))}
      </div>
      <select
        autocomplete="off"
        class={styles.views}
        aria-label={own.view}
        value={view?.id ?? ''}
        onChange={(event) => {
          const chosen = views.find(({ id }) => id === event.currentTarget.value)
          table.take(sheet, chosen ? viewToState(chosen) : freshState(sheet))
        }}
      >
        <option value="">{own.noView}</option>
        {views.map(({ id, fields }) => (
          <option key={id} value={id}>
            {fields.name + (isChanged && id === view.id ? own.changed : '')}
          </option>
        ))}
      </select>
      <select
        autocomplete="off"
        class={styles.views}
        aria-label={own.group}
        value={state.group ?? ''}
        onChange={(event) => table.change({ group: event.currentTarget.value || null })}
      >
        <option value="">{own.noGroup}</option>
        {columnsOf(sheet)
          .filter(isGroupable)
          .map((column) => (
            <option key={column.key} value={column.key}>
              {own.groupedBy(language === 'en' ? column.en : column.header)}
            </option>
          ))}
      </select>
      <input
        type="search"
        class={`${fieldStyles.input} ${styles.search}`}
        aria-label={own.search}
        placeholder={own.searchHint}
        autocomplete="off"
        autocorrect="off"
        spellcheck={false}
        maxLength={40}
        {...composing}
      />
      <div class={styles.group}>
        <Button pressed={filters > 0} onClick={() => props.onPanel('filter')}>
          {filters > 0 ? `${own.filter} ${filters}` : own.filter}
        </Button>
        <Button onClick={() => props.onPanel('columns')}>{own.columns}</Button>
        <Button onClick={() => props.onPanel('view')}>{own.saveView}</Button>
        <Button onClick={() => props.onPanel('export')}>{own.export}</Button>
        <Button onClick={() => props.onPanel('print')}>{said.print}</Button>
      </div>
    </div>
  )
}
