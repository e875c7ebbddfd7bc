import { useState } from 'preact/hooks'
import { Field, type FieldProps } from './TextField.tsx'
import styles from './Field.module.css'
import { useComposing } from './use-composing.ts'

/**
 * A day that somebody remembers and types, such as a birth date: eight digits that stand as `1934 06 04`, in every language
 * of the browser. The value is `YYYY-MM-DD`, '' while it is empty, and what was typed while it is no whole day.
 */
export function DateTyped(
  props: FieldProps & {
    readonly value: string
    readonly onInput: (value: string) => void
    /** A day of the kind that is asked, as `YYYY-MM-DD`; of a birth where left out. */
    readonly example?: string
  },
) {
  const { value, onInput } = props
  // What was typed last, so that half a day is not lost between two letters.
  const [typed, setTyped] = useState(digitsOf(value))
  const digits =
    isDay(value) && digitsOf(value) !== typed ? digitsOf(value) : value === '' ? '' : typed
  const composing = useComposing(
    grouped(digits),
    (text) => {
      const next = digitsOf(text)
      setTyped(next)
      onInput(next.length === 8 ? `${next.slice(0, 4)}-${next.slice(4, 6)}-${next.slice(6)}` : next)
    },
    () => false,
  )
  return (
    <Field {...props}>
      {(ids) => (
        <input
          {...ids}
          class={styles.input}
          inputMode="numeric"
          autocomplete="off"
          maxLength={14}
          required={props.required !== undefined}
          placeholder={grouped(digitsOf(props.example ?? '1934-06-04'))}
          {...composing}
          onInput={(event) => {
            composing.onInput(event)
            if (!event.isComposing) regroup(event.currentTarget)
          }}
        />
      )}
    </Field>
  )
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** Of `1934年6月4日` and `1934-6-4` too: what is pasted has separators instead of zeros. */
function digitsOf(text: string): string {
  const plain = text.normalize('NFKC')
  const parts = plain.split(/\D+/).filter(Boolean)
  // The field's own spaces part nothing: a digit that was just erased must not come back as a zero.
  const isPasted = /[^\d\s]/.test(plain)
  if (isPasted && parts.length === 3 && parts[0]?.length === 4) {
    return parts
      .map((part, at) => (at === 0 ? part : part.padStart(2, '0')))
      .join('')
      .slice(0, 8)
  }
  return parts.join('').slice(0, 8)
}

/** At once and not with the next drawing: what changes no digit (a letter, a ninth one) draws nothing anew. */
function regroup(input: HTMLInputElement): void {
  const before = digitsOf(input.value.slice(0, input.selectionStart ?? input.value.length)).length
  input.value = grouped(digitsOf(input.value))
  const at = before + (before > 6 ? 2 : before > 4 ? 1 : 0)
  input.setSelectionRange(at, at)
}

function grouped(digits: string): string {
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].filter(Boolean).join(' ')
}
