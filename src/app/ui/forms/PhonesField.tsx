import { Button } from '../kit/Button.tsx'
import { TextField } from '../kit/Field.tsx'
import { useFormWords } from './form-words.ts'
import styles from './FormPage.module.css'

const MOST = 5

/** Telephones, one a line. */
export function PhonesField(props: {
  readonly phones: readonly string[]
  readonly error?: string | undefined
  readonly onChange: (phones: readonly string[]) => void
}) {
  const words = useFormWords()
  const lines = props.phones.length === 0 ? [''] : props.phones
  const change = (index: number, value: string) =>
    props.onChange(lines.map((line, at) => (at === index ? value : line)))
  return (
    <>
      {lines.map((phone, index) => (
        <div key={index} class={styles.inline}>
          <TextField
            label={words.forms.resident.phone}
            type="tel"
            inputMode="tel"
            maxLength={20}
            value={phone}
            onInput={(value) => change(index, value)}
            error={index === lines.length - 1 ? props.error : undefined}
          />
          {lines.length > 1 && (
            <Button
              icon="close"
              look="quiet"
              label={words.forms.resident.removePhone}
              onClick={() => props.onChange(lines.filter((_, at) => at !== index))}
            />
          )}
        </div>
      ))}
      {lines.length < MOST && lines.at(-1) !== '' && (
        <Button look="quiet" icon="plus" onClick={() => props.onChange([...lines, ''])}>
          {words.forms.resident.addPhone}
        </Button>
      )}
    </>
  )
}
