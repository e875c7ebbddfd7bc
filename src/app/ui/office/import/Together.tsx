import type { Choice, DoubtTally, ImportActs } from '#app/acts/imports.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import styles from './Import.module.css'
import { useImportWords } from './import-words.ts'

const answers: readonly Choice[] = ['same', 'move', 'join', 'apart', 'replace', 'new', 'leave']

/** Rows with the same doubt have mostly the same answer: one tap for all of them that have none yet. */
export function Together(props: { readonly acts: ImportActs }) {
  const { acts } = props
  const said = useImportWords()
  const doubts = useStore(acts.store, ({ tally }) => tally?.doubts)
  if (!doubts || doubts.length === 0) return null
  return (
    <section class={styles.card}>
      <h2>{said.together}</h2>
      <p class={styles.soft}>{said.togetherHint}</p>
      {doubts.map((tally) => (
        <One key={tally.doubt} tally={tally} acts={acts} />
      ))}
    </section>
  )
}

function One(props: { readonly tally: DoubtTally; readonly acts: ImportActs }) {
  const { tally, acts } = props
  const said = useImportWords()
  const { doubt, rows, undecided, settles } = tally
  return (
    <div class={styles.stack} role="group" aria-label={said.doubt[doubt]}>
      <p>
        <strong>{said.doubt[doubt]}</strong> {said.doubtRows(rows, undecided)}
      </p>
      <div class={styles.choices}>
        {answers.map((choice) => {
          const count = settles[choice] ?? 0
          return (
            count > 0 && (
              <Button key={choice} onClick={() => void acts.decideAll(doubt, choice)}>
                {said.all[choice](count)}
              </Button>
            )
          )
        })}
        {undecided < rows && (
          <Button look="quiet" onClick={() => void acts.decideAll(doubt, null)}>
            {said.allAnew}
          </Button>
        )}
      </div>
    </div>
  )
}
