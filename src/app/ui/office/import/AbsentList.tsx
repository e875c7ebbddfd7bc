import { useEffect, useState } from 'preact/hooks'
import { maskName } from '#domain/mask.ts'
import type { AbsentAnswer, AbsentPeople, ImportActs } from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { doorOf } from '#app/views/door.ts'
import { PurposeSheet } from '#app/ui/pieces/PurposeSheet.tsx'
import { useGrowing } from '#app/ui/use-growing.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useDetailWords } from './detail-words.ts'
import { ShowAllButton } from './ShowAllButton.tsx'
import styles from './Import.module.css'
import { useRowReveal } from './use-row-reveal.ts'

const answers: readonly AbsentAnswer[] = ['stay', 'left', 'ask']
const step = 30

/** Who is in the register and not in the roster, at the doors that it covers: one answer for all, or one by one. */
export function AbsentList(props: { readonly acts: ImportActs }) {
  const { acts } = props
  const more = useDetailWords()
  const { absent, revision } = useStore(acts.store, (state) => state)
  const [people, setPeople] = useState<AbsentPeople['people']>([])
  const { count, mark, isWhole } = useGrowing(absent.total, step, 'absent')
  useEffect(() => {
    let isNow = true
    acts.absent(0, count).then(
      (found) => {
        if (isNow) setPeople(found.people)
      },
      () => undefined, // said by the store
    )
    return () => {
      isNow = false
    }
  }, [acts, count, revision])
  const answered = absent.left + absent.ask + absent.stay
  const open = absent.total - answered
  return (
    <div class={styles.stack}>
      <section class={styles.card}>
        <h2>{more.absentTitle(absent.total)}</h2>
        <p class={styles.soft}>{more.absentHint}</p>
        {answered > 0 && <p>{more.absentAnswered(absent.left, absent.ask, absent.stay)}</p>}
        <div class={styles.choices} role="group" aria-label={more.absentAll(open)}>
          {open > 0 && <p>{more.absentAll(open)}</p>}
          {open > 0 &&
            answers.map((answer) => (
              <Button key={answer} onClick={() => void acts.answerAbsent(null, answer)}>
                {more.answer[answer]}
              </Button>
            ))}
          {answered > 0 && (
            <Button look="quiet" onClick={() => void acts.answerAbsent(null, null)}>
              {more.absentAnew}
            </Button>
          )}
        </div>
      </section>
      <ul class={styles.rows}>
        {people.map(({ person, dwelling, answer }) => (
          <li key={person}>
            <AbsentCard
              person={person}
              dwelling={dwelling}
              answer={answer}
              onAnswer={(given) => void acts.answerAbsent(person, given === answer ? null : given)}
            />
          </li>
        ))}
      </ul>
      {!isWhole && <div ref={mark} class={styles.mark} />}
    </div>
  )
}

function AbsentCard(props: {
  readonly person: string
  readonly dwelling: string
  readonly answer: AbsentAnswer | null
  readonly onAnswer: (answer: AbsentAnswer) => void
}) {
  const { person, dwelling, answer } = props
  const app = useParts('register', 'today')
  const words = useWords()
  const more = useDetailWords()
  const today = useStore(app.today, (store) => store.day)
  const reveals = useRowReveal([person])
  const isOpen = reveals.isShown('name')
  const known = useRegister(
    app,
    (register) => {
      const fields = register.get('resident', person)?.fields
      return fields && { fields, door: doorOf(register, dwelling, true) }
    },
    [person, dwelling],
  )
  if (!known) return null
  const masked = maskName(known.fields.name)
  const { birth } = known.fields
  return (
    <article class={styles.row} data-left={answer === null}>
      <header>
        <h2>
          {isOpen ? known.fields.name : masked}
          <ShowAllButton isOpen={isOpen} onToggle={() => reveals.toggle('name')} />
        </h2>
      </header>
      <p class={styles.soft}>
        {[known.door, birth && formatDay(words, birth, today)].filter(Boolean).join(' · ')}
      </p>
      {reveals.failed && <p class={styles.wrong}>{more.notLogged}</p>}
      <div class={styles.choices} role="group" aria-label={more.absentOf(masked)}>
        {answers.map((one) => (
          <Button key={one} pressed={answer === one} onClick={() => props.onAnswer(one)}>
            {more.answer[one]}
          </Button>
        ))}
      </div>
      <PurposeSheet reveals={reveals} />
    </article>
  )
}
