import { useId } from 'preact/hooks'
import styles from './Field.module.css'
import { Icon } from './Icon.tsx'
import { Field, type FieldProps } from './TextField.tsx'

export { Field, SwitchField, TextField } from './TextField.tsx'

export function TextAreaField(
  props: FieldProps & {
    readonly value: string
    readonly onInput: (value: string) => void
    readonly maxLength?: number
  },
) {
  return (
    <Field {...props}>
      {(ids) => (
        <textarea
          {...ids}
          class={styles.input}
          autocomplete="off"
          rows={3}
          maxLength={props.maxLength}
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

/** The device's own day picker; the value is `YYYY-MM-DD` or ''. */
export function DateField(
  props: FieldProps & {
    readonly value: string
    readonly onInput: (value: string) => void
    readonly min?: string
    readonly max?: string
  },
) {
  return (
    <Field {...props}>
      {(ids) => (
        <input
          {...ids}
          class={styles.input}
          type="date"
          autocomplete="off"
          min={props.min}
          max={props.max}
          required={props.required !== undefined}
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

export interface Option {
  readonly value: string
  readonly label: string
}

interface SelectProps {
  readonly value: string
  readonly options: readonly Option[]
  /** The line for "not known"; without it one must be chosen. */
  readonly emptyLabel?: string
  readonly onInput: (value: string) => void
}

/** For more than some six options; fewer stand better as a `ChoiceField`. */
export function SelectField(props: FieldProps & SelectProps) {
  return (
    <Field {...props}>
      {(ids) => <Choose {...props} ids={{ ...ids, required: props.required !== undefined }} />}
    </Field>
  )
}

/** In a bar or a table, where what stands beside it says what is chosen: its label is heard alone. */
export function Select(props: SelectProps & { readonly label: string }) {
  return <Choose {...props} ids={{ 'aria-label': props.label }} />
}

function Choose(
  props: SelectProps & { readonly ids: Readonly<Record<string, string | boolean | undefined>> },
) {
  return (
    <span class={styles.select}>
      <select
        {...props.ids}
        class={styles.input}
        autocomplete="off"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      >
        {props.emptyLabel !== undefined && <option value="">{props.emptyLabel}</option>}
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  )
}

/** A few options side by side, each a full target; radio buttons underneath, so the arrow keys work. */
export function ChoiceField(
  props: FieldProps & {
    readonly value: string
    readonly options: readonly Option[]
    readonly onInput: (value: string) => void
  },
) {
  const name = useId()
  const note = props.error ?? props.hint
  return (
    <fieldset
      class={styles.field}
      aria-invalid={props.error !== undefined}
      aria-describedby={note ? `${name}-note` : undefined}
    >
      <legend class={styles.label}>
        {props.label}
        {props.required && <span class={styles.required}>{props.required}</span>}
      </legend>
      <div class={`${styles.choices} ${columnsOf(props.options)}`}>
        {props.options.map((option) => (
          <label key={option.value} class={styles.choice}>
            <input
              type="radio"
              autocomplete="off"
              name={name}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onInput(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {note && (
        <p id={`${name}-note`} class={props.error ? styles.error : styles.hint} aria-live="polite">
          {note}
        </p>
      )}
    </fieldset>
  )
}

/** Two and three stand in one line, four only where all words are so short that each has its room. */
function columnsOf(options: readonly Option[]): string {
  if (options.length === 2) return styles.in2 ?? ''
  const isBrief = options.every(({ label }) => label.length <= 2)
  if (options.length === 3) return `${styles.in3} ${isBrief ? styles.brief : ''}`
  if (options.length !== 4) return ''
  return (isBrief ? styles.in4 : styles.in2) ?? ''
}
