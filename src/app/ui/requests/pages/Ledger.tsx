import { timeLedger } from '#domain/requests/time-ledger.ts'
import { rulesHere, unitName } from '#app/views/request-rules.ts'
import type { ShownStep } from '#app/views/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { formatFacts } from '#app/ui/format.ts'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'

const minuteMs = 60_000
/** Working time of a usual day: eight hours of it are called a working day. */
const dayMinutes = 450

/** 时间账: who held the request how long, in working time; so a late answer shows where the time went. */
export function Ledger(props: { readonly steps: readonly ShownStep[] }) {
  const app = useParts('register')
  const more = useMoreWords()
  const words = useWords()
  const { now } = useViewer()
  const lines = useRegister(
    app,
    (register) => {
      const { time } = rulesHere(register)
      const steps = props.steps.map(({ step }) => step)
      return timeLedger(steps, now, time).map((line) => {
        const minutes = Math.round(line.spent / minuteMs)
        const who = (line.unit && unitName(register, line.unit)) ?? more.holder[line.holder]
        return `${who} ${said(minutes, more)}`
      })
    },
    [props.steps, now],
  )
  if (lines.length === 0) return null
  return (
    <p class={styles.soft}>
      {more.ledger}: {formatFacts(words, lines)}
    </p>
  )
}

function said(minutes: number, more: ReturnType<typeof useMoreWords>): string {
  if (minutes < 60) return more.minutes(minutes)
  if (minutes < dayMinutes) return more.hours((minutes / 60).toFixed(1))
  return more.workDays((minutes / dayMinutes).toFixed(1))
}
