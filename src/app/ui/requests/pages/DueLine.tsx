import type { Day } from '#domain/day.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts, formatMoment } from '#app/ui/format.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { DueShown } from '#app/views/request-page.ts'

/** By when an answer was promised; late is said by the word and by weight. */
export function DueLine({ due }: { readonly due: Pick<DueShown, 'at' | 'isAbout' | 'isLate'> }) {
  const app = useParts('today')
  const words = useWords()
  const own = useRequestsWords()
  const day = useStore(app.today, (store) => store.day)
  const moment = formatMoment(words, due.at, day)
  return (
    <p class={styles.due}>
      {formatFacts(words, [
        due.isLate && own.late,
        due.isAbout ? own.about2(moment) : own.by(moment),
      ])}
    </p>
  )
}

/** Which working days counted, for whoever asks why it is that day. */
export function CountedDays({ days }: { readonly days: readonly Day[] }) {
  const app = useParts('today')
  const words = useWords()
  const own = useRequestsWords()
  const day = useStore(app.today, (store) => store.day)
  if (days.length === 0) return null
  return (
    <details>
      <summary class={styles.summary}>{own.days}</summary>
      <p class={styles.soft}>
        {formatFacts(
          words,
          days.map((one) => formatDay(words, one, day)),
        )}
      </p>
    </details>
  )
}
