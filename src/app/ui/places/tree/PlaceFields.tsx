import { TextField } from '#app/ui/kit/Field.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { codeProblem, nameProblem } from '#app/views/place-fields.ts'
import { usePlacesWords } from './places-words.ts'

export interface NameAndCode {
  readonly name: string
  readonly code: string
}

/** How many of the two are wrong. */
export function countFaults({ name, code }: NameAndCode): number {
  return Number(nameProblem(name)) + Number(codeProblem(code))
}

/** What a place is called, and its division code where places of its kind have one. */
export function PlaceFields(props: {
  readonly value: NameAndCode
  readonly hasCode: boolean
  /** Somebody tried to save: what is wrong is said. */
  readonly asked: boolean
  onInput(change: Partial<NameAndCode>): void
}) {
  const own = usePlacesWords()
  const { required } = useWords().shell
  const { value, asked } = props
  return (
    <>
      <TextField
        label={own.name}
        required={required}
        maxLength={40}
        value={value.name}
        error={asked && nameProblem(value.name) ? own.nameMissing : undefined}
        onInput={(name) => props.onInput({ name })}
      />
      {props.hasCode && (
        <TextField
          label={own.code}
          hint={own.codeHint}
          inputMode="numeric"
          maxLength={12}
          value={value.code}
          error={asked && codeProblem(value.code) ? own.codeWrong : undefined}
          onInput={(code) => props.onInput({ code })}
        />
      )}
    </>
  )
}
