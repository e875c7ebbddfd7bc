import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { useLayoutEffect } from 'preact/hooks'
import { mayKeepAccounts } from '#domain/permission-of-places.ts'
import { hasDesk, leastRole, mayAdmit, worksInOffice } from '#domain/permission.ts'
import type { PlaceFigures } from '#protocol/overview.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatMoment, formatWeekday } from '#app/ui/format.ts'
import { Icon } from '#app/ui/kit/Icon.tsx'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { allOverdue, allVisits } from '#app/views/all-visits.ts'
import { ClockNotice } from '#app/ui/pieces/ClockNotice.tsx'
import { FirstStep } from '#app/ui/pieces/FirstStep.tsx'
import { HolidaysDue } from '#app/ui/pieces/HolidaysDue.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { shareOf } from '#app/views/grid-standing.ts'
import { useHotlineCount } from '#app/ui/pieces/use-hotline.ts'
import { AsOf } from './AsOf.tsx'
import { isIn, type GridFilter } from './DeskGrids.tsx'
import { useDeskWords } from './desk-words.ts'
import styles from './Desk.module.css'
import { useTold } from './use-told.ts'
import { useWaiting } from './use-waiting.ts'
import { ofHotline, type Waiting } from '#app/views/desk-waiting.ts'
import { officePages } from '#app/links/office.ts'
import { placesPages } from '#app/links/places.ts'

/** Where an office begins; whoever decides nothing there begins with its overview. */
export function Desk() {
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const { route } = useLocation()
  const isOwn = role !== undefined && hasDesk(role)
  useLayoutEffect(() => {
    if (!isOwn) route(role && worksInOffice(role) ? officePages.overview() : '/', true)
  }, [isOwn, role, route])
  return isOwn ? <OwnDesk /> : null
}

/** What waits for this account, the oldest promise first, and how the day goes. */
function OwnDesk() {
  const own = useDeskWords()
  const words = useWords()
  const day = useStore(useParts('today').today, (store) => store.day)
  return (
    <Page title={own.title} under={<p class={styles.day}>{formatWeekday(words, day)}</p>}>
      <div class={styles.desk}>
        <ClockNotice />
        <FirstStep>
          <HolidaysDue />
          <Waits />
          <Day />
        </FirstStep>
      </div>
    </Page>
  )
}

function Waits() {
  const own = useDeskWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const admits = role !== undefined && mayAdmit(role)
  const { count, isAsking } = useHotlineCount(admits)
  const here = useWaiting()
  const waiting = here && [...here, ...ofHotline(count ?? 0)]
  const isKnown = !admits || count !== null
  return (
    <section class={styles.part}>
      <h2>{own.waits}</h2>
      {waiting?.length === 0 && isKnown && (
        <Empty title={own.nothing} icon="check">
          <p>{own.nothingHint}</p>
        </Empty>
      )}
      {waiting?.length === 0 && !isKnown && !isAsking && <Empty title={own.nothingHere} />}
      {waiting !== null && waiting.length > 0 && (
        <ul class={styles.rows}>
          {waiting.map((one) => (
            <Row key={one.kind} href={one.href} word={own.kind[one.kind]} figure={one.count}>
              <By waiting={one} />
            </Row>
          ))}
        </ul>
      )}
      {!isKnown && !isAsking && <p class={styles.soft}>{own.hotlineUnknown}</p>}
    </section>
  )
}

function By(props: { readonly waiting: Waiting }) {
  const own = useDeskWords()
  const words = useWords()
  const today = useStore(useParts('today').today, (store) => store.day)
  const { by, isLate } = props.waiting
  if (by === null) return null
  const moment =
    typeof by === 'number'
      ? formatMoment(words, new Date(by).toISOString(), today)
      : formatDay(words, by, today)
  return (
    <span class={isLate ? styles.late : styles.soft}>
      {isLate ? own.overPromise(moment) : own.by(moment)}
    </span>
  )
}

/** The visits of this day, of all grids that this device holds, else as the server told them; and how grids and devices stand. */
function Day() {
  const app = useParts('session', 'register', 'today')
  const own = useDeskWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const day = useStore(app.today, (store) => store.day)
  const plan = useRegister(app, (register) => register.today(day), [day])
  const holds = useRegister(app, (register) => {
    for (const _ of register.all('household')) return true
    return false
  })
  const { told, grids } = useTold()
  const roots = told.value?.places.filter(({ parent }) => parent === null) ?? []
  const sum = (pick: (place: PlaceFigures) => number | null) =>
    roots.reduce((all, place) => all + (pick(place) ?? 0), 0)
  const overdue = holds ? plan.overdue + plan.later.overdue : sum(({ calls }) => calls.overdue)
  const share = shareOf(overdue, told.value && sum(({ calls }) => calls.total))
  const gridsIn = (filter: GridFilter) => (grids ?? []).filter((grid) => isIn(filter, grid)).length
  const silent = told.value?.silentDevices ?? null
  const isUnstaffed = grids !== null && grids.length > 0 && gridsIn('no-worker') === grids.length
  const [unwalked, behind] = [gridsIn('no-worker'), gridsIn('behind')]
  const done = holds ? plan.done : sum(({ visits }) => visits?.today ?? 0)
  const total = holds ? plan.total : done + sum(({ calls }) => calls.today)
  return (
    <section class={styles.part}>
      <h2>{own.today}</h2>
      {isUnstaffed && role && mayKeepAccounts(role, leastRole) && (
        <Notice>
          <p>{own.noWorkers}</p>
          <ButtonLink href={placesPages.newPerson()}>{own.toWorkers}</ButtonLink>
        </Notice>
      )}
      <ul class={styles.rows}>
        <Row href={allVisits} word={own.visits} figure={own.visitsOf(done, total)} />
        <Row href={allOverdue} word={own.overdue} figure={own.households(overdue)}>
          {share !== null && share > 0 && <span class={styles.soft}>{own.share(share)}</span>}
        </Row>
        {behind > 0 && (
          <Row href={`${officePages.deskGrids()}?why=behind`} word={own.behind} figure={behind} />
        )}
        {unwalked > 0 && (
          <Row
            href={`${officePages.deskGrids()}?why=no-worker`}
            word={own.unwalked}
            figure={unwalked}
          />
        )}
        {silent !== null && silent > 0 && (
          <Row href={`${placesPages.devices()}?only=silent`} word={own.silent} figure={silent} />
        )}
      </ul>
      <AsOf told={told} />
    </section>
  )
}

/** A number with its word, the whole of it the way to its list. */
function Row(props: {
  readonly href: string
  readonly word: string
  readonly figure: string | number
  readonly children?: ComponentChildren
}) {
  return (
    <li>
      <a class={styles.row} href={props.href}>
        <span>{props.word}</span>
        <b>{props.figure}</b>
        {props.children}
        <Icon name="next" />
      </a>
    </li>
  )
}
