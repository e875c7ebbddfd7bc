import { useState } from 'preact/hooks'
import type { WaitingRequest } from '#protocol/hotline.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts, formatMoment } from '#app/ui/format.ts'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Row } from '#app/ui/kit/Row.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { Admit } from './Admit.tsx'
import type { Deciding } from './deciding.ts'
import styles from './Hotline.module.css'
import { useHotlineWords } from './hotline-words.ts'
import { awayKey, TurnAway } from './TurnAway.tsx'

/** One that waits: a line, and under the line that is open what was said and the two answers to it. */
export function Waiting(
  props: Deciding & { readonly isOpen: boolean; readonly onOpen: () => void },
) {
  const { waiting, isOpen, onOpen } = props
  const app = useParts('drafts', 'today')
  const own = useHotlineWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const [isTurningAway, setTurningAway] = useState(
    () => app.drafts.get(awayKey(waiting.id)) !== undefined,
  )
  return (
    <>
      <Row
        title={waiting.itemName ?? waiting.number}
        aside={formatMoment(words, waiting.receivedAt, day)}
        under={formatFacts(words, [
          own.from(waiting.system, waiting.outsideNumber),
          !isOpen && (waiting.words ?? own.noWords),
        ])}
        onClick={onOpen}
        chosen={isOpen}
      />
      {isOpen && (
        <li class={styles.open}>
          <Said waiting={waiting} />
          {isTurningAway ? (
            <TurnAway {...props} onCancel={() => setTurningAway(false)} />
          ) : (
            <Admit {...props} onAway={() => setTurningAway(true)} />
          )}
        </li>
      )}
    </>
  )
}

/** What the hotline wrote, and what it knows of the caller. */
function Said({ waiting }: { readonly waiting: WaitingRequest }) {
  const app = useParts('today')
  const own = useHotlineWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const { where, until, name, hasTelephone } = waiting
  const caller = [name, hasTelephone && own.hasTelephone]
  return (
    <>
      <p class={styles.words}>{waiting.words ?? own.noWords}</p>
      {waiting.additions.map((added) => (
        <p key={added} class={styles.words}>
          <strong>{own.added}</strong> {added}
        </p>
      ))}
      <FactGrid>
        {where && (
          <Fact label={own.at} wide>
            {where}
          </Fact>
        )}
        {caller.some(Boolean) && (
          <Fact label={own.caller} wide>
            {formatFacts(words, caller)}
          </Fact>
        )}
        {until && (
          <Fact label={own.promised} wide>
            {formatDay(words, until, day)}
          </Fact>
        )}
      </FactGrid>
    </>
  )
}
