import { useState } from 'preact/hooks'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'

/** One tap says what it means, the next does it. */
export function Twice(props: {
  readonly label: string
  readonly ask: string
  readonly onGo: () => void
}) {
  const [isAsking, setAsking] = useState(false)
  const go = () => {
    if (isAsking) props.onGo()
    setAsking(!isAsking)
  }
  return (
    <>
      {isAsking && <Notice>{props.ask}</Notice>}
      <Button look={isAsking ? 'danger' : 'plain'} onClick={go}>
        {props.label}
      </Button>
    </>
  )
}
