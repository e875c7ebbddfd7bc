import { Icon } from './Icon.tsx'
import styles from './PinPad.module.css'

/** Six digits with big keys; a keyboard's digits work as well. Shows how many were typed, never which. */
export function PinPad(props: {
  readonly value: string
  readonly length: number
  readonly disabled?: boolean
  readonly label: string
  readonly eraseLabel: string
  readonly onChange: (value: string) => void
}) {
  const press = (digit: string) => {
    if (!props.disabled && props.value.length < props.length) props.onChange(props.value + digit)
  }
  const erase = () => props.onChange(props.value.slice(0, -1))
  return (
    <div
      class={styles.pad}
      role="group"
      aria-label={props.label}
      onKeyDown={(event) => {
        if (/^\d$/.test(event.key)) press(event.key)
        if (event.key === 'Backspace') erase()
      }}
    >
      <div class={styles.dots} role="status" aria-label={`${props.value.length}/${props.length}`}>
        {Array.from({ length: props.length }, (_, index) => (
          <span key={index} class={index < props.value.length ? styles.full : styles.dot} />
        ))}
      </div>
      <div class={styles.keys}>
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
          <Key key={digit} text={digit} disabled={props.disabled} onPress={() => press(digit)} />
        ))}
        <span />
        <Key text="0" disabled={props.disabled} onPress={() => press('0')} />
        <button
          type="button"
          class={styles.key}
          aria-label={props.eraseLabel}
          disabled={props.disabled}
          onClick={erase}
        >
          <Icon name="erase" />
        </button>
      </div>
    </div>
  )
}

function Key(props: { text: string; disabled?: boolean | undefined; onPress: () => void }) {
  return (
    <button type="button" class={styles.key} disabled={props.disabled} onClick={props.onPress}>
      {props.text}
    </button>
  )
}
