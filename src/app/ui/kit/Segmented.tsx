import { useId } from 'preact/hooks'
import styles from './Segmented.module.css'

export interface Segment<Value extends string = string> {
  readonly value: Value
  readonly label: string
  /** With it the segments are ways to pages, and the chosen one is the page that stands there. */
  readonly href?: string
}

/** One of two to four, always one of them: a unit of a building, list or map. */
export function Segmented<Value extends string>(props: {
  readonly label: string
  readonly value: Value
  readonly options: readonly Segment<Value>[]
  readonly onChoose?: (value: Value) => void
}) {
  const { label, value, options, onChoose } = props
  const name = useId()
  if (options.some(({ href }) => href !== undefined)) {
    return (
      <nav class={styles.bar} aria-label={label}>
        {options.map((option) => (
          <a
            key={option.value}
            class={styles.part}
            href={option.href ?? ''}
            aria-current={option.value === value ? 'page' : undefined}
          >
            {option.label}
          </a>
        ))}
      </nav>
    )
  }
  return (
    <div class={styles.bar} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} class={styles.part}>
          <input
            type="radio"
            autocomplete="off"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChoose?.(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  )
}
