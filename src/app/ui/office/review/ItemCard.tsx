import { maskName } from '#domain/mask.ts'
import { likelihoodOf } from '#domain/same-person.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Icon, type IconName } from '#app/ui/kit/Icon.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { doorOfHousehold } from '#app/views/door.ts'
import { placeOfRecord } from '#app/views/record-place.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { ItemKind, ReviewItem } from '#app/views/review-items.ts'
import { useReviewWords } from './review-words.ts'
import styles from './Review.module.css'

const icons: Readonly<Record<ItemKind, IconName>> = {
  refused: 'alert',
  clash: 'sync',
  colour: 'edit',
  pair: 'me',
  device: 'device',
}

/** One line of the inbox: what kind, about whom, and in a few words why. */
export function ItemCard(props: { readonly item: ReviewItem; readonly isOpen: boolean }) {
  const said = useReviewWords()
  const { item, isOpen } = props
  const [title, why] = useCardWords(item)
  return (
    <a class={styles.card} href={item.href} aria-current={isOpen ? 'true' : undefined}>
      <Icon name={icons[item.kind]} />
      <span class={styles.text}>
        <span class={styles.soft}>{said.kind[item.kind]}</span>
        <strong>{title}</strong>
        <span class={styles.soft}>{why}</span>
      </span>
    </a>
  )
}

/** Title and reason. */
function useCardWords(item: ReviewItem): readonly [string, string] {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = useReviewWords()
  const levels = useLevels()
  const day = useStore(app.today, (store) => store.day)
  return useRegister(
    app,
    (register): readonly [string, string] => {
      const placeOf = (kind: string, id: string) => placeOfRecord(register, kind, id).where
      if (item.kind === 'clash') {
        const { kind, record, field } = item.clash.fields
        return [placeOf(kind, record), words.facts.field[field] ?? field]
      }
      if (item.kind === 'colour') {
        const { record, override, waits } = item.open
        const to = said.colourTo(levels[override.colour].word)
        return [placeOf(record.kind, record.id), `${to} · ${waits ? said.waits : said.counts}`]
      }
      if (item.kind === 'pair') {
        const first = register.get('resident', item.pair.first)?.fields
        const second = register.get('resident', item.pair.second)?.fields
        const doors = [first, second].map((one) =>
          one ? doorOfHousehold(register, one.household, true) : '',
        )
        const likelihood = said.likelihood[likelihoodOf(item.pair)]
        const reasons = item.pair.reasons.slice(0, 3).map((reason) => said.reason[reason])
        return [
          `${maskName(first?.name ?? '')} · ${[...new Set(doors)].join(' / ')}`,
          `${likelihood}：${reasons.join('、')}`,
        ]
      }
      if (item.kind === 'device') {
        const { account, report, name } = item.device
        return [`${account.name} · ${name}`, said.deviceRefused(report?.refused ?? 0, '')]
      }
      const { mutation, problem } = item.item
      const act = `${words.facts.op[mutation.op]}${words.facts.kind[mutation.kind]}`
      const where = placeOf(mutation.kind, mutation.record)
      return [
        [act, where].filter(Boolean).join(' '),
        [formatMoment(words, mutation.at, day), problem && words.problems[problem]]
          .filter(Boolean)
          .join(' '),
      ]
    },
    [item, words, day],
  )
}
