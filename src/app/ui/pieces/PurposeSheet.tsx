import { revealPurposes } from '#domain/reveal.ts'
import { Button } from '../kit/Button.tsx'
import { Sheet } from '../kit/Sheet.tsx'
import { useWords } from '../words/use-words.ts'
import type { Reveals } from './reveals.ts'
import { Withheld } from './Withheld.tsx'
import { useWithheldWords } from './withheld-words.ts'
import styles from './Masked.module.css'

/** Asks what a value is looked at for: four purposes, one tap. */
export function PurposeSheet(props: { readonly reveals: Reveals }) {
  const words = useWords()
  const withheld = useWithheldWords()
  const { reveals } = props
  if (reveals.isWithheld) {
    return (
      <Sheet title={withheld.title} closeLabel={words.shell.close} onClose={() => reveals.cancel()}>
        <div class={styles.purposes}>
          <Withheld />
        </div>
      </Sheet>
    )
  }
  if (reveals.asking === null) return null
  return (
    <Sheet
      title={words.household.whyLook}
      closeLabel={words.shell.close}
      onClose={() => reveals.cancel()}
    >
      <div class={styles.purposes}>
        <p>{words.household.lookIsLogged}</p>
        {revealPurposes.map((purpose) => (
          <Button key={purpose} wide onClick={() => reveals.choose(purpose)}>
            {words.facts.purpose[purpose]}
          </Button>
        ))}
      </div>
    </Sheet>
  )
}
