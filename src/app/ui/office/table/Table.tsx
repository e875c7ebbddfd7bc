import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { useCallback, useMemo, useState } from 'preact/hooks'
import { pickColumns } from '#domain/door-columns.ts'
import { cellText, type SheetColumn } from '#domain/sheet-columns.ts'
import { countFilters } from '#domain/sheet-passes.ts'
import type { Sheet } from '#domain/sheet.ts'
import type { ColourKey } from '#domain/level.ts'
import { mayHandOut } from '#domain/permission.ts'
import { mayReadTableBeyond } from '#domain/permission-of-access.ts'
import { countHeld } from '#app/views/held-here.ts'
import { placesBeyond } from '#app/views/places-beyond.ts'
import { createSheetRows, type SheetAnswer } from '#app/views/sheet-rows.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Select } from '#app/ui/kit/Field.tsx'
import { Segmented } from '#app/ui/kit/Segmented.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Page } from '#app/ui/Page.tsx'
import { FirstStep } from '#app/ui/pieces/FirstStep.tsx'
import { RangeNote } from '#app/ui/pieces/held/RangeNote.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { ColumnsSheet } from './ColumnsSheet.tsx'
import { ExportSheet } from './ExportSheet.tsx'
import { filterInWords } from './filter-words.ts'
import { FilterSheet } from './FilterSheet.tsx'
import { PrintSheet } from './PrintSheet.tsx'
import { SheetGrid } from './SheetGrid.tsx'
import styles from './Table.module.css'
import { TableBar, type Panel } from './TableBar.tsx'
import { groupOf, nextSort, sortOf } from '#app/views/table-state.ts'
import { useTableWords } from './table-words.ts'
import { useLines } from './use-groups.ts'
import { useSheet } from './use-sheet.ts'
import { useSheetWords } from './sheet-words.ts'
import { useTable, type Table as TableHeld } from './use-table.ts'
import { BeyondTable } from './BeyondTable.tsx'
import { useBeyondTableWords } from './beyond-table-words.ts'
import { ViewSheet } from './ViewSheet.tsx'
import { recordPage } from '#app/links/record.ts'
import { firstPages } from '#app/links/first.ts'

const pages = { residents: 'resident', households: 'household', dwellings: 'dwelling' } as const

/** The register as a table: everybody in scope, filtered, sorted and exported; a row opens beside it. */
export function Table() {
  const own = useTableWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  if (role && mayHandOut(role)) return <RangedTable />
  return (
    <Page title={own.title}>
      <Notice>{own.onlyOffice}</Notice>
    </Page>
  )
}

/** This device's rows; where it holds a part of them, the server lists those of all grids. */
function RangedTable() {
  const app = useParts('register', 'session')
  const said = useBeyondTableWords()
  const table = useTable()
  const account = useStore(app.session, (session) => session.account)
  const [place, setPlace] = useState<string | null>(null)
  const mayBeyond = account !== null && mayReadTableBeyond(account.role)
  // Whoever lists all of them goes on with that when the last grid comes.
  const { grids, allGrids } = useRegister(app, countHeld)
  const isPart = (grids < allGrids || place !== null) && mayBeyond
  const places = useRegister(app, (register) => (isPart ? placesBeyond(register, account) : []), [
    isPart,
    account,
  ])
  const { sheet } = table
  const isBeyond = place !== null && sheet === 'residents'
  const chosen = isBeyond ? (places.find(({ value }) => value === place) ?? places[0]) : undefined
  const range = isPart && places.length > 0 && (
    <>
      <Segmented
        label={said.range}
        value={chosen ? 'all' : 'here'}
        options={[
          { value: 'here', label: said.here(grids) },
          { value: 'all', label: said.all(allGrids) },
        ]}
        onChoose={(value) => {
          setPlace(value === 'all' ? (places[0]?.value ?? null) : null)
          if (value === 'all') table.show('residents')
        }}
      />
      {chosen && places.length > 1 && (
        <Select
          label={said.place}
          value={chosen.value}
          options={places}
          onInput={(value) => setPlace(value)}
        />
      )}
    </>
  )
  if (chosen) {
    return (
      <BeyondTable table={table} place={chosen}>
        {range}
      </BeyondTable>
    )
  }
  return <OfficeTable table={table} range={range} />
}

function OfficeTable(props: { readonly table: TableHeld; readonly range: ComponentChildren }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useTableWords()
  const levels = useLevels()
  const { path, route } = useLocation()
  const today = useStore(app.today, (store) => store.day)
  const { table } = props
  const { sheet, state } = table
  const [text, setText] = useState('')
  const [panel, setPanel] = useState<Panel | null>(null)
  const { filter, sort: order, columns: keys } = state
  const columns = useMemo(() => pickColumns(sheet, keys), [sheet, keys])
  const sort = useMemo(() => sortOf(sheet, order), [sheet, order])
  const group = useMemo(() => groupOf(sheet, state.group), [sheet, state.group])
  const question = useMemo(
    () => ({ sheet, today, filter, text, sort, group }),
    [sheet, today, filter, text, sort, group],
  )
  const { answer, busy } = useSheet(question)
  const cell = useCells(sheet)
  const heading = (column: SheetColumn) => (words.language === 'en' ? column.en : column.header)
  const asked = filterInWords({ words, own, levels }, app.register, filter, text !== '')
  const unit = own.units[sheet]
  const { lines, toggle, isAllOpen, toggleAll } = useLines(answer, group, unit)
  const [, kind, openId] = path.split(firstPages.today())
  const close = useCallback(() => setPanel(null), [])
  const onOpen = useCallback((id: string) => route(recordPage(pages[sheet], id)), [sheet, route])
  return (
    <Page
      fill
      title={own.title}
      under={
        <TableBar
          table={table}
          text={text}
          onText={setText}
          onPanel={setPanel}
          filters={countFilters(filter)}
        >
          {props.range || <RangeNote />}
          <Line
            answer={answer}
            busy={busy}
            unit={unit}
            asked={[
              sort ? own.sorted(heading(sort.column), sort.descending) : own.walking,
              ...asked,
            ]}
            isAllOpen={isAllOpen}
            onToggle={toggleAll}
          />
        </TableBar>
      }
    >
      {answer && answer.ids.length === 0 ? (
        <Nobody
          total={answer.total}
          {...((asked.length > 0 || text !== '') && {
            onClear: () => {
              setText('')
              table.change({ filter: {} })
            },
          })}
        />
      ) : (
        <SheetGrid
          label={`${own.title} · ${own.sheets[sheet]}`}
          columns={columns}
          heading={heading}
          sortLabel={(column) => own.sortBy(heading(column))}
          order={sort && { column: sort.column.key, descending: sort.descending }}
          onSort={(column) => table.change({ sort: nextSort(order, column) })}
          lines={lines}
          onGroup={toggle}
          cell={cell}
          open={kind === pages[sheet] ? (openId ?? null) : null}
          onOpen={onOpen}
        />
      )}
      <PanelOf
        panel={panel}
        table={table}
        columns={columns}
        answer={answer}
        found={busy ? null : (answer?.ids.length ?? null)}
        group={group}
        heading={heading}
        asked={asked}
        isSearched={text !== ''}
        onClose={close}
      />
    </Page>
  )
}

/** What is done with the table: which rows, which columns, under which name, and how it goes out. */
function PanelOf(props: {
  readonly panel: Panel | null
  readonly table: ReturnType<typeof useTable>
  readonly columns: readonly SheetColumn[]
  readonly answer: SheetAnswer | null
  readonly found: number | null
  readonly group: SheetColumn | null
  readonly heading: (column: SheetColumn) => string
  /** The filter in words. */
  readonly asked: readonly string[]
  readonly isSearched: boolean
  readonly onClose: () => void
}) {
  const { panel, table, columns, answer, asked, onClose } = props
  const { sheet, state } = table
  switch (panel) {
    case 'filter':
      return (
        <FilterSheet
          sheet={sheet}
          filter={state.filter}
          found={props.found}
          onChange={(filter) => table.change({ filter })}
          onClose={onClose}
        />
      )
    case 'columns':
      return (
        <ColumnsSheet
          sheet={sheet}
          columns={columns}
          onChange={(chosen) => table.change({ columns: chosen })}
          onClose={onClose}
        />
      )
    case 'view':
      return <ViewSheet table={table} isSearched={props.isSearched} onClose={onClose} />
    case 'print':
      return (
        answer && (
          <PrintSheet
            {...{ sheet, state, columns, answer, onClose }}
            group={props.group}
            heading={props.heading}
            filter={asked}
          />
        )
      )
    case 'export':
      return (
        answer && (
          <ExportSheet {...{ sheet, state, columns, onClose }} ids={answer.ids} filter={asked} />
        )
      )
    case null:
      return null
  }
}

/** How many rows there are, in which order, and what was asked for. */
function Line(props: {
  readonly answer: SheetAnswer | null
  readonly busy: boolean
  readonly unit: string
  readonly asked: readonly string[]
  readonly isAllOpen: boolean
  readonly onToggle: () => void
}) {
  const own = useTableWords()
  const { answer, busy, unit, asked, isAllOpen, onToggle } = props
  return (
    <div class={styles.line} role="status">
      <span>
        {answer ? own.count(answer.ids.length, answer.total, unit) : own.reading}
        {answer && busy && `，${own.reading}`}
      </span>
      <span class={styles.soft}>{asked.join(' · ')}</span>
      {answer?.groups && answer.groups.length > 0 && (
        <span>
          {own.groups(answer.groups.length)}{' '}
          <button type="button" class={styles.fine} onClick={onToggle}>
            {isAllOpen ? own.closeAll : own.openAll}
          </button>
        </span>
      )}
    </div>
  )
}

/** In place of rows: nobody is registered yet, or nobody is as was asked. */
function Nobody(props: { readonly total: number; readonly onClear?: () => void }) {
  const own = useTableWords()
  const { total, onClear } = props
  return (
    <div class={styles.nothing}>
      <FirstStep>
        <Empty title={total === 0 ? own.empty : own.none} icon="search">
          <p>{total === 0 ? own.emptyHint : own.noneHint}</p>
          {onClear && <Button onClick={onClear}>{own.clearFilter}</Button>}
        </Empty>
      </FirstStep>
    </div>
  )
}

/** What stands in a cell, masked as everywhere; another function with each change of the register. */
function useCells(sheet: Sheet) {
  const app = useParts('register', 'today')
  const levels = useLevels()
  const said = useSheetWords()
  const today = useStore(app.today, (store) => store.day)
  const rows = useRegister(app, (register) => createSheetRows(register, sheet, today), [
    sheet,
    today,
  ])
  return useCallback(
    (id: string, column: SheetColumn) => {
      const row = rows.row(id)
      if (!row) return null
      if (column.type === 'level') {
        const level = levels[column.value(row) as ColourKey]
        return <LevelMark level={{ ...level, word: level.short }} look="words" />
      }
      return cellText(column, row, said, false)
    },
    [rows, levels, said],
  )
}
