import type { FilePart } from './file-source.ts'
import styles from './FileSheet.module.css'

export interface PersonFileSheet {
  readonly heading: string
  /** Whose, by whom, when, what for. */
  readonly lines: readonly string[]
  readonly parts: readonly FilePart[]
}

/** Addresses of originals by id: where there is none the small picture of the record stands. */
export type Originals = ReadonlyMap<string, string>

const none: Originals = new Map()

/** The file as a document: the same on the screen and on paper, drawn from what it is given alone. */
export function FileSheet(props: {
  readonly sheet: PersonFileSheet
  readonly originals?: Originals
}) {
  const { heading, lines, parts } = props.sheet
  return (
    <article class={styles.sheet}>
      <h2>{heading}</h2>
      <ul class={styles.lines}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {parts.map((part) => (
        <Part key={part.title} part={part} originals={props.originals ?? none} />
      ))}
    </article>
  )
}

function Part(props: { readonly part: FilePart; readonly originals: Originals }) {
  const { title, note, columns, rows, photos = [] } = props.part
  const whole = columns.reduce((sum, { width }) => sum + width, 0)
  return (
    <section class={styles.part}>
      <h3>{title}</h3>
      {note && <p class={styles.note}>{note}</p>}
      {rows.length > 0 && (
        <table>
          <colgroup>
            {columns.map(({ header, width }) => (
              <col key={header} width={`${Math.round((100 * width) / whole)}%`} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map(({ header }) => (
                <th key={header} scope="col">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  // On a narrow screen the cells stand below each other, each with its header.
                  <td key={column} data-label={columns[column]?.header}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {photos.length > 0 && (
        <ol class={styles.photos}>
          {photos.map(({ id, picture }, at) => (
            <li key={id}>
              <img
                alt={rows[at]?.slice(0, 2).join(' · ') ?? title}
                src={props.originals.get(id) ?? `data:image/jpeg;base64,${picture.thumbnail}`}
              />
              <span>{rows[at]?.slice(0, 2).join(' · ')}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
