import { addDays, type Day } from '#domain/day.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Scheme.module.css'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'

/** By then no call is due by the limit of before. */
const longestLimit = 366

/** Since when a limit holds and what held before, as long as a call may still be due by that. */
export function LimitNote(props: {
  readonly earlier:
    | readonly { readonly until: Day; readonly visitWithin?: number | null | undefined }[]
    | null
    | undefined
}) {
  const app = useParts('today')
  const words = useWords()
  const own = useSchemeWords()
  const today = useStore(app.today, (store) => store.day)
  const last = props.earlier?.at(-1)
  if (!last || addDays(last.until, longestLimit) < today) return null
  const since = formatDay(words, last.until, today)
  return <span class={styles.soft}>{own.limitSince(since, last.visitWithin ?? null)}</span>
}
