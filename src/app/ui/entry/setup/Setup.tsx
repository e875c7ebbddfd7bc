import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { loginPattern } from '#domain/login.ts'
import { subdistrictCodePattern } from '#protocol/setup.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SwitchField, TextField } from '#app/ui/kit/TextField.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { Gate } from '#app/ui/entry/sign-in/Gate.tsx'
import styles from '#app/ui/pieces/sign-in/Gate.module.css'
import { type setupWords, useSetupWords } from '#app/ui/words/setup-words.ts'
import { firstPages } from '#app/links/first.ts'

const empty = { name: '', code: '', person: '', login: '', password: '' }
type Values = typeof empty

/** The one-time address of an empty office: its subdistrict and its first administrator, on one page. */
export function Setup() {
  const app = useParts('officeActs')
  const words = useWords()
  const own = useSetupWords()
  const [values, setValues] = useState(empty)
  const [withSample, setWithSample] = useState(false)
  const [showErrors, setShowErrors] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Refused | null>(null)
  const [madeFor, setMadeFor] = useState<string | null>(null)
  if (madeFor !== null) return <Done login={madeFor} />

  const errors = errorsOf(values, { ...own, required: words.shell.required })
  const field = (key: keyof Values) => ({
    value: values[key],
    onInput: (value: string) => setValues((before) => ({ ...before, [key]: value })),
    error: showErrors ? errors[key] : undefined,
  })
  const submit = async (event: Event) => {
    event.preventDefault()
    setShowErrors(true)
    if (isBusy || Object.keys(errors).length > 0) return
    setBusy(true)
    setProblem(null)
    const { name, code, person, login, password } = values
    const answer = await app.officeActs.setUp({
      token: location.hash.slice(1),
      ...{ name: name.trim(), person: person.trim(), login: login.trim(), password },
      ...{ code: code.trim() || null, places: withSample ? 'sample' : 'none' },
    })
    setBusy(false)
    if (answer.ok) setMadeFor(login.trim())
    else setProblem(answer.problem)
  }
  return (
    <Gate lead={own.lead}>
      <form class={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        {problem && <Notice tone="alarm">{problemText(problem, own, words.problems)}</Notice>}
        <h2>{own.place}</h2>
        <TextField label={own.name} autocomplete="off" maxLength={40} {...field('name')} />
        <TextField
          label={own.code}
          hint={own.codeHint}
          autocomplete="off"
          inputMode="numeric"
          maxLength={12}
          {...field('code')}
        />
        <SwitchField
          label={own.sample}
          hint={own.sampleHint}
          checked={withSample}
          onInput={setWithSample}
        />
        <h2>{own.admin}</h2>
        <TextField label={own.person} autocomplete="off" maxLength={40} {...field('person')} />
        <TextField
          label={own.login}
          hint={own.loginHint}
          autocomplete="username"
          maxLength={32}
          {...field('login')}
        />
        <TextField
          label={own.password}
          hint={own.passwordHint}
          type="password"
          autocomplete="new-password"
          maxLength={256}
          {...field('password')}
        />
        <Button look="primary" wide type="submit" busy={isBusy}>
          {own.go}
        </Button>
      </form>
    </Gate>
  )
}

function Done(props: { readonly login: string }) {
  const own = useSetupWords()
  const { route } = useLocation()
  return (
    <Gate>
      <div class={styles.form}>
        <Notice>{own.done(props.login)}</Notice>
        <p class={styles.hint}>{own.next}</p>
        {/* The address is spent: going back does not lead here again. */}
        <Button look="primary" wide onClick={() => route(firstPages.today(), true)}>
          {own.signIn}
        </Button>
      </div>
    </Gate>
  )
}

type Refused = Extract<OfficeAnswer<unknown>, { readonly ok: false }>['problem']
type OwnWords = (typeof setupWords)['zh-CN']

function errorsOf(
  { name, code, person, login, password }: Values,
  own: OwnWords & { readonly required: string },
): Partial<Record<keyof Values, string>> {
  const isMissing = (value: string) => value.trim() === ''
  return {
    ...(isMissing(name) ? { name: own.required } : {}),
    ...(isMissing(code) || subdistrictCodePattern.test(code.trim()) ? {} : { code: own.codeWrong }),
    ...(isMissing(person) ? { person: own.required } : {}),
    ...(loginPattern.test(login.trim()) ? {} : { login: own.loginWrong }),
    ...(password === '' ? { password: own.required } : {}),
  }
}

function problemText(
  problem: Refused,
  own: OwnWords,
  others: Readonly<Record<Refused, string>>,
): string {
  if (problem === 'weak-password') return own.weak
  if (problem === 'not-allowed') return own.wrongAddress
  return problem === 'not-found' ? own.gone : others[problem]
}
