import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePurgeWords } from './purge-words.ts'
import styles from './Purge.module.css'
import type { KnownPurge } from './use-purge.ts'

/** What stands on the list by its name, an account of a stairwell, a topic, a meeting: until when, and the way to keep it. */
export function NamedCard(props: {
  readonly one: {
    readonly stream: string
    readonly record: string
    readonly due: string
    readonly daysLeft: number
  }
  readonly name: string
  readonly href: string
  /** What its time runs from, in words. */
  readonly since: string | null
  readonly purge: KnownPurge
}) {
  const app = useParts('today')
  const words = useWords()
  const said = usePurgeWords()
  const today = useStore(app.today, (store) => store.day)
  const { one, name, href, since, purge } = props
  const { record, stream } = one
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const keep = async () => {
    setBusy(true)
    const refused = await purge.answer((acts) => acts.keep({ stream, record }))
    setBusy(false)
    setProblem(refused && words.problems[refused])
  }
  return (
    <article class={styles.item}>
      <strong>
        <a class={styles.open} href={href}>
          {name}
        </a>
      </strong>
      {since && <span>{since}</span>}
      <span>
        {formatFacts(words, [
          said.due(formatDay(words, one.due, today)),
          one.daysLeft > 0 && said.daysLeft(one.daysLeft),
        ])}
      </span>
      {problem && <Notice tone="alarm">{problem}</Notice>}
      <div class={styles.buttons}>
        <Button busy={busy} onClick={() => void keep()}>
          {said.keep}
        </Button>
      </div>
    </article>
  )
}
