import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { usePlacesWords } from './places-words.ts'
import styles from './Places.module.css'
import { useWords } from '#app/ui/words/use-words.ts'
import { formatFacts } from '#app/ui/format.ts'

/** Somebody else changed what a form was opened on: what it is now, and the way to begin with that. */
export function Newer(props: { readonly now: readonly string[]; readonly onTake: () => void }) {
  const own = usePlacesWords()
  const words = useWords()
  return (
    <Notice tone="alarm">
      <div class={styles.list}>
        <p>{own.newer(formatFacts(words, props.now))}</p>
        <Button onClick={props.onTake}>{own.takeNewer}</Button>
      </div>
    </Notice>
  )
}
