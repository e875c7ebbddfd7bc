import { useState } from 'preact/hooks'
import { addDays, isDay } from '#domain/day.ts'
import { isOpen } from '#domain/topics/standing.ts'
import { topicOutcomes, type TopicOutcome, type TopicStep } from '#domain/topics/topic.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useStore } from '#app/stores/use-store.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { ChoiceField, TextAreaField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { TopicView } from '#app/views/topics.ts'
import styles from './Topics.module.css'

type Act = (step: Pick<TopicStep, 'step' | 'openUntil' | 'outcome' | 'words'>) => void

/** What the office does with a topic next; each is a step with its moment, and none of them is taken back. */
export function TopicActs({ view }: { readonly view: TopicView }) {
  const app = useParts('work', 'now')
  const own = useTopicWords()
  const words = useWords()
  const { topic, standing } = view
  const saving = useSave()
  const act: Act = (step) => {
    const fields: TopicStep = { ...step, topic: topic.id, at: new Date(app.now()).toISOString() }
    const { stream } = topic
    const record = app.work.newId(stream)
    saving.run([{ op: 'create', kind: 'topic-step', record, stream, fields }], () => {}, {
      isFinal: true,
    })
  }
  const { askedAt, closedAt, tally } = standing
  const [isDeciding, setDeciding] = useState(false)
  const isUnasked = askedAt === null && !isDeciding
  return (
    <>
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      {askedAt === null && closedAt === null && (
        <Ask topic={topic.id} busy={saving.busy} act={act} />
      )}
      {isOpen(standing) && <Close view={view} busy={saving.busy} act={act} />}
      {isUnasked && (
        <Button look="quiet" wide onClick={() => setDeciding(true)}>
          {own.decideUnasked}
        </Button>
      )}
      {(tally !== null || isDeciding) && <Decide busy={saving.busy} act={act} />}
      {askedAt !== null && tally === null && <Drop busy={saving.busy} act={act} />}
    </>
  )
}

interface ActProps {
  readonly busy: boolean
  readonly act: Act
}

/** So long doors are asked where nobody says another day. */
const usualDays = 14

function Ask({ topic, busy, act }: ActProps & { readonly topic: string }) {
  const own = useTopicWords()
  const words = useWords()
  const day = useStore(useParts('today').today, (store) => store.day)
  const [until, setUntil] = useState(addDays(day, usualDays))
  const isGood = isDay(until) && until >= day
  return (
    <Group box head={own.ask}>
      <div class={styles.says}>
        <DateTyped
          label={own.openUntil}
          value={until}
          error={isGood ? undefined : words.fieldProblem({ field: '', problem: 'not-a-day' })}
          onInput={setUntil}
        />
        <p>{own.askHint}</p>
        <Button
          look="primary"
          wide
          busy={busy}
          disabled={!isGood}
          onClick={() => act({ step: 'ask', openUntil: until })}
        >
          {own.ask}
        </Button>
        <ButtonLink wide icon="edit" href={topicsPages.editTopic(topic)}>
          {own.edit}
        </ButtonLink>
      </div>
    </Group>
  )
}

function Close({ view, busy, act }: ActProps & { readonly view: TopicView }) {
  const own = useTopicWords()
  const [isConfirming, setConfirming] = useState(false)
  return (
    <Group box head={own.close}>
      <div class={styles.says}>
        <p>{own.closeHint}</p>
        {isConfirming ? (
          <Button look="danger" wide busy={busy} onClick={() => act({ step: 'close' })}>
            {own.closeSure}
          </Button>
        ) : (
          <Button wide onClick={() => setConfirming(true)}>
            {own.close}
          </Button>
        )}
        {view.standing.stage !== 'meeting' && (
          <>
            <p>{own.heldHint}</p>
            <Button wide busy={busy} onClick={() => act({ step: 'meet' })}>
              {own.held}
            </Button>
          </>
        )}
      </div>
    </Group>
  )
}

function Decide({ busy, act }: ActProps) {
  const own = useTopicWords()
  // None is chosen beforehand: it is for good.
  const [outcome, setOutcome] = useState<TopicOutcome | ''>('')
  const [said, setSaid] = useState('')
  return (
    <Group box head={own.decide}>
      <div class={styles.says}>
        <ChoiceField
          label={own.outcome}
          value={outcome}
          options={topicOutcomes.map((value) => ({ value, label: own.outcomes[value] }))}
          onInput={(value) => setOutcome(value as TopicOutcome)}
        />
        <TextAreaField
          label={own.outcomeWords}
          maxLength={1_000}
          value={said}
          onInput={(text) => setSaid(text)}
        />
        <Button
          wide
          busy={busy}
          disabled={outcome === ''}
          onClick={() => {
            if (outcome !== '') act({ step: 'decide', outcome, words: said.trim() || null })
          }}
        >
          {own.decide}
        </Button>
      </div>
    </Group>
  )
}

/** Before it is counted there is one end alone. */
function Drop({ busy, act }: ActProps) {
  const own = useTopicWords()
  const [isConfirming, setConfirming] = useState(false)
  return (
    <Group box head={own.decide}>
      <div class={styles.says}>
        <p>{own.waitsForCount}</p>
        {isConfirming ? (
          <Button
            look="danger"
            wide
            busy={busy}
            onClick={() => act({ step: 'decide', outcome: 'dropped' })}
          >
            {own.drop}
          </Button>
        ) : (
          <Button look="quiet" wide onClick={() => setConfirming(true)}>
            {own.drop}
          </Button>
        )}
      </div>
    </Group>
  )
}
