import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { sheetsOf } from '#app/views/sheets-of-topic.ts'
import styles from './Topics.module.css'

/** Of paper: the sheets that were photographed with other doors; a tap says that this door signed that one. */
export function SheetField(props: {
  readonly topic: string
  readonly dwelling: Rec<'dwelling'>
  /** The photograph; '' where none is chosen. */
  readonly chosen: string
  readonly onChoose: (photo: string) => void
}) {
  const app = useParts('register')
  const own = useTopicWords()
  const { topic, dwelling, chosen, onChoose } = props
  const sheets = useRegister(app, (register) => sheetsOf(register, topic, dwelling.stream), [
    topic,
    dwelling.stream,
  ])
  if (sheets.length === 0) return null
  return (
    <section class={styles.doors} aria-label={own.sheets}>
      <h2>{own.sheets}</h2>
      <p>{own.sheetsHint}</p>
      <div class={styles.sheets}>
        {sheets.map(({ id, picture }, at) => (
          <button
            key={id}
            type="button"
            class={styles.sheet}
            aria-pressed={chosen === id}
            aria-label={own.sheetNth(at + 1)}
            onClick={() => onChoose(chosen === id ? '' : id)}
          >
            <img alt="" src={`data:image/jpeg;base64,${picture.thumbnail}`} />
          </button>
        ))}
      </div>
    </section>
  )
}
