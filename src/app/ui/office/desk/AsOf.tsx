import type { Overview } from '#protocol/overview.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import type { Told } from '#app/ui/pieces/use-remembered.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useDeskWords } from './desk-words.ts'
import styles from './Desk.module.css'

/** Of when the server's figures are, and why there are no newer ones. */
export function AsOf(props: { readonly told: Told<Overview> }) {
  const own = useDeskWords()
  const words = useWords()
  const day = useStore(useParts('today').today, (store) => store.day)
  const { value, problem, isAsking, again } = props.told
  const when = value ? formatMoment(words, value.at, day) : null
  if (when === null && problem === null) return null
  const offline = when === null ? own.offlineNothing : own.offline(when)
  const failed = problem && problem !== 'offline' ? own.failed(words.problems[problem]) : offline
  return (
    <p class={styles.asOf}>
      <span>{problem === null && when !== null ? own.asOf(when) : failed}</span>
      <Button look="quiet" icon="sync" busy={isAsking} onClick={again}>
        {own.again}
      </Button>
    </p>
  )
}
