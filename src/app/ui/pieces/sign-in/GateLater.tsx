/** What the page before the register fetches when it is drawn: together, since each script of its own costs the first screen. */
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { TextField } from '#app/ui/kit/TextField.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useSetupWords } from '#app/ui/words/setup-words.ts'
import { useHomeScreenWords } from './home-screen-words.ts'
import { useAsked } from '#app/ui/use-asked.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Gate.module.css'
import { useNewPasswordWords } from './new-password-words.ts'
import { useFilingWords } from './filing-words.ts'

/** One's own password, in the place of one that the office made or of the one before. */
export function NewPassword(props: {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly error: string | undefined
}) {
  const { required } = useWords().shell
  const said = useNewPasswordWords()
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

/**
 * The office's filing number and who answers for the app, where there is a connection: nobody at work yet knows the
 * policy. An app that nobody filed may not be used for real people (国办函〔2026〕12号); a demo has none.
 */
export function Filing() {
  const app = useParts('officeActs')
  const said = useFilingWords()
  const filed = useAsked(app.officeActs.filing)
  const setup = useAsked(app.officeActs.setupState)
  const { waiting } = useSetupWords()
  if (setup?.isWaiting) return <Notice>{waiting}</Notice>
  if (!filed) return null
  const { filingNumber, owner, isDemo } = filed
  if (!filingNumber) return isDemo === false ? <Notice tone="alarm">{said.none}</Notice> : null
  return (
    <p class={styles.hint}>
      {[said.number(filingNumber), owner && said.owner(owner)].filter(Boolean).join(' · ')}
    </p>
  )
}

/**
 * Before the first sign-in, where it has to be done by hand: an app on the home screen has a storage of its own, so that
 * whoever signs in first would fetch everything twice.
 */
export function HomeScreen() {
  const step = useStore(useParts('device').device, (device) => device.homeScreen)
  const said = useHomeScreenWords()
  return step && <Notice>{said[step]}</Notice>
}
