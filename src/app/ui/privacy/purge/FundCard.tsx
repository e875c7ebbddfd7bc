import { useState } from 'preact/hooks'
import type { ListedFund } from '#protocol/purge.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { fundPages } from '#app/links/funds.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePurgeWords } from './purge-words.ts'
import styles from './Purge.module.css'
import type { KnownPurge } from './use-purge.ts'

/** An account of a stairwell on the list: until when it is kept, and the way to keep it. */
export function FundCard(props: { readonly fund: ListedFund; readonly purge: KnownPurge }) {
  const app = useParts('today')
  const words = useWords()
  const said = usePurgeWords()
  const today = useStore(app.today, (store) => store.day)
  const { fund, purge } = props
  const { record, stream } = fund
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
        <a class={styles.open} href={fundPages.fund(record)}>
          {fund.name}
        </a>
      </strong>
      <span>{said.fundClosed(formatDay(words, fund.day, today))}</span>
      <span>
        {formatFacts(words, [
          said.due(formatDay(words, fund.due, today)),
          fund.daysLeft > 0 && said.daysLeft(fund.daysLeft),
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
