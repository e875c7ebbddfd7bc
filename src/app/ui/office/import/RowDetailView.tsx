import { useEffect, useState } from 'preact/hooks'
import { doorFields } from '#domain/roster/fields.ts'
import type { RosterField } from '#domain/roster/fields.ts'
import type { RowDetail, RowView } from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { fieldToText } from '#app/ui/pieces/field-value.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useDetailWords } from './detail-words.ts'
import styles from './Import.module.css'
import { maskCell } from '#app/views/mask-cell.ts'
import { useReasonWords } from './reason-words.ts'
import { doorWords } from './row-words.ts'

/** Everything that was understood of a row beside its cells, and what the register has. */
export function RowDetailView(props: {
  readonly row: RowView
  readonly isOpen: boolean
  readonly load: (at: number) => Promise<RowDetail>
}) {
  const { row, isOpen, load } = props
  const app = useParts('register', 'today')
  const words = useWords()
  const more = useDetailWords()
  const { field: names } = useReasonWords()
  const today = useStore(app.today, (store) => store.day)
  const held = useRegister(
    app,
    (register) =>
      row.person === null ? null : (register.get('resident', row.person)?.fields ?? null),
    [row.person],
  )
  const [detail, setDetail] = useState<RowDetail | null>(null)
  useEffect(() => {
    let isNow = true
    load(row.at).then(
      (found) => {
        if (isNow) setDetail(found)
      },
      () => undefined, // said by the store
    )
    return () => {
      isNow = false
    }
  }, [load, row])
  if (!detail) return null
  const facts: Readonly<Record<string, unknown>> = { ...row.facts, name: row.name }
  const inRegister = (held ?? {}) as Readonly<Record<string, unknown>>
  const text = (field: string, value: unknown) =>
    fieldToText(words, app.register, field, value, today, isOpen)
  const changed = new Map<string, { readonly from: unknown }>(
    row.changes.map(({ field, from }) => [field, { from }]),
  )
  const cells = detail.cells.filter((cell) => cell.text !== '')
  const shown = new Set(cells.map(({ field }) => field))
  const derived = Object.keys(facts).filter((field) => !shown.has(field as RosterField))
  const understood = (field: RosterField | null) => {
    if (field === null) return more.notTaken
    if (doorFields.has(field)) return doorWords(row)
    return text(field, facts[field])
  }
  const mark = (field: string | null) => {
    const change = field === null ? undefined : changed.get(field)
    if (!change) return null
    return change.from === null || change.from === undefined ? more.filled : more.changed
  }
  const line = (key: string, label: string, raw: string, field: RosterField | null) => {
    const change = mark(field)
    const before = field === null ? '' : text(field, inRegister[field])
    return (
      <tr key={key} data-changed={change !== null}>
        <th scope="row">{label}</th>
        <td class={styles.soft}>{raw}</td>
        <td>
          {understood(field)} {change && <strong>{change}</strong>}
        </td>
        {held && <td>{before}</td>}
      </tr>
    )
  }
  return (
    <div class={styles.detail}>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{more.inRoster}</th>
            <th scope="col">{more.read}</th>
            {held && <th scope="col">{more.inRegister}</th>}
          </tr>
        </thead>
        <tbody>
          {cells.map(({ at, header, group, field, text: raw }) =>
            line(
              String(at),
              [group, header].filter(Boolean).join(' · ') || (field ? names[field] : ''),
              isOpen ? raw : maskCell(field, raw),
              field,
            ),
          )}
          {derived.map((field) =>
            line(field, words.facts.field[field] ?? field, more.derived, field as RosterField),
          )}
        </tbody>
      </table>
      {detail.others.map(({ sheet, number, differs }) => (
        <div key={`${sheet} ${number}`}>
          <p>
            <strong>{more.other(sheet, number)}</strong>
          </p>
          {differs.length === 0 && <p>{more.noDifference}</p>}
          <ul class={styles.plan}>
            {differs.map(({ field, here, there }) => (
              <li key={field}>
                {field === 'address'
                  ? more.differs(more.door, String(here), String(there))
                  : more.differs(
                      words.facts.field[field] ?? field,
                      text(field, here),
                      text(field, there),
                    )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
