import { useState } from 'preact/hooks'
import { pinLength } from '#domain/pin.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { PinPad } from '#app/ui/kit/PinPad.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { Gate } from '#app/ui/entry/sign-in/Gate.tsx'
import styles from '#app/ui/pieces/sign-in/Gate.module.css'
import { BeginAnew } from './later.ts'
import { KnownAccounts } from '#app/ui/entry/sign-in/SignIn.tsx'

/** The PIN pad; works without network. */
export function Locked() {
  const app = useParts('session', 'sessionActs')
  const words = useWords()
  const session = useStore(app.session, (state) => state)
  const [typed, setTyped] = useState('')
  const change = (value: string) => {
    setTyped(value)
    if (value.length < pinLength) return
    setTyped('')
    void app.sessionActs.unlock(value)
  }
  const { problem } = session
  const said =
    problem === 'wrong-pin'
      ? words.session.wrongPin(session.pinTriesLeft)
      : problem === 'pin-exhausted'
        ? words.session.pinExhausted
        : problem && words.problems[problem]
  return (
    <Gate>
      <div class={styles.form}>
        <h2>{session.busy ? words.session.unlocking : words.session.unlock}</h2>
        {said && <Notice tone={problem === 'began-anew' ? 'calm' : 'alarm'}>{said}</Notice>}
        {problem === 'will-not-open' && <BeginAnew />}
        <PinPad
          value={typed}
          length={pinLength}
          disabled={session.busy || problem === 'pin-exhausted'}
          label={words.session.unlock}
          eraseLabel={words.session.erase}
          onChange={change}
        />
        {session.isInShift && (
          <Button wide onClick={() => app.sessionActs.askFor('passphrase')}>
            {words.session.usePassphrase}
          </Button>
        )}
        <Button look="quiet" wide onClick={() => app.sessionActs.switchTo(null)}>
          {words.session.forgotPin}
        </Button>
        <p class={styles.hint}>{words.session.forgotPinHint}</p>
      </div>
      <KnownAccounts />
    </Gate>
  )
}
