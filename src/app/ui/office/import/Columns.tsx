import { rosterFields, type RosterField } from '#domain/roster/fields.ts'
import type { ImportActs, SheetView } from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField, SwitchField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { gridName } from '#app/views/door.ts'
import { ColumnsTable } from './ColumnsTable.tsx'
import { useDetailWords } from './detail-words.ts'
import styles from './Import.module.css'
import { useImportWords } from './import-words.ts'
import { maskCell } from '#app/views/mask-cell.ts'
import { useReasonWords } from './reason-words.ts'

type Column = SheetView['columns'][number]

/** What each column was taken for, the unsure ones first; corrections are remembered. */
export function Columns(props: { readonly acts: ImportActs }) {
  const { acts } = props
  const app = useParts('register')
  const said = useImportWords()
  const more = useDetailWords()
  const { title, sheets, notices, forms, homeGrid, problem } = useStore(
    acts.store,
    (state) => state,
  )
  const grids = useRegister(app, (register) =>
    register.grids().map(({ id }) => ({ value: id, label: gridName(register, id) })),
  )
  const taken = sheets.filter((sheet) => sheet.taken)
  const hasName = taken.every(({ columns }) => columns.some(({ field }) => field === 'name'))
  const hidden = sheets.filter((sheet) => sheet.hidden)
  return (
    <Page
      title={said.title}
      under={<p class={styles.under}>{title}</p>}
      foot={
        <div class={styles.acts}>
          <Button onClick={() => acts.close()}>{said.otherFile}</Button>
          <Button
            look="primary"
            wide
            disabled={!hasName || taken.length === 0}
            onClick={() => void acts.compare()}
          >
            {said.compare}
          </Button>
        </div>
      }
    >
      <div class={styles.stack}>
        {problem && <Notice tone="alarm">{said.trouble[problem]}</Notice>}
        {notices.map((notice) => (
          <Notice key={notice}>{said.notice[notice]}</Notice>
        ))}
        {forms.length > 0 && <Notice>{more.formSheets(forms.join('、'))}</Notice>}
        {hidden.length > 0 && (
          <Notice>{more.hiddenSheets(hidden.map(({ name }) => name).join('、'))}</Notice>
        )}
        <div>
          <h2>{said.columnsTitle}</h2>
          <p class={styles.soft}>{said.columnsHint}</p>
        </div>
        {sheets.map((sheet, index) => (
          <SheetCard
            key={index}
            acts={acts}
            sheet={sheet}
            index={index}
            alone={sheets.length === 1 && sheet.taken}
          />
        ))}
        {!hasName && <Notice tone="alarm">{said.noName}</Notice>}
        {grids.length > 1 && (
          <SelectField
            label={said.homeGrid}
            hint={said.homeGridHint}
            value={homeGrid ?? ''}
            emptyLabel={said.noHomeGrid}
            options={grids}
            onInput={(grid) => acts.setHomeGrid(grid === '' ? null : grid)}
          />
        )}
      </div>
    </Page>
  )
}

function SheetCard(props: {
  readonly acts: ImportActs
  readonly sheet: SheetView
  readonly index: number
  readonly alone: boolean
}) {
  const { acts, sheet, index } = props
  const said = useImportWords()
  const more = useDetailWords()
  const groups = groupsOf(sheet.columns)
  const { field: names } = useReasonWords()
  const draw = (head: string, columns: readonly Column[]) => (
    <ColumnsTable
      label={head}
      notTaken={said.notTaken}
      options={rosterFields.map((value) => ({ value, label: names[value] }))}
      onChoose={(at, field) => void acts.setColumn(index, at, field as RosterField | null)}
      columns={columns.map(({ at, header, group, hidden, field, confidence, samples }) => {
        const own = header === '' ? said.noHeader(letterOf(at)) : header
        const name = group === undefined ? own : `${group} · ${own}`
        return {
          ...{ at, name, field: field ?? '', label: said.meansOf(name) },
          samples: samples.map((sample) => maskCell(field, sample)),
          note: [said.confidence[confidence], hidden && more.hiddenColumn]
            .filter(Boolean)
            .join('，'),
        }
      })}
    />
  )
  return (
    <section class={styles.card}>
      {props.alone ? (
        <h3>{sheet.name}</h3>
      ) : (
        <SwitchField
          label={said.sheetTaken(sheet.name)}
          hint={sheet.hidden ? more.hiddenSheet : sheet.isForm ? more.formAbove : undefined}
          checked={sheet.taken}
          onInput={(taken) => void acts.setTaken(index, taken)}
        />
      )}
      <p class={styles.soft}>{said.sheetRows(sheet.rows, sheet.dropped)}</p>
      {sheet.taken && sheet.hiddenRows > 0 && (
        <SwitchField
          label={more.hiddenRows(sheet.hiddenRows)}
          hint={more.hiddenRowsHint}
          checked={sheet.hiddenTaken}
          onInput={(taken) => void acts.setHiddenTaken(index, taken)}
        />
      )}
      {sheet.taken && (
        <>
          {groups.unsure.length > 0 && (
            <>
              <h3>{more.unsure(groups.unsure.length)}</h3>
              {draw(more.unsure(groups.unsure.length), groups.unsure)}
            </>
          )}
          {groups.sure.length > 0 && (
            <details open={groups.unsure.length === 0 || groups.sure.length <= 8}>
              <summary>{more.sure(groups.sure.length)}</summary>
              {draw(more.sure(groups.sure.length), groups.sure)}
            </details>
          )}
          {groups.notKept.length > 0 && (
            <details>
              <summary>{more.notKept(groups.notKept.length)}</summary>
              {draw(more.notKept(groups.notKept.length), groups.notKept)}
            </details>
          )}
        </>
      )}
    </section>
  )
}

/** First what a person has to look at: guesses, columns that nobody knows and that hold something, hidden ones. */
export function groupsOf(columns: readonly Column[]) {
  const isUnsure = ({ confidence, hidden, field }: Column) =>
    confidence === 'likely' || confidence === 'unknown' || (hidden === true && field !== null)
  const rest = columns.filter((column) => !isUnsure(column))
  return {
    unsure: columns.filter(isUnsure),
    sure: rest.filter(({ field }) => field !== null),
    notKept: rest.filter(({ field }) => field === null),
  }
}

/** 0 → A, 27 → AB. */
function letterOf(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26))
  return at < 26 ? letter : letterOf(Math.floor(at / 26) - 1) + letter
}
