import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Soft } from '#app/ui/kit/Part.tsx'
import { NewPassword } from '#app/ui/pieces/sign-in/gate-later.ts'
import { PasswordField } from '#app/ui/pieces/sign-in/PasswordField.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useOwnPasswordWords } from './own-password-words.ts'
import styles from './Me.module.css'

/** Changing one's own password, with a connection; the PIN and all work stay. */
export function OwnPassword() {
  const app = useParts('officeActs')
  const words = useWords()
  const said = useOwnPasswordWords()
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<string | null>(null)
  const [done, setDone] = useState(false)
  const missing = (value: string) => (asked && value === '' ? words.shell.required : undefined)
  const submit = async (event: Event) => {
    event.preventDefault()
    setAsked(true)
    setDone(false)
    setAnswer(null)
    if (password === '' || newPassword === '') return
    setBusy(true)
    const changed = await app.officeActs.changePassword(password, newPassword)
    setBusy(false)
    if (!changed.ok) return setAnswer(words.problems[changed.problem])
    setAsked(false)
    setPassword('')
    setNewPassword('')
    setDone(true)
  }
  return (
    <details>
      <summary>{said.change}</summary>
      <form class={styles.me} noValidate onSubmit={(event) => void submit(event)}>
        <Soft>{said.hint}</Soft>
        <PasswordField
          label={said.before}
          value={password}
          onInput={setPassword}
          error={missing(password)}
        />
        <NewPassword value={newPassword} onInput={setNewPassword} error={missing(newPassword)} />
        {answer && <Notice tone="alarm">{answer}</Notice>}
        {done && <Notice>{said.done}</Notice>}
        <Button wide type="submit" busy={busy}>
          {said.change}
        </Button>
      </form>
    </details>
  )
}
