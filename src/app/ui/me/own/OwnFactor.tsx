import { useEffect, useState } from 'preact/hooks'
import type { FactorState, FactorToSet } from '#protocol/second-factor.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Soft } from '#app/ui/kit/Part.tsx'
import { CodeFields, RecoveryCodes } from '#app/ui/pieces/sign-in/gate-later.ts'
import { PasswordField } from '#app/ui/pieces/sign-in/PasswordField.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useOwnFactorWords } from './own-factor-words.ts'
import styles from './Me.module.css'

/** One's own second factor: set up, new recovery codes, ended where the policy lets one. With a connection. */
export function OwnFactor() {
  const words = useWords()
  const said = useOwnFactorWords()
  const own = useOwnFactor()
  const { state, factor, codes, busy, problem, password, code } = own
  return (
    <details onToggle={(event) => own.open(event.currentTarget.open)}>
      <summary>{said.title}</summary>
      <div class={styles.me}>
        <Soft>{said.hint}</Soft>
        {problem && <Notice tone="alarm">{problem}</Notice>}
        {codes && <RecoveryCodes codes={codes} onSeen={own.seen} />}
        {!codes && state && !state.isOn && !factor && (
          <>
            <p>{state.isRequired ? said.required : said.off}</p>
            <PasswordField
              label={words.session.password}
              value={password}
              onInput={own.setPassword}
            />
            <Button wide busy={busy} onClick={own.begin}>
              {said.begin}
            </Button>
          </>
        )}
        {!codes && factor && (
          <>
            <CodeFields factor={factor} value={code} onInput={own.setCode} error={undefined} />
            <Button look="primary" wide busy={busy} onClick={own.confirm}>
              {said.confirm}
            </Button>
          </>
        )}
        {!codes && state?.isOn && (
          <>
            <p>{said.on(state.codesLeft)}</p>
            <CodeFields factor={null} value={code} onInput={own.setCode} error={undefined} />
            <Button wide busy={busy} onClick={own.renew}>
              {said.renew}
            </Button>
            {state.isRequired ? (
              <Soft>{said.mustStay}</Soft>
            ) : (
              <Button wide busy={busy} onClick={own.end}>
                {said.end}
              </Button>
            )}
          </>
        )}
      </div>
    </details>
  )
}

/** What the office says of one's own second factor, and the acts on it, one at a time. */
function useOwnFactor() {
  const app = useParts('officeActs')
  const words = useWords()
  const [isOpen, setOpen] = useState(false)
  const [state, setState] = useState<FactorState | null>(null)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [factor, setFactor] = useState<FactorToSet | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const load = async (isWanted: () => boolean) => {
    const answer = await app.officeActs.factorState()
    if (!isWanted()) return
    if (answer.ok) setState(answer.value)
    else setProblem(words.problems[answer.problem])
  }
  useEffect(() => {
    let wanted = isOpen
    if (isOpen) void load(() => wanted)
    return () => {
      wanted = false
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked once each time that it is opened
  }, [isOpen])

  /** One act at a time; what was typed stays where it was refused. */
  const run = async <T,>(act: () => Promise<T | null>, then: (value: T) => void) => {
    setBusy(true)
    setProblem(null)
    const value = await act()
    setBusy(false)
    if (value === null) return
    setCode('')
    setPassword('')
    then(value)
  }
  type Asked<T> = { ok: true; value: T } | { ok: false; problem: keyof typeof words.problems }
  const told = <T,>(answer: Asked<T>): T | null => {
    if (answer.ok) return answer.value
    setProblem(words.problems[answer.problem])
    return null
  }
  const begin = () => run(async () => told(await app.officeActs.beginFactor(password)), setFactor)
  const confirm = () =>
    run(
      async () => told(await app.officeActs.confirmFactor(code.trim())),
      (value) => {
        setFactor(null)
        setCodes(value.codes)
        void load(() => true)
      },
    )
  const renew = () =>
    run(
      async () => told(await app.officeActs.newRecoveryCodes(code.trim())),
      (value) => {
        setCodes(value.codes)
        void load(() => true)
      },
    )
  const end = () =>
    run(
      async () => told(await app.officeActs.endFactor(code.trim())),
      () => void load(() => true),
    )
  const when = (typed: string, act: () => Promise<void>) => () => {
    if (typed.trim() !== '') void act()
  }
  return {
    ...{ state, factor, codes, busy, problem, password, setPassword, code, setCode },
    open: setOpen,
    seen: () => setCodes(null),
    begin: when(password, begin),
    confirm: when(code, confirm),
    renew: when(code, renew),
    end: when(code, end),
  }
}
