import type { TopicPart } from '#domain/topics/topic.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Chip, Chips } from '#app/ui/kit/Chip.tsx'
import { Select } from '#app/ui/kit/Field.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { partsWith } from '#app/views/topic-draft.ts'
import { buildingsToAsk, isAsked } from '#app/views/topics.ts'
import styles from './Topics.module.css'

/** Which buildings of a community are asked, grid by grid, and of each which entrance. */
export function DoorsField(props: {
  readonly place: string
  readonly parts: readonly TopicPart[]
  readonly error: string | undefined
  readonly onChange: (parts: readonly TopicPart[]) => void
}) {
  const app = useParts('register')
  const own = useTopicWords()
  const { place, parts, error, onChange } = props
  const grids = useRegister(app, (register) => buildingsToAsk(register, place), [place])
  return (
    <section class={styles.doors} aria-label={own.whichDoors}>
      <h2>{own.whichDoors}</h2>
      <p>{own.whichHint}</p>
      {error && <Notice tone="alarm">{error}</Notice>}
      {grids.length === 0 && (
        <Empty title={own.noBuildings}>
          <p>{own.noBuildingsHint}</p>
        </Empty>
      )}
      {grids.map(({ grid, name, buildings }) => (
        <Group key={grid} bare head={name}>
          {buildings
            .filter(({ id, units }) => units.length > 1 && isAsked(parts, id))
            .map(({ id, name: title, units }) => (
              <label key={id} class={styles.unit}>
                <span>{title}</span>
                <Select
                  label={own.unitOf(title)}
                  value={parts.find((part) => part.building === id)?.unit ?? ''}
                  options={[
                    { value: '', label: own.allUnits },
                    ...units.map((unit) => ({ value: unit, label: own.unit(unit) })),
                  ]}
                  onInput={(unit) => onChange(partsWith(parts, id, unit))}
                />
              </label>
            ))}
          <Chips label={name}>
            {buildings.map((building) => (
              <Chip
                key={building.id}
                on={isAsked(parts, building.id)}
                count={building.doors}
                onClick={() =>
                  onChange(partsWith(parts, building.id, isAsked(parts, building.id) ? null : ''))
                }
              >
                {building.name}
              </Chip>
            ))}
          </Chips>
        </Group>
      ))}
    </section>
  )
}
