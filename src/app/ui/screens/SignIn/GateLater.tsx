/** What the page before the register fetches when it is drawn: together, since each script of its own costs the first screen. */
import { useEffect, useState } from 'preact/hooks'
import { useApp } from '#app/stores/use-store.ts'
import { TextField } from '#app/ui/kit/Field.tsx'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import styles from './Gate.module.css'

const newPasswordWords = {
  'zh-CN': { label: '新密码', hint: '至少 8 位，不要连号，不要和账号一样。' },
  en: { label: 'New password', hint: 'At least 8 characters, no run, not the account name.' },
}

/** One's own password, in the place of one that the office made or of the one before. */
export function NewPassword(props: {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly error: string | undefined
}) {
  const { required } = useWords().shell
  const said = useScreenWords(newPasswordWords)
  return (
    <TextField
      label={said.label}
      hint={said.hint}
      required={required}
      name="new-password"
      type="password"
      autocomplete="new-password"
      maxLength={256}
      value={props.value}
      onInput={props.onInput}
      error={props.error}
    />
  )
}

const filingWords = {
  'zh-CN': (number: string) => `备案号：${number}`,
  en: (number: string) => `Filing number: ${number}`,
}

/** The office's filing number, where it has one and there is a connection: nobody at work yet knows the policy. */
export function Filing() {
  const app = useApp()
  const said = useScreenWords(filingWords)
  const [number, setNumber] = useState<string | null>(null)
  useEffect(() => {
    let wanted = true
    void app.officeActs.filing().then((answer) => {
      if (wanted && answer.ok) setNumber(answer.value)
    })
    return () => {
      wanted = false
    }
  }, [app])
  return number && <p class={styles.hint}>{said(number)}</p>
}
