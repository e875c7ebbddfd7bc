import { useState } from 'preact/hooks'
import { longestPassphrase } from '#domain/unlocking.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SwitchField, TextField } from '#app/ui/kit/TextField.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { BeginAnew } from '#app/ui/entry/locked/later.ts'
import { Gate } from '#app/ui/entry/sign-in/Gate.tsx'
import styles from '#app/ui/pieces/sign-in/Gate.module.css'
import { KnownAccounts } from '#app/ui/entry/sign-in/SignIn.tsx'
import { usePassphraseWords } from './passphrase-words.ts'

/** The lock of an account that holds more than a grid; works without network. */
export function LockedByPassphrase() {
  const app = useParts('session', 'sessionActs')
  const words = useWords()
  const own = usePassphraseWords()
  const session = useStore(app.session, (state) => state)
  const [typed, setTyped] = useState('')
  const [isShown, setShown] = useState(false)
  const { problem, busy } = session
  const submit = (event: Event) => {
    event.preventDefault()
    if (typed === '' || busy) return
    setTyped('')
    setShown(false)
    void app.sessionActs.unlock(typed)
  }
  const said =
    problem === 'wrong-pin' ? own.wrong(session.pinTriesLeft) : problem && words.problems[problem]
  return (
    <Gate>
      <form class={styles.form} noValidate onSubmit={submit}>
        <h2>{busy ? own.opening : own.unlock}</h2>
        {said && (
          <Notice tone={problem === 'began-anew' || problem === 'shift-over' ? 'calm' : 'alarm'}>
            {said}
          </Notice>
        )}
        {problem === 'will-not-open' && <BeginAnew />}
        <TextField
          label={own.label}
          hint={own.unlockHint}
          type={isShown ? 'text' : 'password'}
          autocomplete="off"
          maxLength={longestPassphrase}
          value={typed}
          onInput={setTyped}
        />
        <SwitchField label={own.show} checked={isShown} onInput={setShown} />
        <Button look="primary" wide type="submit" busy={busy}>
          {own.open}
        </Button>
        {session.passkey && (
          <Button
            wide
            icon="lock"
            disabled={busy}
            onClick={() => void app.sessionActs.unlockByPasskey()}
          >
            {own.byPasskey}
          </Button>
        )}
        {session.isInShift && (
          <Button wide disabled={busy} onClick={() => app.sessionActs.askFor('pin')}>
            {own.byPin}
          </Button>
        )}
        <Button look="quiet" wide onClick={() => app.sessionActs.switchTo(null)}>
          {own.forgot}
        </Button>
        <p class={styles.hint}>{own.forgotHint}</p>
      </form>
      <KnownAccounts />
    </Gate>
  )
}
