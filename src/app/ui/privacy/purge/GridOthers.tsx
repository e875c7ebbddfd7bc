import type { ListedOthers } from '#protocol/purge.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePurgeWords } from './purge-words.ts'
import styles from './Purge.module.css'

/** Declarations, voices of doors or plates of one grid: how many, and from when on. */
export function GridOthers(props: { readonly others: ListedOthers }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = usePurgeWords()
  const { stream, rule, count, due } = props.others
  const today = useStore(app.today, (store) => store.day)
  const name = useRegister(app, (register) => register.get('place', stream)?.fields.name ?? '', [
    stream,
  ])
  return (
    <article class={styles.item}>
      <strong>{name}</strong>
      <span>
        {said.othersOf[rule](count)} {formatDay(words, due, today)}
      </span>
    </article>
  )
}
