import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { HeldShown, StepShown } from '#app/views/request-page.ts'

/** 经过: step by step in the order of its stream, and 时间账: who held it how long. */
export function RequestSteps(props: {
  readonly steps: readonly StepShown[]
  readonly held: readonly HeldShown[]
}) {
  const own = useRequestsWords()
  const more = useMoreWords()
  const { steps, held } = props
  return (
    <>
      <Group head={own.course} box>
        <ol class={styles.steps}>
          {steps.map((step) => (
            <li key={step.id}>
              <Step step={step} />
            </li>
          ))}
        </ol>
      </Group>
      {held.length > 0 && (
        <Group head={more.ledger} box>
          <FactGrid>
            {held.map(({ holder, unit, minutes }) => (
              <Fact key={`${holder}/${unit}`} label={unit ?? more.holder[holder]}>
                {spent(minutes, more)}
              </Fact>
            ))}
          </FactGrid>
        </Group>
      )}
    </>
  )
}

/** One step of a request, or of a unit's errand. */
export function Step({ step }: { readonly step: StepShown }) {
  const app = useParts('today')
  const words = useWords()
  const own = useRequestsWords()
  const more = useMoreWords()
  const day = useStore(app.today, (store) => store.day)
  const done = formatMoment(words, step.at, day)
  const when =
    step.arrived === null ? done : own.offlineStep(done, formatMoment(words, step.arrived, day))
  return (
    <>
      <strong>{formatFacts(words, [own.step[step.step], step.unit])}</strong>
      <span class={styles.soft}>
        {formatFacts(words, [
          step.actor && own.roleOf[step.actor],
          when,
          step.isFromMerged && more.fromMerged,
          step.isPending && own.pending,
        ])}
      </span>
      {step.words !== null && <span class={styles.words}>{step.words}</span>}
      {step.wordsForAsker !== null && <span class={styles.words}>{step.wordsForAsker}</span>}
      {step.photos && (
        <span class={styles.soft}>{more.photosOf(step.photos.count, step.photos.onWay)}</span>
      )}
      {step.ending && <span>{own.endings[step.ending]}</span>}
      {step.why !== null && <span class={styles.soft}>{own.why[step.why]}</span>}
    </>
  )
}

/** Working time of a usual day: so much of it is called a working day. */
const dayMinutes = 450

function spent(minutes: number, more: ReturnType<typeof useMoreWords>): string {
  if (minutes < 60) return more.minutes(minutes)
  if (minutes < dayMinutes) return more.hours((minutes / 60).toFixed(1))
  return more.workDays((minutes / dayMinutes).toFixed(1))
}
