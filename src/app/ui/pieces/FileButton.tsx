import { useRef } from 'preact/hooks'
import { Button } from '#app/ui/kit/Button.tsx'

/** The way to a file of this device: a button in the place of the browser's own field. */
export function FileButton(props: {
  readonly label: string
  /** What the field is called where the button says something else by now. */
  readonly field?: string
  /** Endings of names, as the `accept` of an input. */
  readonly accept?: string
  readonly look?: 'primary' | 'plain'
  readonly wide?: boolean
  readonly busy?: boolean
  readonly onFile: (file: File) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        look={props.look ?? 'primary'}
        wide={props.wide ?? false}
        busy={props.busy ?? false}
        icon="plus"
        onClick={() => input.current?.click()}
      >
        {props.label}
      </Button>
      <input
        ref={input}
        type="file"
        autocomplete="off"
        hidden
        aria-label={props.field ?? props.label}
        accept={props.accept}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          // The same file may be chosen once more.
          event.currentTarget.value = ''
          if (file) props.onFile(file)
        }}
      />
    </>
  )
}
