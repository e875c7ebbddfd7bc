import { columnsOf, usualColumns } from '#domain/door-columns.ts'
import type { SheetColumn } from '#domain/sheet-columns.ts'
import type { Sheet } from '#domain/sheet.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Sheet as Panel } from '#app/ui/kit/Sheet.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Table.module.css'
import { useTableWords } from './table-words.ts'

/** Which columns stand in the table, and in which order. What is shown here goes into an export as well. */
export function ColumnsSheet(props: {
  readonly sheet: Sheet
  readonly columns: readonly SheetColumn[]
  readonly onChange: (keys: readonly string[]) => void
  readonly onClose: () => void
}) {
  const words = useWords()
  const own = useTableWords()
  const { sheet, columns, onChange } = props
  const keys = columns.map(({ key }) => key)
  const hidden = columnsOf(sheet).filter(({ key }) => !keys.includes(key))
  const nameOf = (column: SheetColumn) => (words.language === 'en' ? column.en : column.header)
  const swap = (index: number, by: 1 | -1) => {
    const next = [...keys]
    const [one, other] = [next[index], next[index + by]]
    if (one === undefined || other === undefined) return
    next[index] = other
    next[index + by] = one
    onChange(next)
  }
  return (
    <Panel title={own.columnsTitle} closeLabel={words.shell.close} onClose={props.onClose}>
      <div class={styles.form}>
        <section class={styles.part}>
          <h3>{own.shown}</h3>
          <ol>
            {columns.map((column, index) => (
              <li key={column.key} class={styles.column}>
                <span>{nameOf(column)}</span>
                <span class={styles.up}>
                  <Button
                    look="quiet"
                    icon="back"
                    label={own.earlier(nameOf(column))}
                    disabled={index === 0}
                    onClick={() => swap(index, -1)}
                  />
                </span>
                <Button
                  look="quiet"
                  icon="down"
                  label={own.later(nameOf(column))}
                  disabled={index === columns.length - 1}
                  onClick={() => swap(index, 1)}
                />
                <Button
                  look="quiet"
                  icon="close"
                  label={own.remove(nameOf(column))}
                  disabled={columns.length === 1}
                  onClick={() => onChange(keys.filter((key) => key !== column.key))}
                />
              </li>
            ))}
          </ol>
          {columns.length === 1 && <p class={styles.soft}>{own.oneLeft}</p>}
        </section>
        <section class={styles.part}>
          <h3>{own.hidden}</h3>
          <div class={styles.chips}>
            {hidden.map((column) => (
              <Button
                key={column.key}
                icon="plus"
                label={own.add(nameOf(column))}
                onClick={() => onChange([...keys, column.key])}
              >
                {nameOf(column)}
              </Button>
            ))}
          </div>
        </section>
        <div class={styles.acts}>
          <Button onClick={() => onChange(usualColumns(sheet))}>{own.usual}</Button>
          <Button look="primary" onClick={props.onClose}>
            {words.shell.close}
          </Button>
        </div>
      </div>
    </Panel>
  )
}
