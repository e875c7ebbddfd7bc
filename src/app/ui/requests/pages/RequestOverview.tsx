import type { ComponentChildren } from 'preact'
import type { Role } from '#domain/account.ts'
import { maySaveCatalogue, maySeePersons, maySeeRequestList } from '#domain/permission.ts'
import { fitsPlace } from '#domain/permission-of-places.ts'
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { RequestFigures, RequestOverview as Told } from '#protocol/requests.ts'
import { unitName } from '#app/views/request-rules.ts'
import type { OverviewActs } from '#app/acts/overview.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { HolidaysDue } from '#app/ui/pieces/HolidaysDue.tsx'
import { useRemembered } from '#app/ui/pieces/use-remembered.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useFigureWords } from './figure-words.ts'
import { Course } from './RequestCourse.tsx'
import { useRulesWords } from './rules-words.ts'
import { SaveFigures } from './SaveFigures.tsx'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useKindName } from '#app/ui/pieces/requests/use-kind-name.ts'
import { requestsPages } from '#app/links/requests.ts'
import { firstPages } from '#app/links/first.ts'

/** Requests of a place in numbers: what is open and late, how it was answered, where the same comes again and again. */
export function RequestOverview({ params }: PageProps) {
  const app = useParts('session', 'register', 'today')
  const own = useFigureWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const rules = useRulesWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const roots = useRegister(app, (register) => ownPlaces(register, role), [role])
  const [at, setAt] = useState(0)
  const place = params['place'] ?? roots[at]?.id ?? ''
  const told = useRemembered(useCallback((acts: OverviewActs) => acts.requests(place), [place]))
  const name = useRegister(app, (register) => register.get('place', place)?.fields.name)
  const parent = useRegister(app, (register) => {
    const above = register.get('place', place)?.fields.parent
    return above && register.get('place', above) && params['place'] ? above : null
  })
  const { value, problem, isAsking, again } = told
  // A device knows the names of places above its own: whose numbers it may see, the office says.
  const isAbove = problem === 'stream-not-yours' && !params['place'] && at + 1 < roots.length
  useEffect(() => {
    if (isAbove) setAt((before) => before + 1)
  }, [isAbove])
  const when = value ? formatMoment(words, value.at, day) : ''
  const back = parent
    ? requestsPages.requestFiguresOf(parent)
    : role && maySeePersons(role)
      ? firstPages.requests()
      : params['place'] && requestsPages.requestFigures()
  return (
    <Page title={name ?? own.title} {...(back ? { back } : {})}>
      <div class={styles.page}>
        <HolidaysDue />
        {(isAbove || (!value && isAsking)) && <Progress label={own.loading} value={null} />}
        {problem !== null && !isAbove && (
          <Notice>
            {problem === 'offline'
              ? value
                ? own.offlineKept(when)
                : own.offlineNothing
              : words.problems[problem]}
          </Notice>
        )}
        {value && (
          <>
            <span class={styles.soft}>
              {own.asOf(when)}
              <Button look="quiet" icon="sync" busy={isAsking} onClick={again}>
                {own.again}
              </Button>
            </span>
            <Numbers told={value} asOf={own.asOf(when)} />
          </>
        )}
        {role && maySaveCatalogue(role) && (
          <div class={styles.part}>
            <ButtonLink wide href={requestsPages.catalogue()}>
              {rules.catalogue}
            </ButtonLink>
            <ButtonLink wide href={requestsPages.calendar()}>
              {rules.calendar}
            </ButtonLink>
          </div>
        )}
      </div>
    </Page>
  )
}

type Register = ReturnType<typeof useParts>['register']

/** Places in which somebody of this role may work, the highest first. */
function ownPlaces(register: Register, role: Role | undefined) {
  return [...register.all('place')]
    .filter(({ fields }) => fields.placeKind !== 'unit' && !fields.closed)
    .filter(({ fields }) => role !== undefined && fitsPlace(role, fields.placeKind, false))
    .sort((a, b) => register.pathOf(a.id).length - register.pathOf(b.id).length)
}

function Numbers({ told, asOf }: { readonly told: Told; readonly asOf: string }) {
  const app = useParts('session', 'register')
  const own = useFigureWords()
  const { all, place } = told
  const kindName = useKindName()
  // Who may not see the list has the numbers alone.
  const role = useStore(app.session, (session) => session.account?.role)
  const maySeeList = role !== undefined && maySeeRequestList(role)
  const list = (query: string) =>
    maySeeList ? `${requestsPages.requestList(place)}?${query}` : null
  const nameOfUnit = useRegister(app, (register) =>
    told.byUnit.map(({ key }) => (key ? unitName(register, key) : undefined) ?? own.unknown),
  )
  const nameOfPlace = useRegister(app, (register) =>
    told.byPlace.map(
      ({ key }) => (key ? register.get('place', key)?.fields.name : undefined) ?? own.unknown,
    ),
  )
  const nameOfSpot = useRegister(app, (register) =>
    told.spots.map(({ building }) => {
      const fields = register.get('building', building)?.fields
      return fields ? `${fields.estate ?? ''} ${fields.name}` : own.unknown
    }),
  )
  if (all.open + all.answered + all.fresh === 0) {
    return (
      <Empty title={own.none}>
        <p>{own.noneHint}</p>
      </Empty>
    )
  }
  const byItem = told.byItem.map((figures) => ({
    figures,
    name: kindName(figures.key, figures.name) ?? own.noItem,
    href: list(`listing=open&item=${figures.key ?? 'none'}`),
  }))
  const byUnit = told.byUnit.map((figures, index) => ({
    figures,
    name: nameOfUnit[index] ?? own.unknown,
    href: list(`listing=open&unit=${figures.key ?? ''}`),
  }))
  const byPlace = told.byPlace.map((figures, index) => ({
    figures,
    name: nameOfPlace[index] ?? own.unknown,
    href: requestsPages.requestFiguresOf(figures.key ?? place),
  }))
  const tables = [
    { title: own.byItem, rows: byItem },
    { title: own.byUnit, rows: byUnit },
    { title: own.byPlace, rows: byPlace },
  ]
  return (
    <>
      <div class={styles.tiles}>
        <Tile href={list('listing=open')} n={all.open} label={own.open} />
        <Tile href={list('listing=late')} n={all.late} label={own.late} />
        <Tile href={list('listing=fresh')} n={all.fresh} label={own.fresh} />
        <Tile href={list('listing=supervised')} n={told.supervised} label={own.supervised} />
        <Tile href={list('listing=asked')} n={told.asked} label={own.asked} />
      </div>
      <Rates figures={all} />
      <p class={styles.soft}>{own.hidden(told.least)}</p>
      <Table title={own.byItem} rows={byItem} />
      <Table title={own.byUnit} rows={byUnit} />
      {byPlace.length > 1 && <Table title={own.byPlace} rows={byPlace} />}
      {told.spots.length > 0 && (
        <section class={styles.part}>
          <h2>{own.spots}</h2>
          <ul class={styles.list}>
            {told.spots.map((spot, index) => (
              <li key={`${spot.building}/${spot.item}`}>
                <Way
                  class={styles.row}
                  href={list(`listing=open&building=${spot.building}&item=${spot.item}`)}
                >
                  <span>
                    {nameOfSpot[index]} {kindName(spot.item, spot.name)}
                  </span>
                  <span>{own.times(spot.count)}</span>
                </Way>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Course told={told} />
      <SaveFigures told={told} tables={tables} asOf={asOf} />
    </>
  )
}

/** A link where there is a way, the same without one elsewhere. */
function Way(props: {
  readonly href: string | null
  readonly class: string | undefined
  readonly children: ComponentChildren
}) {
  return props.href === null ? (
    <div class={props.class}>{props.children}</div>
  ) : (
    <a class={props.class} href={props.href}>
      {props.children}
    </a>
  )
}

function Tile(props: {
  readonly href: string | null
  readonly n: number | undefined
  readonly label: string
}) {
  return (
    <Way class={styles.tile} href={props.href}>
      {props.n !== undefined && <strong>{props.n}</strong>}
      <span>{props.label}</span>
    </Way>
  )
}

function Rates({ figures }: { readonly figures: RequestFigures }) {
  const own = useFigureWords()
  return (
    <p>
      {[
        own.answered(figures.answered),
        `${own.inTime} ${own.rate(figures.inTime)}`,
        `${own.solved} ${own.rate(figures.solved)}`,
        `${own.content} ${own.rate(figures.content)}`,
      ].join(own.comma)}
    </p>
  )
}

interface Row {
  readonly figures: RequestFigures
  readonly name: string
  readonly href: string | null
}

/** What nothing is open of and too little was answered of is folded away. */
function Table(props: { readonly title: string; readonly rows: readonly Row[] }) {
  const own = useFigureWords()
  const isQuiet = ({ figures: { open, late, inTime, solved, content } }: Row) =>
    open + late === 0 && inTime === null && solved === null && content === null
  const quiet = props.rows.filter(isQuiet)
  if (props.rows.length === 0) return null
  return (
    <section class={styles.part}>
      <h2>{props.title}</h2>
      <Rows title={props.title} rows={props.rows.filter((row) => !isQuiet(row))} />
      {quiet.length > 0 && (
        <details>
          <summary class={styles.head}>{own.quiet(quiet.length)}</summary>
          <Rows title={props.title} rows={quiet} />
        </details>
      )}
    </section>
  )
}

function Rows(props: { readonly title: string; readonly rows: readonly Row[] }) {
  const own = useFigureWords()
  if (props.rows.length === 0) return null
  return (
    <div class={styles.scroll}>
      <table class={styles.table}>
        <thead>
          <tr>
            <th scope="col">{props.title}</th>
            {[own.open, own.late, own.inTime, own.solved, own.content].map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map(({ figures, name, href }) => (
            <tr key={figures.key ?? name}>
              <th scope="row">
                {href === null ? (
                  name
                ) : (
                  <a class={styles.link} href={href}>
                    {name}
                  </a>
                )}
              </th>
              <td>{figures.open}</td>
              <td>{figures.late}</td>
              <td>{own.rate(figures.inTime)}</td>
              <td>{own.rate(figures.solved)}</td>
              <td>{own.rate(figures.content)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
