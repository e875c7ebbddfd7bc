import { Button } from '#app/ui/kit/Button.tsx'

/** Shows what was closed, or hides it again. */
export function ClosedButton(props: {
  readonly label: string
  readonly isOpen: boolean
  readonly onToggle: (isOpen: boolean) => void
}) {
  const { isOpen, onToggle } = props
  return (
    <Button look="quiet" icon={isOpen ? 'minus' : 'plus'} onClick={() => onToggle(!isOpen)}>
      {props.label}
    </Button>
  )
}
