import { codeOptions } from '#domain/code-tables.ts'
import type { Day } from '#domain/day.ts'
import type { Hazard } from '#domain/dwelling.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import styles from '#app/ui/forms/FormPage.module.css'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField, SwitchField, TextField } from '#app/ui/kit/Field.tsx'
import { useFormWords } from '#app/ui/forms/form-words.ts'

/** Hazards of a room: found, cleared with one tap, never deleted once they were saved. */
export function HazardsField(props: {
  readonly hazards: readonly Hazard[]
  readonly day: Day
  readonly error: string | undefined
  readonly onChange: (hazards: readonly Hazard[]) => void
}) {
  const app = useParts('work')
  const words = useFormWords()
  const { hazards, day } = props
  const change = (id: string, part: Partial<Hazard>) =>
    props.onChange(hazards.map((hazard) => (hazard.id === id ? { ...hazard, ...part } : hazard)))
  const types = codeOptions('safety_hazard').filter((option) => option.value !== '00')
  return (
    <>
      {hazards.map((hazard) => (
        <div key={hazard.id} class={styles.group}>
          <SelectField
            label={words.forms.dwelling.hazardType}
            value={hazard.type}
            options={types}
            onInput={(type) => change(hazard.id, { type })}
          />
          <SwitchField
            label={words.forms.dwelling.toLife}
            checked={hazard.toLife === true}
            onInput={(toLife) => change(hazard.id, { toLife })}
          />
          <TextField
            label={words.forms.dwelling.hazardNote}
            maxLength={200}
            value={hazard.note ?? ''}
            onInput={(note) => change(hazard.id, { note: note === '' ? null : note })}
          />
          <p class={styles.hint}>
            {formatFacts(words, [
              `${words.forms.dwelling.found} ${formatDay(words, hazard.found, day)}`,
              hazard.cleared &&
                `${words.forms.dwelling.cleared} ${formatDay(words, hazard.cleared, day)}`,
            ])}
          </p>
          <Button onClick={() => change(hazard.id, { cleared: hazard.cleared ? null : day })}>
            {hazard.cleared ? words.forms.dwelling.reopen : words.forms.dwelling.clear}
          </Button>
        </div>
      ))}
      {props.error && (
        <p class={styles.wrong} role="alert">
          {props.error}
        </p>
      )}
      <Button
        icon="plus"
        onClick={() =>
          props.onChange([...hazards, { id: app.work.newId(), type: '02', found: day }])
        }
      >
        {words.forms.dwelling.addHazard}
      </Button>
    </>
  )
}
