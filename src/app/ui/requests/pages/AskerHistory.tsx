import type { HistoryLine } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useAskerWords } from './asker-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'

/** Who mended what of whom to call back, and when: which fields, and never a value. */
export function AskerHistory(props: { readonly askers: readonly string[] }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = useAskerWords()
  const day = useStore(app.today, (store) => store.day)
  const { askers } = props
  const lines = useRegister(
    app,
    (register) =>
      askers
        .flatMap((id) => register.history(id))
        .filter(({ op }) => op === 'patch')
        .map((line) => ({
          line,
          who: line.by ? register.get('account', line.by)?.fields.name : undefined,
        })),
    [askers.join()],
  )
  if (lines.length === 0) return null
  return (
    <details>
      <summary class={styles.head}>{said.history(lines.length)}</summary>
      <ul class={styles.list}>
        {lines.map(({ line, who }) => (
          <li key={line.id}>
            {formatFacts(words, [formatMoment(words, line.at, day), who, saidOf(line, said)])}
          </li>
        ))}
      </ul>
    </details>
  )
}

const told = ['name', 'telephone', 'isToldToUnit', 'tokens'] as const

function saidOf({ fields }: HistoryLine, said: ReturnType<typeof useAskerWords>): string {
  const changed = told.filter((field) => field in fields)
  const isCleared =
    ('name' in fields || 'telephone' in fields) &&
    (['name', 'telephone'] as const).every(
      (field) => !(field in fields) || (fields[field]?.[1] ?? null) === null,
    )
  return isCleared ? said.cleared : said.mended(changed.map((field) => said.field[field]))
}
