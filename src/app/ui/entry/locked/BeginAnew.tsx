import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'

/** The way out where the account's database does not open: another one beside it, and nothing is deleted. */
export function BeginAnew() {
  const app = useParts('sessionActs')
  const words = useWords()
  const [asking, setAsking] = useState(false)
  if (!asking) {
    return (
      <Button wide onClick={() => setAsking(true)}>
        {words.session.stillNotOpen}
      </Button>
    )
  }
  return (
    <>
      <Notice>{words.session.beginAnewAsk}</Notice>
      <Button look="primary" wide onClick={() => void app.sessionActs.beginAnew()}>
        {words.session.beginAnewYes}
      </Button>
    </>
  )
}
