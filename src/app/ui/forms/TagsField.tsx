import type { Day } from '#domain/day.ts'
import { careTags, tagSources, type CareTag, type Tag } from '#domain/resident.ts'
import { Button } from '../kit/Button.tsx'
import { ChoiceField, DateField, SelectField } from '../kit/Field.tsx'
import { useFormWords } from './form-words.ts'
import styles from './FormPage.module.css'

/** Care tags, each with who says so, from when and until when. */
export function TagsField(props: {
  readonly tags: readonly Tag[]
  readonly day: Day
  readonly error?: string | undefined
  readonly onChange: (tags: readonly Tag[]) => void
}) {
  const words = useFormWords()
  const { tags } = props
  const free = careTags.filter((tag) => !tags.some((held) => held.tag === tag))
  const change = (index: number, part: Partial<Tag>) =>
    props.onChange(tags.map((tag, at) => (at === index ? { ...tag, ...part } : tag)))
  return (
    <>
      {tags.map((tag, index) => (
        <div key={tag.tag} class={styles.group}>
          <h3>{words.facts.tag[tag.tag]}</h3>
          {tag.tag === 'disabled' && (
            <ChoiceField
              label={words.forms.resident.grade}
              value={tag.grade ? String(tag.grade) : ''}
              options={[1, 2, 3, 4].map((grade) => ({
                value: String(grade),
                label: words.facts.grade(grade),
              }))}
              onInput={(grade) => change(index, { grade: Number(grade) })}
            />
          )}
          <ChoiceField
            label={words.forms.resident.source}
            value={tag.source}
            options={tagSources.map((source) => ({
              value: source,
              label: words.facts.tagSource[source],
            }))}
            onInput={(source) => change(index, { source: source as Tag['source'] })}
          />
          <DateField
            label={words.forms.resident.from}
            value={tag.from}
            onInput={(from) => change(index, { from })}
          />
          <DateField
            label={words.forms.resident.until}
            min={tag.from}
            value={tag.until ?? ''}
            onInput={(until) => change(index, { until: until === '' ? null : until })}
          />
          <Button
            look="quiet"
            icon="close"
            onClick={() => props.onChange(tags.filter((_, at) => at !== index))}
          >
            {words.forms.resident.removeTag}
          </Button>
        </div>
      ))}
      {free.length > 0 && (
        <SelectField
          label={tags.length === 0 ? words.forms.resident.tags : words.forms.resident.addTag}
          value=""
          emptyLabel={words.forms.resident.addTag}
          options={free.map((tag) => ({ value: tag, label: words.facts.tag[tag] }))}
          error={props.error}
          onInput={(tag) => {
            if (tag !== '') {
              const added: Tag = { tag: tag as CareTag, source: 'seen', from: props.day }
              props.onChange([...tags, added])
            }
          }}
        />
      )}
    </>
  )
}
