import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Role } from '#domain/account.ts'
import { maySaveCatalogue, maySeePersons } from '#domain/permission.ts'
import type { RequestOverview as ToldFigures } from '#protocol/requests.ts'
import { firstPages } from '#app/links/first.ts'
import { requestsPages } from '#app/links/requests.ts'
import type { OverviewActs } from '#app/acts/overview.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { HolidaysDue } from '#app/ui/pieces/HolidaysDue.tsx'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useKindName } from '#app/ui/pieces/requests/use-kind-name.ts'
import { useRemembered, type Told } from '#app/ui/pieces/use-remembered.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { figuresShown, ownPlaces, placeAbove } from '#app/views/request-figures.ts'
import { useFigureWords } from './figure-words.ts'
import { FigureTable } from './FigureTable.tsx'
import { KeyFigures, Rates, Spots } from './KeyFigures.tsx'
import { Course } from './RequestCourse.tsx'
import { useRulesWords } from './rules-words.ts'
import { SaveFigures } from './SaveFigures.tsx'

/** Requests of a place in numbers: what is open and late, how it was answered, where the same comes again and again. */
export function RequestOverview({ params }: PageProps) {
  const app = useParts('session', 'register')
  const own = useFigureWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const asked = params['place']
  const { place, told, isAbove } = useFigures(asked, role)
  const name = useRegister(app, (register) => register.get('place', place)?.fields.name)
  const above = useRegister(app, (register) =>
    asked === undefined ? null : placeAbove(register, place),
  )
  const up = asked === undefined ? null : requestsPages.requestFigures()
  const top = role && maySeePersons(role) ? firstPages.requests() : up
  const back = above === null ? top : requestsPages.requestFiguresOf(above)
  return (
    <Page title={name ?? own.title} {...(back !== null && { back })}>
      <div class={styles.page}>
        <HolidaysDue />
        <Freshness told={told} isAbove={isAbove} />
      </div>
      {told.value && <Numbers told={told.value} role={role} />}
      {role && maySaveCatalogue(role) && <RulesLinks />}
    </Page>
  )
}

/** Of the place that was asked for, else of the highest of one's own that the office tells of. */
function useFigures(asked: string | undefined, role: Role | undefined) {
  const app = useParts('register')
  const roots = useRegister(app, (register) => ownPlaces(register, role), [role])
  const [at, setAt] = useState(0)
  const place = asked ?? roots[at]?.id ?? ''
  const told = useRemembered(useCallback((acts: OverviewActs) => acts.requests(place), [place]))
  // A device knows the names of places above its own: whose numbers it may see, the office says.
  const isAbove =
    told.problem === 'stream-not-yours' && asked === undefined && at + 1 < roots.length
  useEffect(() => {
    if (isAbove) setAt((before) => before + 1)
  }, [isAbove])
  return { place, told, isAbove }
}

/** Of when the numbers are, and why there are no newer ones. */
function Freshness(props: { readonly told: Told<ToldFigures>; readonly isAbove: boolean }) {
  const own = useFigureWords()
  const words = useWords()
  const { value, problem, isAsking, again } = props.told
  const when = useWhen(value)
  const offline = when === '' ? own.offlineNothing : own.offlineKept(when)
  return (
    <>
      {(props.isAbove || (!value && isAsking)) && <Progress label={own.loading} value={null} />}
      {problem !== null && !props.isAbove && (
        <Notice>{problem === 'offline' ? offline : words.problems[problem]}</Notice>
      )}
      {value && (
        <div class={styles.line}>
          <span class={styles.soft}>{own.asOf(when)}</span>
          <Button look="quiet" icon="sync" busy={isAsking} onClick={again}>
            {own.again}
          </Button>
        </div>
      )}
    </>
  )
}

function useWhen(value: ToldFigures | null): string {
  const app = useParts('today')
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  return value ? formatMoment(words, value.at, day) : ''
}

function Numbers({ told, role }: { readonly told: ToldFigures; readonly role: Role | undefined }) {
  const app = useParts('register')
  const own = useFigureWords()
  const kindName = useKindName()
  const asOf = own.asOf(useWhen(told))
  const shown = useRegister(app, (register) => figuresShown(register, told, role, kindName), [
    told,
    role,
    kindName,
  ])
  if (shown.isEmpty) {
    return (
      <Empty title={own.none}>
        <p>{own.noneHint}</p>
      </Empty>
    )
  }
  const tables = [
    { title: own.byItem, head: own.kind, rows: shown.byItem, nameless: own.noItem },
    { title: own.byUnit, head: own.perUnit, rows: shown.byUnit, nameless: own.unknown },
    { title: own.byPlace, head: own.perPlace, rows: shown.byPlace, nameless: own.unknown },
  ]
  return (
    <>
      <KeyFigures keys={shown.keys} />
      <Rates figures={told.all} least={told.least} />
      {tables
        .filter(({ title, rows }) => rows.length > (title === own.byPlace ? 1 : 0))
        .map((table) => (
          <FigureTable key={table.title} {...table} />
        ))}
      <Spots spots={shown.spots} />
      <Course told={told} />
      <SaveFigures told={told} tables={tables} asOf={asOf} />
    </>
  )
}

function RulesLinks() {
  const rules = useRulesWords()
  return (
    <Group head={rules.rules}>
      <Row title={rules.catalogue} href={requestsPages.catalogue()} />
      <Row title={rules.calendar} href={requestsPages.calendar()} />
    </Group>
  )
}
