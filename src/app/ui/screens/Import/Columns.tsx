import { rosterFields, type RosterField } from '#domain/roster/fields.ts'
import { maskDocument, maskName, maskPhone } from '#domain/mask.ts'
import type { ImportActs, SheetView } from '#app/stores/imports.ts'
import { useApp, useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField, SwitchField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { gridName } from '#app/ui/pieces/door.ts'
import { useScreenWords } from '#app/ui/words/use-words.ts'
import styles from './Import.module.css'
import { importWords } from './import-words.ts'
import { reasonWords } from './reason-words.ts'

/** What each column was taken for, with some of its contents; corrections are remembered. */
export function Columns(props: { readonly acts: ImportActs }) {
  const { acts } = props
  const app = useApp()
  const said = useScreenWords(importWords)
  const { title, sheets, notices, homeGrid, problem } = useStore(acts.store, (state) => state)
  const grids = useRegister(app, (register) =>
    register.grids().map(({ id }) => ({ value: id, label: gridName(register, id) })),
  )
  const hasName = sheets
    .filter(({ taken }) => taken)
    .every(({ columns }) => columns.some(({ field }) => field === 'name'))
  const isAny = sheets.some(({ taken }) => taken)
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
            disabled={!hasName || !isAny}
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
            alone={sheets.length === 1}
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
  const said = useScreenWords(importWords)
  const { field: names } = useScreenWords(reasonWords)
  const options = rosterFields.map((field) => ({ value: field, label: names[field] }))
  return (
    <section class={styles.card}>
      {props.alone ? (
        <h3>{sheet.name}</h3>
      ) : (
        <SwitchField
          label={said.sheetTaken(sheet.name)}
          checked={sheet.taken}
          onInput={(taken) => void acts.setTaken(index, taken)}
        />
      )}
      <p class={styles.soft}>{said.sheetRows(sheet.rows, sheet.dropped)}</p>
      {sheet.taken && (
        <ul class={styles.columns}>
          {sheet.columns.map(({ at, header, field, confidence, samples }) => {
            const name = header === '' ? said.noHeader(letterOf(at)) : header
            return (
              <li key={at} class={styles.column}>
                <div>
                  <strong>{name}</strong>
                  <p class={styles.soft}>
                    {samples.map((sample) => masked(field, sample)).join(' · ')}
                  </p>
                </div>
                <SelectField
                  label={said.meansOf(name)}
                  hint={said.confidence[confidence] || undefined}
                  value={field ?? ''}
                  emptyLabel={said.notTaken}
                  options={options}
                  onInput={(value) =>
                    void acts.setColumn(index, at, value === '' ? null : (value as RosterField))
                  }
                />
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}

const masks: Partial<Record<RosterField, (text: string) => string>> = {
  name: maskName,
  headName: maskName,
  contactName: maskName,
  guardianName: maskName,
  documentNumber: maskDocument,
  headNumber: maskDocument,
  phones: maskPhone,
  contactPhone: maskPhone,
  guardianPhone: maskPhone,
}

/** Also in a column that nobody knows yet: digits enough for a telephone or a number are covered. */
function masked(field: RosterField | null, sample: string): string {
  const mask = field ? masks[field] : undefined
  if (mask) return mask(sample)
  return sample.replace(/\d{11,17}[\dXx]?/g, (digits) =>
    digits.length === 11 ? maskPhone(digits) : maskDocument(digits),
  )
}

/** 0 → A, 27 → AB. */
function letterOf(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26))
  return at < 26 ? letter : letterOf(Math.floor(at / 26) - 1) + letter
}
