import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import styles from './Field.module.css'
import { isPinyinAlone, useComposing } from './use-composing.ts'

/** The fields of the first screen, which its script holds; all others stand in `Field.tsx`. */
export interface FieldProps {
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong, in words; stands under the field and is announced. */
  readonly error?: string | undefined
  /** The word for "must be filled", shown beside the label. */
  readonly required?: string | undefined
}

/** Label above, control, then hint or error below. `children` gets the ids that tie them together. */
export function Field(
  props: FieldProps & {
    readonly children: (ids: {
      id: string
      'aria-describedby': string | undefined
      'aria-invalid': boolean
    }) => ComponentChildren
  },
) {
  const id = useId()
  const note = props.error ?? props.hint
  return (
    <div class={styles.field}>
      <label for={id} class={styles.label}>
        {props.label}
        {props.required && <span class={styles.required}>{props.required}</span>}
      </label>
      {props.children({
        id,
        'aria-describedby': note ? `${id}-note` : undefined,
        'aria-invalid': props.error !== undefined,
      })}
      {note && (
        <p id={`${id}-note`} class={props.error ? styles.error : styles.hint} aria-live="polite">
          {note}
        </p>
      )}
    </div>
  )
}

export function TextField(
  props: FieldProps & {
    readonly value: string
    readonly onInput: (value: string) => void
    readonly type?: 'text' | 'password' | 'tel'
    readonly inputMode?: 'text' | 'numeric' | 'tel' | 'decimal'
    readonly maxLength?: number
    readonly autocomplete?:
      'off' | 'username' | 'current-password' | 'new-password' | 'one-time-code'
    readonly autoFocus?: boolean
    readonly disabled?: boolean
    readonly placeholder?: string
    readonly name?: string
    readonly onBlur?: () => void
    /** Finds something with each letter: it hears a text when the input method is done with it. */
    readonly searches?: boolean
  },
) {
  // preact's types tie each input type to its own role; these three take the same attributes.
  const kind = { type: props.type ?? 'text' } as { readonly type: 'text' }
  const { value, onInput, searches } = props
  const composing = useComposing(value, onInput, searches ? isPinyinAlone : undefined)
  return (
    <Field {...props}>
      {(ids) => (
        <input
          {...ids}
          class={styles.input}
          {...kind}
          inputMode={props.inputMode}
          maxLength={props.maxLength}
          autocomplete={props.autocomplete ?? 'off'}
          autofocus={props.autoFocus}
          disabled={props.disabled}
          placeholder={props.placeholder}
          name={props.name}
          required={props.required !== undefined}
          {...composing}
          onBlur={props.onBlur}
        />
      )}
    </Field>
  )
}

/** Yes or no, the whole line a target. */
export function SwitchField(props: {
  readonly label: string
  readonly hint?: string | undefined
  readonly checked: boolean
  readonly onInput: (checked: boolean) => void
}) {
  const id = useId()
  return (
    <label class={styles.switch} for={id}>
      <span>
        {props.label}
        {props.hint && <span class={styles.hint}>{props.hint}</span>}
      </span>
      <input
        id={id}
        type="checkbox"
        autocomplete="off"
        role="switch"
        checked={props.checked}
        onChange={(event) => props.onInput(event.currentTarget.checked)}
      />
    </label>
  )
}
