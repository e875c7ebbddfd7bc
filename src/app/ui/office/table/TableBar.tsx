import type { ComponentChildren } from 'preact'
import { columnsOf } from '#domain/door-columns.ts'
import { isGroupable } from '#domain/sheet-groups.ts'
import { sheets } from '#domain/sheet.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Select } from '#app/ui/kit/Field.tsx'
import fieldStyles from '#app/ui/kit/Field.module.css'
import { Segmented } from '#app/ui/kit/Segmented.tsx'
import { isPinyinAlone, useComposing } from '#app/ui/kit/use-composing.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePaperWords } from './paper-words.ts'
import styles from './Table.module.css'
import { differsFromView, freshState, viewToState } from '#app/views/table-state.ts'
import { useTableWords } from './table-words.ts'
import type { Table } from './use-table.ts'
import { viewsOf } from '#app/views/table-views.ts'

export type Panel = 'filter' | 'columns' | 'view' | 'export' | 'print'

/** Which table, which view, what is searched for; and the ways to filter, columns and export. */
export function TableBar(props: {
  readonly table: Table
  readonly text: string
  readonly onText: (text: string) => void
  readonly onPanel: (panel: Panel) => void
  readonly filters: number
  /** How many rows there are, and in which order. */
  readonly children: ComponentChildren
}) {
  const app = useParts('register')
  const { language } = useWords()
  const own = useTableWords()
  const said = usePaperWords()
  const { table, filters } = props
  const { sheet, state } = table
  const views = useRegister(app, (register) => viewsOf(register, sheet), [sheet])
  const view = views.find(({ id }) => id === state.view)
  const composing = useComposing(props.text, props.onText, isPinyinAlone)
  const isChanged = view !== undefined && differsFromView(sheet, state, view)
  return (
    <div class={styles.bar}>
      <Segmented
        label={own.which}
        value={sheet}
        options={sheets.map((value) => ({ value, label: own.sheets[value] }))}
        onChoose={(name) => table.show(name)}
      />
      <Select
        label={own.view}
        value={view?.id ?? ''}
        emptyLabel={own.noView}
        options={views.map(({ id, fields }) => ({
          value: id,
          label: fields.name + (isChanged && id === view.id ? own.changed : ''),
        }))}
        onInput={(id) => {
          const chosen = views.find((one) => one.id === id)
          table.take(sheet, chosen ? viewToState(chosen) : freshState(sheet))
        }}
      />
      <Select
        label={own.group}
        value={state.group ?? ''}
        emptyLabel={own.noGroup}
        options={columnsOf(sheet)
          .filter(isGroupable)
          .map((column) => ({
            value: column.key,
            label: own.groupedBy(language === 'en' ? column.en : column.header),
          }))}
        onInput={(key) => table.change({ group: key || null })}
      />
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
      {props.children}
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
