/** The second factor as somebody meets it: a code to type, a picture to read once, and codes for a sheet of paper. */
import type { FactorToSet } from '#protocol/second-factor.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/TextField.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { QrPicture } from '#app/ui/pieces/QrPicture.tsx'
import { useSecondFactorWords } from './second-factor-words.ts'
import styles from './SecondFactor.module.css'

/** `factor`: what the authenticator has to read first; null where it has. */
export function CodeFields(props: {
  readonly factor: FactorToSet | null
  readonly value: string
  readonly onInput: (value: string) => void
  readonly error: string | undefined
}) {
  const said = useSecondFactorWords()
  const { factor } = props
  return (
    <>
      {factor && (
        <section class={styles.part}>
          <h2>{said.setTitle}</h2>
          <p>{said.setHint}</p>
          <div class={styles.picture}>
            <QrPicture text={factor.uri} label={said.picture} />
          </div>
          <p class={styles.soft}>{said.byHand}</p>
          <p class={styles.secret}>{factor.secret.match(/.{1,4}/g)?.join(' ')}</p>
        </section>
      )}
      <TextField
        label={said.code}
        {...(factor ? {} : { hint: said.codeHint })}
        name="code"
        autocomplete="one-time-code"
        maxLength={32}
        value={props.value}
        onInput={props.onInput}
        error={props.error}
      />
    </>
  )
}

export function RecoveryCodes(props: {
  readonly codes: readonly string[]
  readonly onSeen: () => void
}) {
  const said = useSecondFactorWords()
  return (
    <section class={styles.part}>
      <h2>{said.codesTitle}</h2>
      <Notice>{said.codesHint}</Notice>
      <ul class={styles.codes}>
        {props.codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button look="primary" wide icon="check" onClick={props.onSeen}>
        {said.codesSeen}
      </Button>
    </section>
  )
}
