import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { useToasts } from '#app/ui/toasts.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './VisitList.module.css'

const FIRST = 3

/** Visits to a household, or to one of its residents, newest first. */
export function VisitList(props: { readonly household: string; readonly resident?: string }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const [all, setAll] = useState(false)
  const visits = useRegister(app, (register) =>
    register
      .visits(props.household)
      .filter(
        (visit) =>
          !props.resident || !visit.fields.resident || visit.fields.resident === props.resident,
      ),
  )
  const names = useRegister(app, (register) =>
    visits.map((visit) => (visit.by ? (register.get('account', visit.by)?.fields.name ?? '') : '')),
  )
  const lastVisit = useStore(useToasts().store, (state) => state.lastVisit)
  const shown = all ? visits : visits.slice(0, FIRST)
  return (
    <section class={styles.visits}>
      <h2>{words.household.visits}</h2>
      {visits.length === 0 && <p class={styles.none}>{words.household.noVisits}</p>}
      <ul>
        {shown.map((visit, index) => (
          <li key={visit.id}>
            <span class={styles.line}>
              <strong>
                {words.household.visitLine(
                  words.facts.channel[visit.fields.channel],
                  words.facts.outcome[visit.fields.outcome],
                )}
              </strong>
              <span>{formatMoment(words, visit.fields.at, day)}</span>
            </span>
            <span class={styles.more}>
              {[
                visit.fields.unchanged && words.household.unchangedShort,
                names[index],
                visit.fields.note,
                visit.fields.saidAt &&
                  words.household.clockWrong(formatMoment(words, visit.fields.saidAt, day)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {lastVisit?.id === visit.id && (
              <Button look="quiet" onClick={lastVisit.undo}>
                {words.household.undoVisit}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!all && visits.length > FIRST && (
        <Button look="quiet" wide onClick={() => setAll(true)}>
          {words.shell.more}
        </Button>
      )}
    </section>
  )
}
