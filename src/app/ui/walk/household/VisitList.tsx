import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Photos } from '#app/ui/pieces/photos/photos-later.ts'
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
  const isCut = !all && visits.length > FIRST
  return (
    <Group
      head={words.household.visits}
      {...(isCut && {
        aside: (
          <button type="button" class={styles.all} onClick={() => setAll(true)}>
            {words.household.allVisits(visits.length)}
          </button>
        ),
      })}
    >
      {visits.length === 0 && <li class={styles.none}>{words.household.noVisits}</li>}
      {shown.map((visit, index) => {
        const more = formatFacts(words, [
          names[index],
          visit.fields.note,
          visit.fields.saidAt &&
            words.household.clockWrong(formatMoment(words, visit.fields.saidAt, day)),
        ])
        return [
          <Row
            key={visit.id}
            title={
              <span class={styles.what}>
                {formatFacts(words, [
                  words.facts.channel[visit.fields.channel],
                  visit.fields.unchanged
                    ? words.household.unchangedShort
                    : words.facts.outcome[visit.fields.outcome],
                ])}
              </span>
            }
            aside={formatMoment(words, visit.fields.at, day)}
            {...(more !== '' && { under: <span class={styles.whole}>{more}</span> })}
            {...(lastVisit?.id === visit.id && {
              action: (
                <Button look="quiet" label={words.household.undoVisit} onClick={lastVisit.undo}>
                  {words.shell.undo}
                </Button>
              ),
            })}
          />,
          <Photos key={`${visit.id} photos`} host={visit.id} inList />,
        ]
      })}
    </Group>
  )
}
