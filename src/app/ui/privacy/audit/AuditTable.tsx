import type { AuditLine as Line } from '#protocol/audit.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import styles from './Audit.module.css'
import { useAuditLines, type SaidLine } from './audit-lines.ts'
import { useAuditWords } from '#app/ui/words/audit-words.ts'

/** One line an act: when, who, what, about which record. A table on a tablet, cards on a phone. */
export function AuditTable(props: { readonly lines: readonly Line[] }) {
  const own = useAuditWords()
  const say = useAuditLines()
  // What is said of a line changes with what the device has.
  useRegister(useParts('register'), (register) => register.revision)
  const { at, who, what, about, details } = own.columns
  return (
    <table class={styles.table}>
      <thead>
        <tr>
          {[at, who, what, about, details].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.lines.map((line) => (
          <Row key={line.id} line={say(line)} />
        ))}
      </tbody>
    </table>
  )
}

function Row(props: { readonly line: SaidLine }) {
  const { at, who, device, act, kind, about, details } = props.line
  return (
    <tr>
      <td>{at}</td>
      <td>
        {who}
        {device && <span class={styles.device}>{device}</span>}
      </td>
      <td>
        <strong>{act}</strong> {kind}
      </td>
      <td>
        {!about ? (
          '–'
        ) : about.href ? (
          <a class={styles.about} href={about.href}>
            {about.where}
          </a>
        ) : (
          about.where
        )}
      </td>
      <td>{details.join(' · ')}</td>
    </tr>
  )
}
