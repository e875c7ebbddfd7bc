import { useCallback } from 'preact/hooks'
import { verdictOf } from '#domain/topics/count-voices.ts'
import type { DecisionRule } from '#domain/topics/decision-rules.ts'
import type { Tally } from '#domain/topics/topic.ts'
import type { OverviewActs } from '#app/acts/overview.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Figure, Figures } from '#app/ui/kit/Figure.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Asked } from '#app/ui/pieces/Asked.tsx'
import { useRemembered } from '#app/ui/pieces/use-remembered.ts'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { gridName } from '#app/views/door.ts'
import { doorsHere, heardOf, tallyHere, type TopicView } from '#app/views/topics.ts'
import styles from './Topics.module.css'

/** What doors said: as the server counted it across grids, and what this device has where that is not known. */
export function TopicTally({ view }: { readonly view: TopicView }) {
  const app = useParts('register', 'session', 'today')
  const own = useTopicWords()
  const words = useWords()
  const { topic, standing } = view
  const day = useStore(app.today, (store) => store.day)
  const me = useStore(app.session, (session) => session.account?.id ?? null)
  const { stream, id } = topic
  const pick = useCallback((acts: OverviewActs) => acts.topic(stream, id), [stream, id])
  // Whoever closes it, or has the page open while voices come in, need not leave it to see what they make.
  const heard = useRegister(app, (register) => heardOf(register, id), [id])
  const told = useRemembered(pick, heard)
  const here = useRegister(app, (register) => tallyHere(doorsHere(register, view, me)), [id, me])
  const said = told.value
  const tally = standing.tally ?? said?.tally ?? null
  const { finalAt } = standing
  return (
    <>
      <Asked
        isKnown={tally !== null}
        problem={tally === null ? told.problem : null}
        words={own}
        onAgain={told.again}
      />
      {tally && (
        <Counted
          head={own.figures}
          aside={
            finalAt
              ? own.final(formatMoment(words, finalAt, day))
              : said && own.asOf(formatMoment(words, said.at, day))
          }
          tally={tally}
          rule={topic.fields.rule}
          isFinal={finalAt !== null}
          isClosed={standing.closedAt !== null}
        />
      )}
      {!tally && here.doors > 0 && (
        <Counted
          head={own.figures}
          aside={own.hereFigures}
          tally={here}
          rule={null}
          isFinal={false}
          isClosed={standing.closedAt !== null}
        />
      )}
      {said?.finalBy && !finalAt && (
        <Notice>{own.counting(said.devicesAwaited, formatMoment(words, said.finalBy, day))}</Notice>
      )}
      {said && said.late > 0 && <Notice>{own.late(said.late)}</Notice>}
      {tally && tally.paperWaiting > 0 && <Notice>{own.paperWaiting(tally.paperWaiting)}</Notice>}
      {said && said.places.length > 1 && (
        <Group head={own.byPlace}>
          {said.places.map((place) => (
            <PlaceRow key={place.stream} stream={place.stream} tally={place.tally} />
          ))}
        </Group>
      )}
    </>
  )
}

function Counted(props: {
  readonly head: string
  readonly aside: string | null
  readonly tally: Tally
  readonly rule: DecisionRule | null
  readonly isFinal: boolean
  readonly isClosed: boolean
}) {
  const own = useTopicWords()
  const words = useWords()
  const { tally, rule } = props
  const verdict = rule && verdictOf(tally, rule)
  const passes = verdict?.passes
  return (
    <Group bare head={props.head} aside={props.aside ?? ''}>
      <Figures label={props.head}>
        <Figure number={tally.yes} word={own.says.yes} />
        <Figure number={tally.no} word={own.says.no} />
        <Figure number={tally.abstain} word={own.says.abstain} />
        <Figure number={tally.silent + tally.notMet} word={own.unsaid} />
      </Figures>
      {verdict && (
        <div class={styles.verdict}>
          <p>
            {[
              props.isFinal && (passes === null ? own.heardOnly : passes ? own.passes : own.fails),
              own.takesPart(verdict.takesPart, tally.doors),
              passes !== null && (verdict.isEnough ? own.enough : own.notEnough),
              passes !== null && (verdict.isAgreed ? own.agreed : own.notAgreed),
              !props.isFinal && (props.isClosed ? own.yetToCount : own.notFinal),
            ]
              .filter(Boolean)
              .join(words.language === 'en' ? ' ' : '')}
          </p>
          <p>{own.doorsOnly}</p>
        </div>
      )}
    </Group>
  )
}

function PlaceRow(props: { readonly stream: string; readonly tally: Tally }) {
  const app = useParts('register')
  const own = useTopicWords()
  const words = useWords()
  const { stream, tally } = props
  const name = useRegister(app, (register) => gridName(register, stream), [stream])
  return (
    <Row
      title={name || words.facts.otherGrid}
      aside={own.doors(tally.doors)}
      under={formatFacts(words, [
        `${own.says.yes} ${tally.yes}`,
        `${own.says.no} ${tally.no}`,
        `${own.says.abstain} ${tally.abstain}`,
        `${own.unsaid} ${tally.silent + tally.notMet}`,
      ])}
    />
  )
}
