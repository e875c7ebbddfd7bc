import { useState } from 'preact/hooks'
import { longestPassphrase } from '#domain/unlocking.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Soft } from '#app/ui/kit/Part.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Me.module.css'
import { useOwnDevicesWords } from './own-devices-words.ts'

/** A further way in beside the passphrase; nothing of it leaves the device. Beside a PIN it would be worth nothing. */
export function Passkey() {
  const app = useParts('session', 'sessionActs')
  const words = useWords()
  const own = useOwnDevicesWords()
  const unlocksBy = useStore(app.session, (session) => session.unlocksBy)
  const isThere = useStore(app.session, (session) => session.passkey)
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<string | null>(null)
  if (unlocksBy !== 'passphrase') return null
  const add = async (event: Event) => {
    event.preventDefault()
    if (typed === '' || busy) return
    setBusy(true)
    setAnswer(null)
    const outcome = await app.sessionActs.addPasskey(typed)
    setBusy(false)
    setTyped('')
    if (outcome === 'wrong-pin') setAnswer(own.wrong)
    if (outcome === 'no-passkey') setAnswer(own.none)
    if (outcome === 'storage') setAnswer(words.problems.storage)
  }
  return (
    <details>
      <summary>{own.passkey}</summary>
      <form class={styles.me} noValidate onSubmit={(event) => void add(event)}>
        <Soft>{own.passkeyHint}</Soft>
        {answer && <Notice tone="alarm">{answer}</Notice>}
        {isThere ? (
          <>
            <Notice>{own.passkeyOn}</Notice>
            <Button wide onClick={() => void app.sessionActs.removePasskey()}>
              {own.remove}
            </Button>
          </>
        ) : (
          <>
            <TextField
              label={own.passphrase}
              type="password"
              autocomplete="off"
              maxLength={longestPassphrase}
              value={typed}
              onInput={setTyped}
            />
            <Button wide type="submit" busy={busy}>
              {own.add}
            </Button>
          </>
        )}
      </form>
    </details>
  )
}
