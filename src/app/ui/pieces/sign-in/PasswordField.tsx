import { TextField } from '#app/ui/kit/TextField.tsx'

/** The password that somebody has, so that the browser offers it and nothing else. */
export function PasswordField(props: {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly error?: string | undefined
}) {
  return (
    <TextField
      {...props}
      name="password"
      type="password"
      autocomplete="current-password"
      maxLength={256}
    />
  )
}
