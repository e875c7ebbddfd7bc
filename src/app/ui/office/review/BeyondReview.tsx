import { useLocation } from 'preact-iso'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { formatDoor } from '#domain/format-door.ts'
import { mayReviewBeyond } from '#domain/permission-of-access.ts'
import { revealPurposes, type RevealPurpose } from '#domain/reveal.ts'
import { officePages } from '#app/links/office.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { PairBeyond, PairsSoFar } from '#app/acts/review-beyond.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { useHeldWords } from '#app/ui/pieces/held/held-words.ts'
import { useOpening } from '#app/ui/pieces/held/use-opening.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { isHeldHere, isPartHere } from '#app/views/held-here.ts'
import type { Found } from '#protocol/search.ts'
import type { ReviewFigures } from '#protocol/review.ts'
import { useBeyondReviewWords } from './beyond-review-words.ts'
import styles from './Review.module.css'
import { useReviewWords } from './review-words.ts'

type Problem = Exclude<OfficeAnswer<never>, { readonly ok: true }>['problem']

/** What waits in grids that this device does not hold; nothing where it holds all of them. */
export function BeyondReview() {
  const app = useParts('register', 'session', 'sync')
  const said = useBeyondReviewWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const isPart = useRegister(app, isPartHere)
  const isOffline = useStore(app.sync, ({ phase }) => phase === 'offline')
  // What was found stays while its last grids come, so that a pair that somebody wants opens.
  const wasPart = useRef(false)
  wasPart.current ||= isPart
  if (!wasPart.current || role === undefined || !mayReviewBeyond(role)) return null
  return (
    <Group head={said.title} box>
      <div class={styles.beyond}>
        {isOffline ? (
          <p>{said.offline}</p>
        ) : (
          <>
            <Figures />
            <Pairs />
          </>
        )}
      </div>
    </Group>
  )
}

/** How many in each grid, once somebody asks. */
function Figures() {
  const app = useParts('register', 'officeActs')
  const said = useBeyondReviewWords()
  const [places, setPlaces] = useState<ReviewFigures['places'] | null>(null)
  const [isAsking, setAsking] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const away = useRegister(
    app,
    (register) => places?.filter(({ id }) => !isHeldHere(register, id)) ?? null,
    [places],
  )
  const ask = async () => {
    setAsking(true)
    setProblem(null)
    const acts = await app.officeActs.review()
    const answer = acts.ok ? await acts.value.figures() : acts
    setAsking(false)
    if (answer.ok) setPlaces(answer.value)
    else setProblem(answer.problem)
  }
  return (
    <>
      <Button busy={isAsking} onClick={() => void ask()}>
        {said.ask}
      </Button>
      {isAsking && <p role="status">{said.asking}</p>}
      {problem && <Trouble problem={problem} />}
      {away?.length === 0 && <p role="status">{said.nothing}</p>}
      {away && away.length > 0 && (
        <ul class={styles.found}>
          {away.map((place) => (
            <PlaceRow key={place.id} place={place} />
          ))}
        </ul>
      )}
    </>
  )
}

function PlaceRow(props: { readonly place: ReviewFigures['places'][number] }) {
  const app = useParts('register')
  const said = useBeyondReviewWords()
  const held = useHeldWords()
  const { id, clashes, colours } = props.place
  const { isAsked, open } = useOpening(id)
  const name = useRegister(
    app,
    (register) =>
      register
        .pathOf(id)
        .slice(-2)
        .map(({ fields }) => fields.name)
        .join(' '),
    [id],
  )
  return (
    <Row
      title={name}
      under={said.waits(clashes, colours)}
      {...(isAsked ? { aside: held.opening } : { aside: said.open, onClick: open })}
    />
  )
}

/** Everybody compared at the server, with a purpose and on record; each slice is shown when it comes. */
function Pairs() {
  const app = useParts('officeActs')
  const words = useWords()
  const said = useBeyondReviewWords()
  const [soFar, setSoFar] = useState<PairsSoFar | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [running, setRunning] = useState<AbortController | null>(null)
  const latest = useRef<AbortController | null>(null)
  useEffect(() => () => latest.current?.abort(), [])
  const look = async (purpose: RevealPurpose) => {
    const stop = new AbortController()
    latest.current = stop
    setRunning(stop)
    setProblem(null)
    setSoFar({ pairs: [], done: 0, isMore: false })
    const acts = await app.officeActs.review()
    const told = (next: PairsSoFar) => {
      if (!stop.signal.aborted) setSoFar(next)
    }
    const answer = acts.ok ? await acts.value.pairs(purpose, told, stop.signal) : acts
    if (latest.current !== stop) return
    setRunning(null)
    if (!answer.ok) setProblem(answer.problem)
  }
  return (
    <>
      <h3>{said.pairs}</h3>
      <p class={styles.soft}>{said.pairsHint}</p>
      {running ? (
        <>
          <Progress
            label={said.looking(Math.round((soFar?.done ?? 0) * 100))}
            value={soFar?.done ?? 0}
          />
          <Button
            onClick={() => {
              running.abort()
              setRunning(null)
            }}
          >
            {said.stop}
          </Button>
        </>
      ) : (
        <div class={styles.filters} role="group" aria-label={said.pairs}>
          {revealPurposes.map((purpose) => (
            <Button key={purpose} onClick={() => void look(purpose)}>
              {words.facts.purpose[purpose]}
            </Button>
          ))}
        </div>
      )}
      {problem && <Trouble problem={problem} />}
      {soFar && <p role="status">{howMany(said, soFar, running !== null)}</p>}
      {soFar && soFar.pairs.length > 0 && (
        <ul class={styles.found}>
          {soFar.pairs.map((pair) => (
            <PairRow key={`${pair.first.id} ${pair.second.id}`} pair={pair} />
          ))}
        </ul>
      )}
    </>
  )
}

/** Nobody is said to be registered once before everybody was compared. */
function howMany(
  said: ReturnType<typeof useBeyondReviewWords>,
  { pairs, done, isMore }: PairsSoFar,
  isRunning: boolean,
): string {
  if (done >= 1) return pairs.length === 0 ? said.none(isMore) : said.found(pairs.length, isMore)
  return isRunning && pairs.length === 0 ? '' : said.partly(Math.round(done * 100), pairs.length)
}

/** A tap brings the grids of both; once both people are here the pair opens. */
function PairRow(props: { readonly pair: PairBeyond }) {
  const app = useParts('register', 'syncActs')
  const said = useBeyondReviewWords()
  const review = useReviewWords()
  const { route } = useLocation()
  const { first, second, score, reasons } = props.pair
  const [isWanted, setWanted] = useState(false)
  const isHere = useRegister(
    app,
    (register) => [first, second].every(({ id }) => register.get('resident', id) !== undefined),
    [first, second],
  )
  useLayoutEffect(() => {
    if (isWanted && isHere) route(officePages.reviewPair('pair', first.id, second.id))
  }, [isWanted, isHere, route, first, second])
  const open = () => {
    setWanted(true)
    for (const { id, stream } of [first, second]) {
      if (!app.register.get('resident', id)) void app.syncActs.hold(stream, 'open')
    }
  }
  const known = reasons.flatMap((reason) => review.reason[reason] ?? [])
  return (
    <Row
      title={`${first.name ?? ''} / ${second.name ?? ''}`}
      under={[placeOf(first), placeOf(second), ...known.slice(0, 3)].filter(Boolean).join('，')}
      aside={isWanted && !isHere ? said.opening : said.score(score)}
      onClick={open}
    />
  )
}

function placeOf({ door, place, above }: Found): string {
  const at = door
    ? `${door.estate} ${formatDoor({ name: door.building, units: door.units }, door)}`
    : ''
  return [above, place, at].filter(Boolean).join(' ')
}

function Trouble(props: { readonly problem: Problem }) {
  const words = useWords()
  const said = useBeyondReviewWords()
  const { problem } = props
  return (
    <Notice tone="alarm">
      {problem === 'too-many-attempts' ? said.wait : words.problems[problem]}
    </Notice>
  )
}
