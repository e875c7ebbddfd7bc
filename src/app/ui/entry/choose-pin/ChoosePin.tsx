import { useState } from 'preact/hooks'
import { isWeakPin, pinLength } from '#domain/pin.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { PinPad } from '#app/ui/kit/PinPad.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { Gate } from '#app/ui/entry/sign-in/Gate.tsx'
import styles from '#app/ui/pieces/sign-in/Gate.module.css'
import { RecoveryCodes } from '#app/ui/pieces/sign-in/gate-later.ts'

/** The PIN is typed twice; an easy one is refused before the second time. */
export function ChoosePin() {
  const app = useParts('session', 'sessionActs')
  const words = useWords()
  const busy = useStore(app.session, (session) => session.busy)
  const failure = useStore(app.session, (session) => session.problem)
  const [first, setFirst] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const [mistake, setMistake] = useState<string | null>(null)

  const change = (value: string) => {
    setTyped(value)
    if (value.length < pinLength) return
    setTyped('')
    if (first === null) {
      setMistake(isWeakPin(value) ? words.session.pinTooEasy : null)
      if (!isWeakPin(value)) setFirst(value)
    } else if (first === value) {
      setMistake(null)
      void app.sessionActs.choosePin(value)
    } else {
      setFirst(null)
      setMistake(words.session.pinsDiffer)
    }
  }
  const codes = useStore(app.session, (session) => session.recoveryCodes)
  if (codes) {
    return (
      <Gate>
        <RecoveryCodes codes={codes} onSeen={() => app.sessionActs.codesSeen()} />
      </Gate>
    )
  }
  const title = first === null ? words.session.choosePin : words.session.repeatPin
  const problem = mistake ?? (failure ? words.problems[failure] : null)
  return (
    <Gate>
      <div class={styles.form}>
        <h2>{busy ? words.session.pinBusy : title}</h2>
        <p class={styles.hint}>{words.session.choosePinHint}</p>
        {problem && <Notice tone="alarm">{problem}</Notice>}
        <PinPad
          value={typed}
          length={pinLength}
          disabled={busy}
          label={title}
          eraseLabel={words.session.erase}
          onChange={change}
        />
      </div>
    </Gate>
  )
}
