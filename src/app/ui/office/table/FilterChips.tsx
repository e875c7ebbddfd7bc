import type { ComponentChildren } from 'preact'
import { Button } from '#app/ui/kit/Button.tsx'
import styles from './Table.module.css'

/** Any number of a few answers; one of them is enough. */
export function FilterChips<Value extends string>(props: {
  readonly label: string
  /** Said to those who hear it alone, where the same words stand above. */
  readonly isLabelHidden?: boolean
  readonly options: readonly Value[]
  readonly chosen: readonly Value[]
  readonly onChange: (chosen: Value[]) => void
  readonly draw: (value: Value) => ComponentChildren
}) {
  const { chosen } = props
  return (
    <fieldset class={styles.part} aria-label={props.isLabelHidden ? props.label : undefined}>
      {!props.isLabelHidden && <legend>{props.label}</legend>}
      <div class={styles.chips}>
        {props.options.map((value) => (
          <Button
            key={value}
            pressed={chosen.includes(value)}
            onClick={() =>
              props.onChange(
                chosen.includes(value)
                  ? chosen.filter((other) => other !== value)
                  : [...chosen, value],
              )
            }
          >
            {props.draw(value)}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}
