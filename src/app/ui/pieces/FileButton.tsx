import { useRef } from 'preact/hooks'
import { Button } from '#app/ui/kit/Button.tsx'

/** The way to a file of this device: a button in the place of the browser's own field. */
export function FileButton(props: {
  readonly label: string
  /** Endings of names, as the `accept` of an input. */
  readonly accept: string
  readonly wide?: boolean
  readonly onFile: (file: File) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        look="primary"
        wide={props.wide ?? false}
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
        aria-label={props.label}
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
