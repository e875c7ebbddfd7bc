import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks'
import { recordPage } from '#app/links/record.ts'
import { pickColumns } from '#domain/door-columns.ts'
import { exportPurposes, type ExportPurpose } from '#domain/export.ts'
import type { ColourKey } from '#domain/level.ts'
import { columnsBeyond, isBeyondSort } from '#domain/sheet-beyond.ts'
import { cellText, type SheetColumn } from '#domain/sheet-columns.ts'
import { countFilters } from '#domain/sheet-passes.ts'
import type { BeyondAsked } from '#app/acts/table-beyond.ts'
import { nextSort, sortOf } from '#app/views/table-state.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Page } from '#app/ui/Page.tsx'
import { useToasts } from '#app/ui/toasts.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { withCommas } from '#app/ui/words/with-commas.ts'
import { useBeyondTableWords } from './beyond-table-words.ts'
import { ColumnsSheet } from './ColumnsSheet.tsx'
import { ExportSheet } from './ExportSheet.tsx'
import { filterInWords } from './filter-words.ts'
import { FilterSheet } from './FilterSheet.tsx'
import { SheetGrid } from './SheetGrid.tsx'
import { useSheetWords } from './sheet-words.ts'
import styles from './Table.module.css'
import { useTableWords } from './table-words.ts'
import { usePeopleBeyond } from './use-people-beyond.ts'
import type { Table } from './use-table.ts'

type Panel = 'filter' | 'columns' | 'export'

/** People of a place and all below it as the server lists them; a row opens once its grid is here. */
export function BeyondTable(props: {
  readonly table: Table
  readonly place: { readonly value: string; readonly label: string }
  /** Whom the table ranges over. */
  readonly children: ComponentChildren
}) {
  const app = useParts('register', 'sync')
  const words = useWords()
  const own = useTableWords()
  const said = useBeyondTableWords()
  const levels = useLevels()
  const { table, place } = props
  const { state } = table
  const [purpose, setPurpose] = useState<ExportPurpose | null>(null)
  const [panel, setPanel] = useState<Panel | null>(null)
  const isOffline = useStore(app.sync, ({ phase }) => phase === 'offline')
  const { filter, sort: order, columns: keys } = state
  const sort = order && isBeyondSort(order.column) ? order : null
  const columns = useMemo(() => pickColumns('residents', keys), [keys])
  // While somebody is choosing, each choice is no question of its own.
  const question = useSettled(
    useMemo(
      () => ({ place: place.value, filter, sort, columns }),
      [place.value, filter, sort, columns],
    ),
    panel === null || panel === 'export',
  )
  const { ids, isAll, rows, problem, isAsking, more, again } = usePeopleBeyond(question, purpose)
  const cell = useCellsBeyond(question.columns, rows)
  const { open, isOpening } = useOpenBeyond(rows)
  const heading = (column: SheetColumn) => (words.language === 'en' ? column.en : column.header)
  const asked = filterInWords({ words, own, levels }, app.register, filter, false)
  const sorted = sort && sortOf('residents', sort)
  const filters = countFilters(filter)
  const close = useCallback(() => setPanel(null), [])
  return (
    <Page
      fill
      title={own.title}
      under={
        <div class={styles.bar}>
          {props.children}
          <div class={styles.line} role="status">
            <span>
              {ids && said.listed(withCommas(ids.length), isAll)}
              {isAsking && said.asking}
            </span>
            <span class={styles.soft}>
              {[
                sorted ? own.sorted(heading(sorted.column), sorted.descending) : said.walking,
                ...asked,
              ].join(' · ')}
            </span>
            {isOpening && <span>{said.opening}</span>}
          </div>
          <div class={styles.group}>
            <Button pressed={filters > 0} onClick={() => setPanel('filter')}>
              {filters > 0 ? `${own.filter} ${filters}` : own.filter}
            </Button>
            <Button onClick={() => setPanel('columns')}>{own.columns}</Button>
            <Button onClick={() => setPanel('export')}>{own.export}</Button>
          </div>
        </div>
      }
    >
      {purpose === null || isOffline ? (
        <Asking isOffline={isOffline && purpose === null} onPurpose={setPurpose}>
          {isOffline && <p>{said.offline}</p>}
        </Asking>
      ) : ids && ids.length > 0 ? (
        <SheetGrid
          label={`${own.title} · ${place.label}`}
          columns={question.columns}
          heading={heading}
          sortLabel={(column) =>
            isBeyondSort(column.key) ? own.sortBy(heading(column)) : said.notSorted
          }
          order={sort && { column: sort.column, descending: sort.descending === true }}
          onSort={(column) => {
            if (isBeyondSort(column)) table.change({ sort: nextSort(sort, column) })
          }}
          lines={ids}
          onGroup={() => undefined}
          cell={cell}
          open={null}
          onOpen={open}
          onEnd={more}
        />
      ) : (
        ids && (
          <div class={styles.nothing}>
            <Empty title={said.nothing} icon="search">
              <p>{own.noneHint}</p>
              {filters > 0 && (
                <Button onClick={() => table.change({ filter: {} })}>{own.clearFilter}</Button>
              )}
            </Empty>
          </div>
        )
      )}
      {problem && !isOffline && <Problem problem={problem} onAgain={again} />}
      <PanelOf
        {...{ panel, table, columns, place, asked, onClose: close }}
        question={{ place: place.value, filter, sort }}
      />
    </Page>
  )
}

/** Which people, which columns, and how they go out. */
function PanelOf(props: {
  readonly panel: Panel | null
  readonly table: Table
  readonly columns: readonly SheetColumn[]
  readonly place: { readonly label: string }
  readonly question: Omit<BeyondAsked, 'purpose' | 'columns'>
  /** The filter in words. */
  readonly asked: readonly string[]
  readonly onClose: () => void
}) {
  const { table, columns, place, question, asked, onClose } = props
  switch (props.panel) {
    case 'filter':
      return (
        <FilterSheet
          sheet="residents"
          filter={question.filter}
          found={null}
          onChange={(filter) => table.change({ filter })}
          onClose={onClose}
        />
      )
    case 'columns':
      return (
        <ColumnsSheet
          sheet="residents"
          columns={columns}
          onChange={(chosen) => table.change({ columns: chosen })}
          onClose={onClose}
        />
      )
    case 'export':
      return (
        <ExportSheet
          {...{ sheet: 'residents', state: table.state, columns, onClose }}
          {...{ filter: asked, ids: none }}
          beyond={{ asked: question, name: place.label }}
        />
      )
    case null:
      return null
  }
}

const none: readonly string[] = []

/** What for, before anybody is shown. */
function Asking(props: {
  readonly isOffline: boolean
  readonly onPurpose: (purpose: ExportPurpose) => void
  readonly children: ComponentChildren
}) {
  const own = useTableWords()
  const said = useBeyondTableWords()
  return (
    <div class={styles.nothing}>
      <Empty title={said.title} icon="search">
        {props.children || <p>{said.hint}</p>}
        {!props.isOffline && (
          <div class={styles.chips} role="group" aria-label={own.purpose}>
            {exportPurposes.map((purpose) => (
              <Button key={purpose} onClick={() => props.onPurpose(purpose)}>
                {own.purposes[purpose]}
              </Button>
            ))}
          </div>
        )}
      </Empty>
    </div>
  )
}

function Problem(props: {
  readonly problem: NonNullable<ReturnType<typeof usePeopleBeyond>['problem']>
  readonly onAgain: () => void
}) {
  const words = useWords()
  const said = useBeyondTableWords()
  const { problem, onAgain } = props
  const hasMoved = problem === 'changed-meanwhile'
  const isSlowed = problem === 'too-many-attempts'
  return (
    <Notice tone={hasMoved ? 'calm' : 'alarm'}>
      <p>{hasMoved ? said.moved : isSlowed ? said.wait : words.problems[problem]}</p>
      <Button onClick={onAgain}>{hasMoved ? said.anew : said.again}</Button>
    </Notice>
  )
}

/** The last value of a time in which it was settled. */
function useSettled<T>(value: T, isSettled: boolean): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    if (isSettled) setSettled(value)
  }, [value, isSettled])
  return isSettled ? value : settled
}

/** What stands in a cell, as it came. */
function useCellsBeyond(
  columns: readonly SheetColumn[],
  rows: ReturnType<typeof usePeopleBeyond>['rows'],
) {
  const levels = useLevels()
  const words = useSheetWords()
  const read = useMemo(
    () => new Map(columnsBeyond(columns).map((column) => [column.key, column])),
    [columns],
  )
  return useCallback(
    (id: string, { key }: SheetColumn) => {
      const row = rows.get(id)?.row
      const column = read.get(key)
      if (!row || !column) return null
      if (column.type === 'level') {
        const level = levels[column.value(row) as ColourKey]
        return <LevelMark level={{ ...level, word: level.short }} look="words" />
      }
      return cellText(column, row, words, false)
    },
    [rows, read, levels, words],
  )
}

/** A tap brings the grid of whoever stands there; once it is here their page opens. */
function useOpenBeyond(rows: ReturnType<typeof usePeopleBeyond>['rows']) {
  const app = useParts('register', 'sync', 'syncActs')
  const said = useBeyondTableWords()
  const toasts = useToasts()
  const { route } = useLocation()
  const [wanted, setWanted] = useState<string | null>(null)
  const isHere = useRegister(
    app,
    (register) => wanted !== null && register.get('resident', wanted) !== undefined,
    [wanted],
  )
  useLayoutEffect(() => {
    if (!isHere || wanted === null) return
    setWanted(null)
    route(recordPage('resident', wanted))
  }, [isHere, wanted, route])
  const open = useCallback(
    (id: string) => {
      const found = rows.get(id)
      if (!found) return
      setWanted(id)
      if (app.register.get('resident', id)) return
      if (app.sync.getState().phase === 'offline') toasts.show(said.offline)
      void app.syncActs.hold(found.stream, 'open')
    },
    [app, rows, said, toasts],
  )
  return { open, isOpening: wanted !== null && !isHere }
}
