import { useState } from 'preact/hooks'
import { mayAgreeToPurge } from '#domain/permission-of-access.ts'
import type { ListedHold } from '#protocol/purge.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { DateField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePurgeWords } from './purge-words.ts'
import styles from './Purge.module.css'
import type { KnownPurge } from './use-purge.ts'

/** A purge that waits: the figures, and one decision of two people, each of whom types what they know. */
export function HoldCard(props: { readonly hold: ListedHold; readonly purge: KnownPurge }) {
  const app = useParts('session', 'today')
  const words = useWords()
  const said = usePurgeWords()
  const today = useStore(app.today, (store) => store.day)
  const account = useStore(app.session, (session) => session.account)
  const { hold, purge } = props
  const [word, setWord] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { place, at, firstBy } = hold
  const isOwn = firstBy !== null && firstBy.id === account?.id
  const mayAgree = firstBy === null ? account !== null && mayAgreeToPurge(account.role) : !isOwn
  const send = async (kind: 'agree' | 'withdraw') => {
    setBusy(true)
    const problem = await purge.answer((acts) =>
      kind === 'agree' ? acts.agree({ place, at, said: word }) : acts.withdraw({ place, at }),
    )
    setBusy(false)
    setWord('')
    if (problem === 'invalid-fields') setError(said.wrongWord[hold.why])
    else if (problem === 'changed-meanwhile') setError(said.changed)
    else setError(problem === null ? null : words.problems[problem])
  }
  const moment = (instant: string) => formatMoment(words, instant, today)
  return (
    <section class={`${styles.part} ${styles.hold}`}>
      <Notice tone="alarm">
        <h2>{said.hold[hold.why]}</h2>
      </Notice>
      {hold.why === 'clock' ? (
        <>
          <p>{said.clockNow(moment(hold.now))}</p>
          <p>{said.clockLast(moment(hold.lastAt))}</p>
          {hold.receivedAt && <p>{said.clockReceived(moment(hold.receivedAt))}</p>}
          <p class={styles.soft}>{said.clockHelp}</p>
        </>
      ) : (
        <>
          <p>{said.shareDue(hold.due)}</p>
          <p>{said.shareUsual(hold.usual)}</p>
          <p class={styles.soft}>{said.shareHelp}</p>
        </>
      )}
      <p>
        {firstBy === null ? said.firstNeeded : isOwn ? said.ownFirst : said.firstSaid(firstBy.name)}
      </p>
      {mayAgree &&
        (hold.why === 'clock' ? (
          <DateField
            label={said.typeDay}
            value={word}
            onInput={setWord}
            error={error ?? undefined}
          />
        ) : (
          <TextField
            label={said.typeCount}
            inputMode="numeric"
            maxLength={9}
            value={word}
            onInput={setWord}
            error={error ?? undefined}
          />
        ))}
      {!mayAgree && error && <Notice tone="alarm">{error}</Notice>}
      <div class={styles.buttons}>
        {mayAgree && (
          <Button
            look="danger"
            busy={busy}
            disabled={word.trim() === ''}
            onClick={() => void send('agree')}
          >
            {said.agree[hold.why]}
          </Button>
        )}
        {firstBy !== null && (
          <Button busy={busy} onClick={() => void send('withdraw')}>
            {said.withdraw}
          </Button>
        )}
      </div>
    </section>
  )
}
