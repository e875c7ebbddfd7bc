import { useEffect, useState } from 'preact/hooks'
import type { ImportActs, QuestionView } from '#app/acts/imports.ts'
import { useStore } from '#app/stores/use-store.ts'
import { useGrowing } from '#app/ui/use-growing.ts'
import styles from './Import.module.css'
import { QuestionCard } from './QuestionCard.tsx'
import { useQuestionWords } from './question-words.ts'

const step = 20

/** What the roster leaves open: each question once, for all rows that say the same. */
export function Questions(props: { readonly acts: ImportActs }) {
  const { acts } = props
  const said = useQuestionWords()
  const { questions: tally, revision } = useStore(acts.store, (state) => state)
  const [questions, setQuestions] = useState<readonly QuestionView[]>([])
  const { count, mark, isWhole } = useGrowing(tally.total, step, 'questions')
  useEffect(() => {
    let isNow = true
    acts.questions(0, count).then(
      (found) => {
        if (isNow) setQuestions(found.questions)
      },
      () => undefined, // said by the store
    )
    return () => {
      isNow = false
    }
  }, [acts, count, revision])
  return (
    <div class={styles.stack}>
      <section class={styles.card}>
        <h2>{tally.open > 0 ? said.title(tally.open) : said.titleDone}</h2>
        <p class={styles.soft}>{tally.open > 0 ? said.hint(tally.waiting) : said.hintDone}</p>
      </section>
      <ul class={styles.rows}>
        {questions.map((asked) => (
          <li key={asked.question.key}>
            <QuestionCard
              asked={asked}
              onAnswer={(answer) => acts.answer(asked.question.key, answer)}
              divisions={acts.divisions}
            />
          </li>
        ))}
      </ul>
      {!isWhole && <div ref={mark} class={styles.mark} />}
    </div>
  )
}
