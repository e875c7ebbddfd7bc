import type { Item } from '#domain/requests/catalogue.ts'
import { formatFacts } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { Unit } from '#app/views/request-rules.ts'
import { isWholeItem } from '#app/views/rules-draft.ts'
import { ItemFields } from './ItemFields.tsx'
import { useRulesWords } from './rules-words.ts'

/** Kinds of matters, one a line; the one that is open shows its fields. */
export function ItemList(props: {
  readonly items: readonly Item[]
  readonly units: readonly Unit[]
  readonly open: string | null
  readonly showErrors: boolean
  readonly onOpen: (id: string | null) => void
  readonly onChange: (id: string, more: Partial<Item>) => void
  readonly onRemove: (id: string) => void
}) {
  const own = useRulesWords()
  const { items, units, open, showErrors, onOpen, onChange, onRemove } = props
  if (items.length === 0) return null
  return (
    <Group label={own.items}>
      {items.map((item) => (
        <li key={item.id} class={styles.folded}>
          <details
            open={open === item.id}
            onToggle={({ currentTarget }) => {
              if (currentTarget.open) onOpen(item.id)
              else if (open === item.id) onOpen(null)
            }}
          >
            <Line item={item} units={units} isWrong={showErrors && !isWholeItem(item)} />
            {open === item.id && (
              <div class={styles.fields}>
                <ItemFields
                  item={item}
                  units={units}
                  showErrors={showErrors}
                  onChange={(more) => onChange(item.id, more)}
                />
                <Button look="danger" onClick={() => onRemove(item.id)}>
                  {own.remove}
                </Button>
              </div>
            )}
          </details>
        </li>
      ))}
    </Group>
  )
}

/** What it is called, who acts and within how long. */
function Line(props: {
  readonly item: Item
  readonly units: readonly Unit[]
  readonly isWrong: boolean
}) {
  const words = useWords()
  const own = useRulesWords()
  const said = useRequestsWords()
  const { item, units, isWrong } = props
  const isEnglish = words.language === 'en'
  const answer = item.limits?.answer
  const unit = units.find(({ id }) => id === item.unit)?.name
  return (
    <summary>
      <strong>
        {formatFacts(words, [
          (isEnglish ? item.nameEn : item.name) || own.fresh,
          isWrong && own.missing,
        ])}
      </strong>
      <span class={styles.soft}>
        {formatFacts(words, [
          isEnglish ? item.groupEn : item.group,
          unit ?? own.noUnit,
          answer && own.within(answer.count, own.units[answer.unit]),
          item.level !== 'ordinary' && said.level[item.level],
        ])}
      </span>
    </summary>
  )
}
