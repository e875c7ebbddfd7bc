import { useEffect, useState } from 'preact/hooks'
import type {
  Answer,
  Filter,
  ImportActs,
  Planned,
  ReportWords,
  RowView,
} from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SwitchField } from '#app/ui/kit/Field.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useGrowing } from '#app/ui/use-growing.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { AbsentList } from './AbsentList.tsx'
import { useDetailWords } from './detail-words.ts'
import styles from './Import.module.css'
import { useImportWords } from './import-words.ts'
import { OriginFields, type OriginDraft } from './OriginFields.tsx'
import { useQuestionWords } from './question-words.ts'
import { Questions } from './Questions.tsx'
import { useReasonWords } from './reason-words.ts'
import { RowCard } from './RowCard.tsx'
import { RowsTable } from './RowsTable.tsx'
import { Together } from './Together.tsx'

const filters: readonly Filter[] = [
  ...(['all', 'new', 'changed', 'doubtful', 'waiting', 'wrong'] as const),
  ...(['left', 'same', 'repeat'] as const),
]
const step = 30

type Look = 'cards' | 'table' | 'absent' | 'questions'

/** Every row with what it would do, and what of it is taken. */
export function RowsStep(props: { readonly acts: ImportActs }) {
  const { acts } = props
  const said = useImportWords()
  const more = useDetailWords()
  const asks = useQuestionWords()
  const { title, tally, absent, questions, problem, revision } = useStore(
    acts.store,
    (state) => state,
  )
  const [filter, setFilter] = useState<Filter>('all')
  const [look, setLook] = useState<Look>('cards')
  const [planned, setPlanned] = useState<Planned | null>(null)
  const [rows, setRows] = useState<readonly RowView[]>([])
  const total = (filter === 'all' ? tally?.total : tally?.byStatus[filter]) ?? 0
  const { count, mark, isWhole } = useGrowing(total, step, filter)
  useEffect(() => {
    let isNow = true
    acts.rows(filter, 0, count).then(
      (found) => {
        if (isNow) setRows(found.rows)
      },
      () => undefined, // said by the store
    )
    return () => {
      isNow = false
    }
  }, [acts, filter, count, revision])
  if (!tally) return null
  const people = absent.left + absent.ask
  const isOfRows = look === 'cards' || look === 'table'
  const answering = {
    onAnswer: (key: string, answer: Answer | null) => acts.answer(key, answer),
    divisions: acts.divisions,
  }
  const isNothing = tally.taken + people === 0
  return (
    <Page
      title={said.title}
      under={<p class={styles.under}>{title}</p>}
      foot={
        <div class={styles.acts}>
          <Button onClick={() => acts.backToColumns()}>{said.backToColumns}</Button>
          {isNothing ? (
            <p class={styles.nothing}>{more.nothingToWrite}</p>
          ) : (
            <Button look="primary" wide onClick={() => void acts.plan().then(setPlanned)}>
              {people > 0 ? more.writeAlso(tally.taken, people) : said.write(tally.taken)}
            </Button>
          )}
        </div>
      }
    >
      <div class={styles.stack}>
        {problem && <Notice tone="alarm">{said.trouble[problem]}</Notice>}
        {questions.open > 0 && look !== 'questions' && (
          <Button look="primary" wide onClick={() => setLook('questions')}>
            {asks.toQuestions(questions.open, questions.waiting)}
          </Button>
        )}
        <Take acts={acts} />
        <Looks
          acts={acts}
          filter={filter}
          look={look}
          onFilter={(one) => {
            setFilter(one)
            if (!isOfRows) setLook('cards')
          }}
          onLook={setLook}
        />
        {look === 'questions' && <Questions acts={acts} />}
        {look === 'absent' && <AbsentList acts={acts} />}
        {isOfRows && (
          <>
            <div class={styles.filters} role="group" aria-label={more.look}>
              {(['cards', 'table'] as const).map((one) => (
                <Button key={one} pressed={look === one} onClick={() => setLook(one)}>
                  {one === 'cards' ? more.asCards : more.asTable}
                </Button>
              ))}
            </div>
            {filter === 'doubtful' && <Together acts={acts} />}
            {total === 0 && <Empty title={said.none} />}
            {look === 'table' ? (
              <RowsTable
                rows={rows}
                load={acts.row}
                answering={answering}
                onChoose={(at, choice) => void acts.decide(at, choice)}
                onName={(at, person) => void acts.name(at, person)}
              />
            ) : (
              <ul class={styles.rows}>
                {rows.map((row) => (
                  <li key={row.at}>
                    <RowCard
                      row={row}
                      load={acts.row}
                      answering={answering}
                      onChoose={(choice) => void acts.decide(row.at, choice)}
                      onName={(person) => void acts.name(row.at, person)}
                    />
                  </li>
                ))}
              </ul>
            )}
            {!isWhole && <div ref={mark} class={styles.mark} />}
          </>
        )}
      </div>
      {planned && <Confirm acts={acts} planned={planned} onClose={() => setPlanned(null)} />}
    </Page>
  )
}

/** Which rows are looked at, or which questions, or who is missing; each with how many there are. */
function Looks(props: {
  readonly acts: ImportActs
  readonly filter: Filter
  readonly look: Look
  readonly onFilter: (filter: Filter) => void
  readonly onLook: (look: Look) => void
}) {
  const { acts, filter, look, onFilter, onLook } = props
  const said = useImportWords()
  const more = useDetailWords()
  const asks = useQuestionWords()
  const { tally, absent, questions } = useStore(acts.store, (state) => state)
  const isOfRows = look === 'cards' || look === 'table'
  if (!tally) return null
  return (
    <div class={styles.filters} role="group" aria-label={said.means}>
      {filters.map((one) => {
        const number = one === 'all' ? tally.total : tally.byStatus[one]
        if (number === 0 && one !== 'all' && one !== filter) return null
        return (
          <Button key={one} pressed={isOfRows && filter === one} onClick={() => onFilter(one)}>
            {said.status[one]} {number}
          </Button>
        )
      })}
      {questions.total > 0 && (
        <Button pressed={look === 'questions'} onClick={() => onLook('questions')}>
          {asks.button(questions.open, questions.total)}
        </Button>
      )}
      {absent.total > 0 && (
        <Button pressed={look === 'absent'} onClick={() => onLook('absent')}>
          {more.absent(absent.total)}
        </Button>
      )}
    </div>
  )
}

/** What is taken as a whole; the rows' own decisions come on top. */
function Take(props: { readonly acts: ImportActs }) {
  const { acts } = props
  const said = useImportWords()
  const reasons = useReasonWords()
  const { tally, taking } = useStore(acts.store, (state) => state)
  if (!tally) return null
  const { byStatus, fills, overwrites, undecided } = tally
  const out = byStatus.wrong + byStatus.waiting + byStatus.left
  // What waits for an answer can still be answered: a card of nothing else is none.
  const isEmpty =
    byStatus.new + fills + overwrites + undecided + byStatus.wrong + byStatus.left === 0
  if (isEmpty) return null
  const take = (change: Partial<typeof taking>) => void acts.take({ ...taking, ...change })
  return (
    <section class={styles.card}>
      {byStatus.new > 0 && (
        <SwitchField
          label={said.takeNew(byStatus.new)}
          checked={taking.news}
          onInput={(news) => take({ news })}
        />
      )}
      {fills > 0 && (
        <SwitchField
          label={said.takeFills(fills)}
          checked={taking.fills}
          onInput={(on) => take({ fills: on })}
        />
      )}
      {overwrites > 0 && (
        <SwitchField
          label={said.takeOverwrites(overwrites)}
          hint={said.takeOverwritesHint}
          checked={taking.overwrites}
          onInput={(on) => take({ overwrites: on })}
        />
      )}
      {undecided > 0 && <p>{said.undecided(undecided)}</p>}
      {byStatus.wrong + byStatus.left > 0 && (
        <div>
          <Button
            onClick={() =>
              void acts.returns({
                reason: said.returnsName,
                fields: reasons.field,
                problems: reasons.problem,
              })
            }
          >
            {said.returns(out, byStatus.wrong === out)}
          </Button>
          <p class={styles.soft}>{said.returnsHint}</p>
        </div>
      )}
    </section>
  )
}

/** A dialog lists so many at most; a roster of a whole new village has hundreds. */
const [mostPlaces, mostRooms] = [200, 60]

function Confirm(props: {
  readonly acts: ImportActs
  readonly planned: Planned
  readonly onClose: () => void
}) {
  const said = useImportWords()
  const more = useDetailWords()
  const reportWords = useReportWords(props.acts, props.planned)
  const { added, changed, buildings, dwellings, households, absent } = props.planned.plan
  const today = useStore(useParts('today').today, (store) => store.day)
  const [origin, setOrigin] = useState<OriginDraft>({ source: '', entry: '', on: today })
  return (
    <Sheet title={said.writeTitle} closeLabel={said.cancel} onClose={props.onClose}>
      <div class={styles.stack}>
        <p>{said.writeAsk}</p>
        <ul class={styles.plan}>
          <li>{said.planPeople(added, changed)}</li>
          {buildings + dwellings + households > 0 && (
            <li>{said.planPlaces(buildings, dwellings, households)}</li>
          )}
          {absent.left + absent.ask > 0 && <li>{more.planAbsent(absent.left, absent.ask)}</li>}
        </ul>
        {props.planned.places.length > 0 && (
          <details open={props.planned.places.length <= 6}>
            <summary>{more.newPlaces(props.planned.places.length)}</summary>
            <ul class={styles.plan}>
              {props.planned.places.slice(0, mostPlaces).map(({ building, isNew, rooms }) => (
                <li key={`${building} ${String(isNew)}`}>
                  <strong>{isNew ? more.newBuilding(building) : building}</strong>{' '}
                  {more.newRooms(rooms.slice(0, mostRooms).join('、'), rooms.length)}
                </li>
              ))}
            </ul>
            {props.planned.places.length > mostPlaces && (
              <p>{more.morePlaces(props.planned.places.length - mostPlaces)}</p>
            )}
          </details>
        )}
        <OriginFields draft={origin} onChange={setOrigin} />
        <p class={styles.soft}>{said.writeNote}</p>
        <div class={styles.acts}>
          <Button onClick={props.onClose}>{said.cancel}</Button>
          <Button
            look="primary"
            wide
            onClick={() => {
              props.onClose()
              void props.acts.write(reportWords, origin)
            }}
          >
            {said.writeYes}
          </Button>
        </div>
      </div>
    </Sheet>
  )
}

/** What the report of this import says, in the language of the screen. */
function useReportWords(acts: ImportActs, { plan }: Planned): ReportWords {
  const app = useParts('session', 'register', 'today', 'now')
  const words = useWords()
  const said = useImportWords()
  const more = useDetailWords()
  const reasons = useReasonWords()
  const { title, tally, sheets } = useStore(acts.store, (state) => state)
  const today = useStore(app.today, (store) => store.day)
  const by = useStore(app.session, ({ account }) => account?.id ?? '')
  const who = useRegister(app, (register) => register.get('account', by)?.fields.name ?? '', [by])
  const { reportLines: names } = more
  const notKept = sheets
    .filter(({ taken }) => taken)
    .flatMap(({ columns }) => columns.filter(({ field }) => field === null))
    .map(({ group, header }) => [group, header].filter(Boolean).join(' · '))
  return {
    reason: said.returnsName,
    fields: reasons.field,
    problems: reasons.problem,
    title: more.reportTitle,
    lines: [
      [names.file, title],
      [names.by, who],
      [names.at, formatMoment(words, new Date(app.now()).toISOString(), today)],
      [names.rows, String(tally?.total ?? 0)],
      [names.taken, String(plan.rows)],
      [names.added, String(plan.added)],
      [names.changed, String(plan.changed)],
      [names.left, String(plan.absent.left)],
      [names.ask, String(plan.absent.ask)],
      [names.columns, notKept.filter(Boolean).join('、')],
    ],
    summary: more.reportSummary,
    notTaken: more.reportNotTaken,
    taken: more.reportTaken,
    headers: more.reportHeaders,
    choices: said.choice,
    statuses: said.status,
    doubts: said.doubt,
  }
}
