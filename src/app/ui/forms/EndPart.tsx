import { Button } from '../kit/Button.tsx'

/** At the foot of a form: what is there ends today, in one tap, and what that means. */
export function EndPart(props: {
  readonly label: string
  readonly hint: string
  readonly onEnd: () => void
}) {
  return (
    <>
      <Button onClick={props.onEnd}>{props.label}</Button>
      <p>{props.hint}</p>
    </>
  )
}
