import { useEffect, useState } from 'preact/hooks'
import type { Filter, ImportActs, Planned, RowView } from '#app/stores/imports.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SwitchField } from '#app/ui/kit/Field.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useGrowing } from '#app/ui/use-growing.ts'
import { useScreenWords } from '#app/ui/words/use-words.ts'
import styles from './Import.module.css'
import { importWords } from './import-words.ts'
import { reasonWords } from './reason-words.ts'
import { RowCard } from './RowCard.tsx'
import { Together } from './Together.tsx'

const filters: readonly Filter[] = ['all', 'new', 'changed', 'doubtful', 'wrong', 'same', 'repeat']
const step = 30

/** Every row with what it would do, and what of it is taken. */
export function RowsStep(props: { readonly acts: ImportActs }) {
  const { acts } = props
  const said = useScreenWords(importWords)
  const { title, tally, problem, revision } = useStore(acts.store, (state) => state)
  const [filter, setFilter] = useState<Filter>('all')
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
  return (
    <Page
      title={said.title}
      under={<p class={styles.under}>{title}</p>}
      foot={
        <div class={styles.acts}>
          <Button onClick={() => acts.backToColumns()}>{said.backToColumns}</Button>
          <Button
            look="primary"
            wide
            disabled={tally.taken === 0}
            onClick={() => void acts.plan().then(setPlanned)}
          >
            {said.write(tally.taken)}
          </Button>
        </div>
      }
    >
      <div class={styles.stack}>
        {problem && <Notice tone="alarm">{said.trouble[problem]}</Notice>}
        <Take acts={acts} />
        <div class={styles.filters} role="group" aria-label={said.means}>
          {filters.map((one) => {
            const number = one === 'all' ? tally.total : tally.byStatus[one]
            if (number === 0 && one !== 'all' && one !== filter) return null
            return (
              <Button key={one} pressed={filter === one} onClick={() => setFilter(one)}>
                {said.status[one]} {number}
              </Button>
            )
          })}
        </div>
        {filter === 'doubtful' && <Together acts={acts} />}
        {total === 0 && <Empty title={said.none} />}
        <ul class={styles.rows}>
          {rows.map((row) => (
            <li key={row.at}>
              <RowCard
                row={row}
                onChoose={(choice) => void acts.decide(row.at, choice)}
                onName={(person) => void acts.name(row.at, person)}
              />
            </li>
          ))}
        </ul>
        {!isWhole && <div ref={mark} class={styles.mark} />}
      </div>
      {planned && <Confirm acts={acts} planned={planned} onClose={() => setPlanned(null)} />}
    </Page>
  )
}

/** What is taken as a whole; the rows' own decisions come on top. */
function Take(props: { readonly acts: ImportActs }) {
  const { acts } = props
  const said = useScreenWords(importWords)
  const reasons = useScreenWords(reasonWords)
  const { tally, taking } = useStore(acts.store, (state) => state)
  if (!tally) return null
  const { byStatus, fills, overwrites, undecided } = tally
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
      {byStatus.wrong > 0 && (
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
            {said.returns(byStatus.wrong)}
          </Button>
          <p class={styles.soft}>{said.returnsHint}</p>
        </div>
      )}
    </section>
  )
}

function Confirm(props: {
  readonly acts: ImportActs
  readonly planned: Planned
  readonly onClose: () => void
}) {
  const said = useScreenWords(importWords)
  const { added, changed, buildings, dwellings, households } = props.planned.plan
  return (
    <Sheet title={said.writeTitle} closeLabel={said.cancel} onClose={props.onClose}>
      <div class={styles.stack}>
        <p>{said.writeAsk}</p>
        <ul class={styles.plan}>
          <li>{said.planPeople(added, changed)}</li>
          {buildings + dwellings + households > 0 && (
            <li>{said.planPlaces(buildings, dwellings, households)}</li>
          )}
        </ul>
        <p class={styles.soft}>{said.writeNote}</p>
        <div class={styles.acts}>
          <Button onClick={props.onClose}>{said.cancel}</Button>
          <Button
            look="primary"
            wide
            onClick={() => {
              props.onClose()
              void props.acts.write()
            }}
          >
            {said.writeYes}
          </Button>
        </div>
      </div>
    </Sheet>
  )
}
