import { useState } from 'preact/hooks'
import { isWeakPassphrase, longestPassphrase, strengthOf } from '#domain/unlocking.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SwitchField, TextField } from '#app/ui/kit/TextField.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { Gate } from '#app/ui/entry/sign-in/Gate.tsx'
import styles from '#app/ui/pieces/sign-in/Gate.module.css'
import { usePassphraseWords } from './passphrase-words.ts'

/** Typed twice; how good it is, is said in words while it is typed, and an easy one goes no further. */
export function ChoosePassphrase() {
  const app = useParts('session', 'sessionActs')
  const words = useWords()
  const own = usePassphraseWords()
  const { busy, problem, known, account, opensBy } = useStore(app.session, (state) => state)
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [isShown, setShown] = useState(false)
  const [mistake, setMistake] = useState<string | null>(null)
  const knownAs = known.find(({ id }) => id === account?.id)
  const login = knownAs?.login ?? ''
  const strength = strengthOf(first, login)
  const isWeak = isWeakPassphrase(first, login)
  // Whoever came here from the PIN pad had an account that has grown.
  const hasOutgrown = knownAs !== undefined && opensBy === 'pin'
  const submit = (event: Event) => {
    event.preventDefault()
    if (busy) return
    if (isWeak) return setMistake(own.strength[strength])
    if (first !== second) return setMistake(own.differ)
    setMistake(null)
    void app.sessionActs.choosePassphrase(first)
  }
  const said = mistake ?? (problem ? words.problems[problem] : null)
  const field = { type: isShown ? 'text' : 'password', maxLength: longestPassphrase } as const
  return (
    <Gate>
      <form class={styles.form} noValidate onSubmit={submit}>
        <h2>{busy ? own.busy : own.choose}</h2>
        <p class={styles.hint}>{hasOutgrown ? own.whyOutgrown : own.why}</p>
        {said && <Notice tone="alarm">{said}</Notice>}
        <TextField
          {...field}
          label={own.label}
          hint={first === '' ? own.hint : own.strength[strength]}
          autocomplete="off"
          value={first}
          onInput={(value) => {
            setFirst(value)
            setMistake(null)
          }}
        />
        <TextField
          {...field}
          label={own.repeat}
          autocomplete="off"
          value={second}
          onInput={setSecond}
        />
        <SwitchField label={own.show} checked={isShown} onInput={setShown} />
        <Button look="primary" wide type="submit" busy={busy}>
          {own.go}
        </Button>
      </form>
    </Gate>
  )
}
