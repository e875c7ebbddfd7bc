import { useEffect, useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/TextField.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { Gate } from './Gate.tsx'
import styles from '#app/ui/pieces/sign-in/Gate.module.css'
import { CodeFields, Filing, HomeScreen, NewPassword } from '#app/ui/pieces/sign-in/gate-later.ts'
import { PasswordField } from '#app/ui/pieces/sign-in/PasswordField.tsx'

/** Account and password; needs the network once for each account on a device. */
export function SignIn() {
  const app = useParts('session', 'sessionActs', 'device')
  const words = useWords()
  const session = useStore(app.session, (state) => state)
  const isByHand = useStore(app.device, (device) => device.homeScreen !== null)
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [code, setCode] = useState('')
  // Whoever is asked for a code for the first time has left nothing out yet.
  const [missedCode, setMissedCode] = useState(false)
  const [hasFactor, setHasFactor] = useState(false)
  const [once, setOnce] = useState(false)
  const [asked, setAsked] = useState(false)
  const isAsked = once || session.problem === 'new-password-needed'
  useEffect(() => setOnce(isAsked), [isAsked])
  const { problem, factor, retryAfter } = session
  const asksCode = hasFactor || problem === 'code-needed' || factor !== null
  useEffect(() => setHasFactor(asksCode), [asksCode])
  const missing = (value: string) =>
    asked && value.trim() === '' ? words.shell.required : undefined
  const submit = (event: Event) => {
    event.preventDefault()
    setAsked(true)
    if (login.trim() === '' || password === '' || (isAsked && newPassword === '')) return
    setMissedCode(asksCode && code.trim() === '')
    if (asksCode && code.trim() === '') return
    const chosen = isAsked ? newPassword : undefined
    void app.sessionActs.signIn(login.trim(), password, chosen, asksCode ? code.trim() : undefined)
  }
  return (
    <Gate lead={words.session.lead}>
      {isByHand && session.known.length === 0 && <HomeScreen />}
      <form class={styles.form} onSubmit={submit} noValidate>
        {problem && problem !== 'code-needed' && (
          <Notice tone="alarm">
            {problem === 'too-many-attempts' && retryAfter !== null
              ? words.session.waitSeconds(retryAfter)
              : words.problems[problem]}
          </Notice>
        )}
        <TextField
          label={words.session.login}
          name="login"
          autocomplete="username"
          maxLength={64}
          value={login}
          onInput={setLogin}
          error={missing(login)}
        />
        <PasswordField
          label={words.session.password}
          value={password}
          onInput={setPassword}
          error={missing(password)}
        />
        {isAsked && (
          <NewPassword value={newPassword} onInput={setNewPassword} error={missing(newPassword)} />
        )}
        {asksCode && (
          <CodeFields
            factor={factor}
            value={code}
            onInput={setCode}
            error={missedCode ? missing(code) : undefined}
          />
        )}
        <Button look="primary" wide type="submit" busy={session.busy}>
          {session.busy ? words.session.signingIn : words.session.signIn}
        </Button>
        <p class={styles.hint}>{words.session.signInNeedsNetwork}</p>
      </form>
      <KnownAccounts />
      <Filing />
    </Gate>
  )
}

/** Other accounts of this device, by login: each has its own PIN and its own sealed register. */
export function KnownAccounts() {
  const app = useParts('session', 'sessionActs')
  const words = useWords()
  const known = useStore(app.session, (state) => state.known)
  const current = useStore(app.session, (state) =>
    state.phase === 'locked' ? state.account?.id : undefined,
  )
  const others = known.filter((account) => account.id !== current)
  if (others.length === 0) return null
  return (
    <section class={styles.form}>
      <h2>{words.session.knownAccounts}</h2>
      {others.map((account) => (
        <Button
          key={account.id}
          wide
          icon="lock"
          onClick={() => app.sessionActs.switchTo(account.id)}
        >
          {account.login}
        </Button>
      ))}
    </section>
  )
}
