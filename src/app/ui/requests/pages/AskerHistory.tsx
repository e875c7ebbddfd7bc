import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment, formatNames } from '#app/ui/format.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useWords } from '#app/ui/words/use-words.ts'
import type { AskerChange } from '#app/views/askers.ts'
import { useAskerWords } from './asker-words.ts'

/** Who mended what of whom to call back, and when: which fields, and never a value. */
export function AskerHistory({ changes }: { readonly changes: readonly AskerChange[] }) {
  const app = useParts('today')
  const words = useWords()
  const said = useAskerWords()
  const day = useStore(app.today, (store) => store.day)
  if (changes.length === 0) return null
  return (
    <details>
      <summary class={styles.summary}>{said.history(changes.length)}</summary>
      <ul class={styles.list}>
        {changes.map(({ id, at, by, isCleared, fields }) => (
          <li key={id}>
            {formatFacts(words, [
              formatMoment(words, at, day),
              by,
              isCleared
                ? said.cleared
                : said.mended(
                    formatNames(
                      words,
                      fields.map((field) => said.field[field]),
                    ),
                  ),
            ])}
          </li>
        ))}
      </ul>
    </details>
  )
}
