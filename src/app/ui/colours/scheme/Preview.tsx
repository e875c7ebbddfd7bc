import { useEffect, useRef, useState } from 'preact/hooks'
import type { Scheme } from '#domain/scheme.ts'
import { maskName } from '#domain/mask.ts'
import type { PreviewChange, PreviewLine } from '#protocol/scheme.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { doorOf, doorOfHousehold } from '#app/views/door.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { levelWords } from './levels.ts'
import { PreviewWork } from './PreviewWork.tsx'
import styles from './Scheme.module.css'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'
import { recordPage } from '#app/links/record.ts'
import { formatAside } from '#app/ui/format.ts'

type Place = Extract<PreviewLine, { readonly type: 'place' }>
type Example = Extract<PreviewLine, { readonly type: 'example' }>

export interface Previewed {
  readonly scheme: Scheme
  readonly places: readonly Place[]
  readonly examples: readonly Example[]
}

interface Counting {
  readonly done: number
  readonly total: number
}

/** Counts on the server what a draft would change; nothing is written. `value` is the last count. */
export function Preview(props: {
  readonly scheme: Scheme
  readonly value: Previewed | null
  readonly disabled: boolean
  readonly onCounted: (value: Previewed) => void
}) {
  const app = useParts('officeActs')
  const words = useWords()
  const own = useSchemeWords()
  const { scheme, value } = props
  const [counting, setCounting] = useState<Counting | null>(null)
  const [answer, setAnswer] = useState<OfficeAnswer<unknown> | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const count = async () => {
    const places: Place[] = []
    const examples: Example[] = []
    const stop = new AbortController()
    running.current = stop
    setAnswer(null)
    setCounting({ done: 0, total: 0 })
    const ended = await app.officeActs.previewScheme(
      scheme,
      (line) => {
        if (line.type === 'progress') setCounting(line)
        else if (line.type === 'place') places.push(line)
        else if (line.type === 'example') examples.push(line)
      },
      stop.signal,
    )
    setCounting(null)
    if (stop.signal.aborted) return
    setAnswer(ended)
    if (ended.ok) props.onCounted({ scheme, places, examples })
  }

  const isStale = value !== null && value.scheme !== scheme
  return (
    <section class={styles.part}>
      {counting ? (
        <>
          <Progress
            label={own.counting(counting.done, counting.total)}
            value={counting.total === 0 ? null : counting.done / counting.total}
          />
          <Button wide onClick={() => running.current?.abort()}>
            {own.stop}
          </Button>
        </>
      ) : (
        <Button wide icon="eye" disabled={props.disabled} onClick={() => void count()}>
          {isStale ? own.previewAgain : own.preview}
        </Button>
      )}
      <p class={styles.soft}>{own.previewHint}</p>
      {answer?.ok === false && (
        <Notice tone={answer.problem === 'offline' ? 'calm' : 'alarm'}>
          {answer.problem === 'offline' ? own.previewOffline : words.problems[answer.problem]}
        </Notice>
      )}
      {value && !isStale && <Result value={value} />}
    </section>
  )
}

function Result(props: { readonly value: Previewed }) {
  const own = useSchemeWords()
  const words = useWords()
  const app = useParts('register')
  const { places, examples, scheme } = props.value
  const names = useRegister(app, (register) =>
    places.map(({ place }) => register.get('place', place)?.fields.name ?? ''),
  )
  const all = sumOf(places.flatMap(({ changes }) => changes))
  const grids = places.flatMap((place) => place.grids ?? [])
  const work = grids.length > 0 && <PreviewWork grids={grids} />
  if (all.length === 0) {
    return (
      <>
        <Notice>{own.noChange}</Notice>
        {work}
      </>
    )
  }
  const changed = places
    .map((place, index) => ({ ...place, name: names[index] ?? '' }))
    .filter(({ changes }) => changes.length > 0)
  return (
    <>
      <Notice>{own.moves(countOf(all, 'resident'), countOf(all, 'dwelling'))}</Notice>
      {work}
      <ChangeList changes={all} scheme={scheme} />
      <details>
        <summary class={styles.summary}>{formatAside(words, own.perPlace, changed.length)}</summary>
        <ul class={styles.plain}>
          {changed.map((place) => (
            <li key={place.place} class={styles.change}>
              <h3>
                {place.name}{' '}
                <span class={styles.soft}>
                  {own.moves(
                    countOf(place.changes, 'resident'),
                    countOf(place.changes, 'dwelling'),
                  )}
                </span>
              </h3>
              <ChangeList changes={place.changes} scheme={scheme} />
            </li>
          ))}
        </ul>
      </details>
      <details>
        <summary class={styles.summary}>
          {formatAside(words, own.examples, examples.length)}
        </summary>
        <ul class={styles.plain}>
          {examples.map((example) => (
            <li key={example.id + example.to} class={styles.change}>
              <ExampleLine example={example} scheme={scheme} />
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function ChangeList(props: {
  readonly changes: readonly PreviewChange[]
  readonly scheme: Scheme
}) {
  const own = useSchemeWords()
  return (
    <ul class={styles.plain}>
      {props.changes.map(({ subject, from, to, count }) => (
        <li key={`${subject}${from}${to}`} class={styles.marked}>
          <Turn from={from} to={to} scheme={props.scheme} />
          <span class={styles.number}>{own.count[subject](count)}</span>
        </li>
      ))}
    </ul>
  )
}

function Turn(props: {
  readonly from: PreviewChange['from']
  readonly to: PreviewChange['to']
  readonly scheme: Scheme
}) {
  const app = useParts('register')
  const words = useWords()
  const now = useRegister(app, (register) => register.scheme())
  return (
    <span class={styles.turn}>
      <LevelMark level={levelWords(now, props.from, words)} look="chip" />
      <span aria-hidden="true">→</span>
      <LevelMark level={levelWords(props.scheme, props.to, words)} look="chip" />
    </span>
  )
}

function ExampleLine(props: { readonly example: Example; readonly scheme: Scheme }) {
  const app = useParts('register')
  const own = useSchemeWords()
  const words = useWords()
  const { example } = props
  const shown = useRegister(app, (register) => {
    const place = register.pathOf(example.stream).slice(-2)
    const where = place.map(({ fields }) => fields.name).join(' ')
    if (example.subject === 'dwelling') {
      const held = register.get('dwelling', example.id)
      return {
        where,
        who: held ? doorOf(register, example.id, true) : null,
        path: 'dwelling' as const,
      }
    }
    const held = register.get('resident', example.id)
    const door = held ? doorOfHousehold(register, held.fields.household, true) : ''
    return {
      where,
      who: held ? `${maskName(held.fields.name)} ${door}` : null,
      path: 'resident' as const,
    }
  })
  const kind = example.subject === 'resident' ? own.exampleResident : own.exampleDwelling
  return (
    <>
      <p>
        {shown.who ? (
          <a class={styles.link} href={recordPage(shown.path, example.id)}>
            {shown.who}
          </a>
        ) : (
          formatAside(words, kind, own.exampleElsewhere)
        )}{' '}
        <span class={styles.soft}>{shown.where}</span>
      </p>
      <Turn from={example.from} to={example.to} scheme={props.scheme} />
    </>
  )
}

function sumOf(changes: readonly PreviewChange[]): PreviewChange[] {
  const sums = new Map<string, PreviewChange>()
  for (const change of changes) {
    const key = `${change.subject}/${change.from}/${change.to}`
    sums.set(key, { ...change, count: (sums.get(key)?.count ?? 0) + change.count })
  }
  return [...sums.values()].sort((a, b) => b.count - a.count)
}

function countOf(changes: readonly PreviewChange[], subject: PreviewChange['subject']): number {
  return changes.reduce((sum, one) => sum + (one.subject === subject ? one.count : 0), 0)
}
