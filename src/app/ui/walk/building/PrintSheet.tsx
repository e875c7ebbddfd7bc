import { levelClass } from '#app/ui/kit/LevelMark.tsx'
import styles from './PrintSheet.module.css'
import type { Sheet } from './sheet.ts'

/** The chart on paper: read by its marks, so that a printer without colours is enough. */
export function PrintSheet(props: { readonly sheet: Sheet }) {
  const { title, lines, legend, units } = props.sheet
  return (
    <div class={styles.sheet}>
      <h1>{title}</h1>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p class={styles.legend}>
        {legend.map(({ colour, text }) => (
          <span key={colour}>{text}</span>
        ))}
      </p>
      {units.map((unit) => (
        <table key={unit.title}>
          {unit.title && <caption>{unit.title}</caption>}
          <tbody>
            {unit.floors.map(({ label, cells }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {Array.from({ length: unit.columns }, (_, column) => {
                  const cell = cells[column]
                  if (!cell) return <td key={column} class={styles.none} />
                  return (
                    <td key={column} class={cell.away ? styles.away : levelClass(cell.colour)}>
                      {cell.room}
                      <b>{cell.text}</b>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  )
}
