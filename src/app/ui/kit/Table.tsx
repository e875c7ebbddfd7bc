import type { ComponentChildren } from 'preact'
import { Icon } from './Icon.tsx'
import { Empty } from './Notice.tsx'
import { Spoken } from './Spoken.tsx'
import styles from './Table.module.css'

export interface TableColumn<Item> {
  readonly key: string
  /** Words, or a mark that says its word to those who hear it. */
  readonly head: ComponentChildren
  /** The first column's cell names its row. */
  readonly cell: (item: Item) => ComponentChildren
  /** Numbers stand under each other at the right, and their head with them. */
  readonly isNumber?: boolean
  /** It takes the room that the others leave, and may break its lines. */
  readonly isWide?: boolean
  readonly sorted?: 'ascending' | 'descending'
  readonly onSort?: () => void
}

/**
 * Some dozens of rows that are compared by column, 56 px high and 40 with a mouse at a desk. The register's own table, of
 * thousands of rows, is `office/table`.
 */
export function Table<Item>(props: {
  readonly label: string
  readonly columns: readonly TableColumn<Item>[]
  readonly rows: readonly Item[]
  readonly keyOf: (item: Item) => string
  /** Where a row leads; its first cell is the link. */
  readonly hrefOf?: (item: Item) => string
  /** Before the name of a row, beside its link: how deep it lies, and what opens the rows below it. */
  readonly leadOf?: (item: Item) => ComponentChildren
  /** Under a row, over all columns: what belongs to it while it is open. */
  readonly belowOf?: (item: Item) => ComponentChildren
  readonly chosen?: string
  /** Rows of 56 px at a desk too, for those with a field in them. */
  readonly isTall?: boolean
  /** On a phone the cells of a row stand below each other. */
  readonly stacks?: boolean
  /** Said while nothing is known yet. */
  readonly loading?: string | undefined
  /** What stands in place of rows, and why there are none. */
  readonly empty?: string
}) {
  const { columns, rows, keyOf, loading } = props
  return (
    <div class={styles.frame} role="region" aria-label={props.label} tabIndex={0}>
      <table
        class={[styles.table, props.isTall && styles.tall, props.stacks && styles.stacks]
          .filter(Boolean)
          .join(' ')}
        aria-busy={loading !== undefined}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" class={lookOf(column)} aria-sort={column.sorted}>
                {column.onSort ? (
                  <button type="button" class={styles.sort} onClick={column.onSort}>
                    {column.head}
                    {column.sorted && (
                      <span class={styles[column.sorted]} aria-hidden="true">
                        <Icon name="down" />
                      </span>
                    )}
                  </button>
                ) : (
                  column.head
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((item) => (
            <RowOf key={keyOf(item)} {...props} item={item} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && loading === undefined && props.empty !== undefined && (
        <Empty title={props.empty} />
      )}
      {loading !== undefined && (
        <div class={styles.loading} role="status">
          <Spoken>{loading}</Spoken>
          <span />
          <span />
          <span />
        </div>
      )}
    </div>
  )
}

function RowOf<Item>(props: Parameters<typeof Table<Item>>[0] & { readonly item: Item }) {
  const { columns, item, keyOf, hrefOf, leadOf, belowOf } = props
  const below = belowOf?.(item)
  const hasBelow = below !== undefined && below !== null && below !== false
  return (
    <>
      <tr aria-current={keyOf(item) === props.chosen ? 'true' : undefined}>
        {columns.map((column, at) => {
          const inside = column.cell(item)
          if (at > 0) {
            return (
              <td key={column.key} class={lookOf(column)}>
                {inside}
              </td>
            )
          }
          const name = hrefOf ? <a href={hrefOf(item)}>{inside}</a> : inside
          return (
            <th key={column.key} scope="row" class={lookOf(column)}>
              {leadOf ? (
                <span class={styles.lead}>
                  {leadOf(item)}
                  {name}
                </span>
              ) : (
                name
              )}
            </th>
          )
        })}
      </tr>
      {hasBelow && (
        <tr class={styles.below}>
          <td colSpan={columns.length}>{below}</td>
        </tr>
      )}
    </>
  )
}

function lookOf<Item>({ isNumber, isWide }: TableColumn<Item>): string {
  return [isNumber && styles.number, isWide && styles.wide].filter(Boolean).join(' ')
}
