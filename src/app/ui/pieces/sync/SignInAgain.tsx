import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { CodeFields, NewPassword } from '#app/ui/pieces/sign-in/gate-later.ts'
import { PasswordField } from '#app/ui/pieces/sign-in/PasswordField.tsx'
import styles from './SyncSheet.module.css'

/** The session ended: the password brings it back, the PIN and all work stay. */
export function SignInAgain() {
  const app = useParts('session', 'syncActs')
  const words = useWords()
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [once, setOnce] = useState(false)
  const [code, setCode] = useState('')
  const [hasFactor, setHasFactor] = useState(false)
  const factor = useStore(app.session, (session) => session.factor)
  const asksCode = hasFactor || factor !== null
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | undefined>()
  const submit = async (event: Event) => {
    event.preventDefault()
    if (password === '' || (once && newPassword === '') || (asksCode && code.trim() === ''))
      return setError(words.shell.required)
    setBusy(true)
    const problem = await app.syncActs.signInAgain(
      password,
      once ? newPassword : undefined,
      asksCode ? code.trim() : undefined,
    )
    setBusy(false)
    // The office made the password anew: it opens only together with one's own.
    if (problem === 'new-password-needed') setOnce(true)
    if (problem === 'code-needed') setHasFactor(true)
    setError(problem ? words.problems[problem] : undefined)
  }
  return (
    <form class={styles.sheet} noValidate onSubmit={(event) => void submit(event)}>
      <Notice tone="alarm">{words.sync.sessionEnded}</Notice>
      <PasswordField
        label={words.session.password}
        value={password}
        onInput={setPassword}
        error={error}
      />
      {once && <NewPassword value={newPassword} onInput={setNewPassword} error={undefined} />}
      {asksCode && <CodeFields factor={factor} value={code} onInput={setCode} error={undefined} />}
      <Button look="primary" wide type="submit" busy={busy}>
        {words.sync.continueSync}
      </Button>
    </form>
  )
}
