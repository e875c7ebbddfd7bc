import { useState } from 'preact/hooks'
import type { KeptRecord, ListedVisit, PurgeList } from '#protocol/purge.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { placeOfRecord } from '#app/views/record-place.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { GridPart, NearLine } from './GridPart.tsx'
import { usePurgeWords } from './purge-words.ts'
import styles from './Purge.module.css'
import type { AnswerProblem, KnownPurge } from './use-purge.ts'

/** Old visits of one grid: how many, and each of them when somebody asks. */
export function GridVisits(props: {
  readonly visits: PurgeList['visits'][number]
  readonly purge: KnownPurge
}) {
  const said = usePurgeWords()
  const { stream, count, due } = props.visits
  return (
    <GridPart
      {...{ stream, due, purge: props.purge, counted: said.visitsOf(count) }}
      ask={async (acts) => {
        const told = await acts.visits(stream)
        return told.ok ? { ok: true, value: told.value.visits } : told
      }}
      line={(visit: ListedVisit, onKeep) => <VisitLine visit={visit} onKeep={onKeep} />}
    />
  )
}

function VisitLine(props: { readonly visit: ListedVisit; readonly onKeep: () => void }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = usePurgeWords()
  const today = useStore(app.today, (store) => store.day)
  const { household, day, due } = props.visit
  const { where, href } = useRegister(
    app,
    (register) => placeOfRecord(register, 'household', household),
    [household],
  )
  return (
    <NearLine
      facts={[said.visitOn(formatDay(words, day, today)), said.due(formatDay(words, due, today))]}
      link={href === null ? null : { href, label: where || said.household }}
      onKeep={props.onKeep}
    />
  )
}

/** What somebody decided to keep, so that it can be let go again. */
export function KeptCard(props: { readonly kept: KeptRecord; readonly purge: KnownPurge }) {
  const app = useParts('today')
  const words = useWords()
  const said = usePurgeWords()
  const today = useStore(app.today, (store) => store.day)
  const [problem, setProblem] = useState<AnswerProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const { stream, record, kind, name, keptOn, keptBy, due } = props.kept
  const letGo = async () => {
    setBusy(true)
    const refused = await props.purge.answer((acts) => acts.letGo({ stream, record }))
    setBusy(false)
    setProblem(refused)
  }
  return (
    <article class={styles.item}>
      <strong>
        {kind === 'meeting' && name !== null
          ? said.meetingOf(formatDay(words, name, today))
          : (name ?? said.visit)}
      </strong>
      <span>
        {formatFacts(words, [
          said.keptBy(keptBy ?? '', formatDay(words, keptOn, today)),
          said.keptUntil(formatDay(words, due, today)),
        ])}
      </span>
      {problem && <Notice tone="alarm">{words.problems[problem]}</Notice>}
      <div class={styles.buttons}>
        <Button busy={busy} onClick={() => void letGo()}>
          {said.letGo}
        </Button>
      </div>
    </article>
  )
}
