import { TextField } from '#app/ui/kit/Field.tsx'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'

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
