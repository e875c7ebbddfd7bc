import { useState } from 'preact/hooks'
import { maskDocument, maskName } from '#domain/mask.ts'
import type { Choice, RowDetail, RowView } from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { fieldToText } from '#app/ui/pieces/field-value.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useDetailWords } from './detail-words.ts'
import styles from './Import.module.css'
import { useImportWords } from './import-words.ts'
import { RowCard, type RowAnswering } from './RowCard.tsx'
import { doorWords } from './row-words.ts'

/** Have columns of their own at the left. */
const ownColumns = new Set(['documentNumber', 'name', 'household'])

/** Rows as one table: a row a line, a fact a column; what would change is marked, with what the register says. */
export function RowsTable(props: {
  readonly rows: readonly RowView[]
  readonly onChoose: (at: number, choice: Choice) => void
  readonly onName: (at: number, person: string | null) => void
  readonly load: (at: number) => Promise<RowDetail>
  readonly answering: RowAnswering
}) {
  const { rows } = props
  const app = useParts('register', 'today')
  const words = useWords()
  const said = useImportWords()
  const more = useDetailWords()
  const today = useStore(app.today, (store) => store.day)
  const [opened, setOpened] = useState<number | null>(null)
  const fields = [...new Set(rows.flatMap(({ facts }) => Object.keys(facts)))].filter(
    (field) => !ownColumns.has(field),
  )
  const text = (field: string, value: unknown) =>
    fieldToText(words, app.register, field, value, today)
  return (
    <div class={styles.wide} role="region" aria-label={more.asTable} tabIndex={0}>
      <table class={styles.table}>
        <thead>
          <tr>
            <th scope="col">{more.rowNumber}</th>
            <th scope="col">{words.facts.field['name']}</th>
            <th scope="col">{more.status}</th>
            <th scope="col">{words.facts.field['documentNumber']}</th>
            <th scope="col">{more.door}</th>
            {fields.map((field) => (
              <th key={field} scope="col">
                {words.facts.field[field] ?? field}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const name = maskName(row.name) || '–'
            const changes = new Map<string, unknown>(
              row.changes.map(({ field, from }) => [field, from ?? null]),
            )
            const number = row.facts.documentNumber
            return [
              <tr key={row.at} data-left={row.choice === 'leave'}>
                <td>{row.number}</td>
                <th scope="row">
                  <Button
                    look="quiet"
                    pressed={opened === row.at}
                    label={more.openRow(name)}
                    onClick={() => setOpened(opened === row.at ? null : row.at)}
                  >
                    {name}
                  </Button>
                </th>
                <td>{said.status[row.status]}</td>
                <td>{number ? maskDocument(number) : ''}</td>
                <td>{doorWords(row)}</td>
                {fields.map((field) => {
                  const value = text(field, row.facts[field as keyof RowView['facts']])
                  if (!changes.has(field)) return <td key={field}>{value}</td>
                  const before = text(field, changes.get(field))
                  return (
                    <td key={field} data-changed="true">
                      {before && <del>{before}</del>} <ins>{value}</ins>
                    </td>
                  )
                })}
              </tr>,
              opened === row.at && (
                <tr key={`${row.at} opened`}>
                  <td colSpan={5 + fields.length}>
                    <RowCard
                      row={row}
                      load={props.load}
                      answering={props.answering}
                      onChoose={(choice) => props.onChoose(row.at, choice)}
                      onName={(person) => props.onName(row.at, person)}
                    />
                  </td>
                </tr>
              ),
            ]
          })}
        </tbody>
      </table>
    </div>
  )
}
