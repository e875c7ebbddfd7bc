import { Select, type Option } from '#app/ui/kit/Field.tsx'
import { Table } from '#app/ui/kit/Table.tsx'
import { useDetailWords } from './detail-words.ts'
import styles from './Import.module.css'

export interface ReadColumn {
  readonly at: number
  readonly name: string
  /** Some of what stands in it, masked. */
  readonly samples: readonly string[]
  /** What it was taken for; '' for nothing. */
  readonly field: string
  /** How sure that is. */
  readonly note?: string
  /** How the choice is called. */
  readonly label: string
}

/** What each column of a workbook was taken for, beside what it is called there and what stands in it. */
export function ColumnsTable(props: {
  readonly label: string
  readonly columns: readonly ReadColumn[]
  readonly options: readonly Option[]
  readonly notTaken: string
  readonly onChoose: (at: number, field: string | null) => void
}) {
  const more = useDetailWords()
  return (
    <Table<ReadColumn>
      isTall
      stacks
      label={props.label}
      rows={props.columns}
      keyOf={({ at }) => String(at)}
      columns={[
        { key: 'name', head: more.header, cell: ({ name }) => name },
        {
          ...{ key: 'samples', head: more.samples, isWide: true },
          cell: ({ samples }) => (
            <span class={styles.samples}>{samples.join('，') || more.blank}</span>
          ),
        },
        {
          ...{ key: 'means', head: more.means },
          cell: ({ at, field, label, note }) => (
            <span class={styles.means}>
              <Select
                label={label}
                value={field}
                emptyLabel={props.notTaken}
                options={props.options}
                onInput={(value) => props.onChoose(at, value === '' ? null : value)}
              />
              {note && <span class={styles.soft}>{note}</span>}
            </span>
          ),
        },
      ]}
    />
  )
}
