import { useLocation } from 'preact-iso'
import { useLayoutEffect } from 'preact/hooks'
import { mayKeepAccounts } from '#domain/permission-of-places.ts'
import { hasDesk, leastRole, mayAdmit, worksInOffice } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatMoment, formatWeekday } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Figure, Figures } from '#app/ui/kit/Figure.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { allOverdue, allVisits } from '#app/views/all-visits.ts'
import { ClockNotice } from '#app/ui/pieces/ClockNotice.tsx'
import { FirstStep } from '#app/ui/pieces/FirstStep.tsx'
import { HolidaysDue } from '#app/ui/pieces/HolidaysDue.tsx'
import { RangeNote } from '#app/ui/pieces/held/RangeNote.tsx'
import { useMedia } from '#app/ui/use-media.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { withCommas } from '#app/ui/words/with-commas.ts'
import { useHotlineCount } from '#app/ui/pieces/use-hotline.ts'
import { ColourRow } from '#app/ui/office/overview/ColourRow.tsx'
import { AsOf } from './AsOf.tsx'
import { GridTable } from './GridTable.tsx'
import { useDeskWords } from './desk-words.ts'
import styles from './Desk.module.css'
import { useTold } from './use-told.ts'
import { useWaiting } from './use-waiting.ts'
import { deskDay, type DeskDay } from '#app/views/desk-day.ts'
import { ofHotline, type Waiting } from '#app/views/desk-waiting.ts'
import { officePages } from '#app/links/office.ts'
import { placesPages } from '#app/links/places.ts'
import { firstPages } from '#app/links/first.ts'

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
  return (
    <Page title={own.title} width="table">
      <div class={styles.desk}>
        <ClockNotice />
        <FirstStep>
          <HolidaysDue />
          <Whole />
        </FirstStep>
      </div>
    </Page>
  )
}

/** So many grids stand on the desk itself; of more the late ones stand there and all of them on their page. */
const mostGrids = 12

function Whole() {
  const app = useParts('register', 'today')
  const own = useDeskWords()
  const day = useStore(app.today, (store) => store.day)
  const isWide = useMedia('(min-width: 900px)')
  const waiting = useWaiting()
  const { told, grids } = useTold()
  const figures = useRegister(app, (register) => deskDay(register, day, told.value, grids), [
    day,
    told.value,
    grids,
  ])
  const few = grids && grids.length > mostGrids ? grids.filter((one) => one.isBehind) : grids
  return (
    <>
      <RangeNote said={own.range} />
      <Heads figures={figures} waiting={waiting} />
      <div class={styles.columns}>
        <Waits here={waiting} />
        <Day figures={figures} />
      </div>
      {isWide && few !== null && few.length > 0 && (
        <Group
          bare
          head={own.grids}
          aside={
            <a class={styles.all} href={officePages.deskGrids()}>
              {own.all}
            </a>
          }
        >
          <GridTable grids={few.slice(0, mostGrids)} />
        </Group>
      )}
      <AsOf told={told} />
    </>
  )
}

/** Four numbers, each the way to its list. */
function Heads(props: { readonly figures: DeskDay; readonly waiting: readonly Waiting[] | null }) {
  const own = useDeskWords()
  const { overdue, share, visits, unwalked } = props.figures
  const fresh = props.waiting?.find(({ kind }) => kind === 'submitted')?.count ?? 0
  const told = (n: number | null) => (n === null ? '–' : withCommas(n))
  return (
    <Figures label={own.figures}>
      <Figure
        href={allOverdue}
        number={told(overdue)}
        word={share ? `${own.overdue} ${own.share(share)}` : own.overdue}
        isLate={(overdue ?? 0) > 0}
      />
      <Figure
        href={allVisits}
        number={told(visits && visits.total - visits.done)}
        word={own.left}
      />
      <Figure
        href={`${firstPages.requests()}?waits=submitted`}
        number={told(props.waiting && fresh)}
        word={own.fresh}
      />
      <Figure
        href={`${officePages.deskGrids()}?why=no-worker`}
        number={told(unwalked)}
        word={own.unwalked}
      />
    </Figures>
  )
}

function Waits(props: { readonly here: readonly Waiting[] | null }) {
  const own = useDeskWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const admits = role !== undefined && mayAdmit(role)
  const { count, isAsking } = useHotlineCount(admits)
  const waiting = props.here && [...props.here, ...ofHotline(count ?? 0)]
  const isKnown = !admits || count !== null
  return (
    <div class={styles.part}>
      {waiting !== null && waiting.length > 0 ? (
        <Group head={own.waits}>
          {waiting.map((one) => (
            <WaitingRow key={one.kind} waiting={one} />
          ))}
        </Group>
      ) : (
        <Group head={own.waits} box>
          {waiting?.length === 0 && isKnown && (
            <Empty title={own.nothing} icon="check">
              <p>{own.nothingHint}</p>
            </Empty>
          )}
          {waiting?.length === 0 && !isKnown && !isAsking && <Empty title={own.nothingHere} />}
        </Group>
      )}
      {!isKnown && !isAsking && <p class={styles.soft}>{own.hotlineUnknown}</p>}
    </div>
  )
}

function WaitingRow(props: { readonly waiting: Waiting }) {
  const own = useDeskWords()
  const words = useWords()
  const today = useStore(useParts('today').today, (store) => store.day)
  const { kind, count, href, by, isLate, late = 0 } = props.waiting
  const moment =
    typeof by === 'number'
      ? formatMoment(words, new Date(by).toISOString(), today)
      : by && formatDay(words, by, today)
  return (
    <Row
      href={href}
      title={own.kind[kind]}
      name={<b>{count}</b>}
      isLate={isLate}
      {...(late > 0 && { under: own.someLate(late) })}
      {...(moment && { aside: isLate ? own.overPromise(moment) : own.by(moment) })}
    />
  )
}

/** The visits of this day, of all grids that this device holds, else as the server told them; what holds them up; the colours. */
function Day(props: { readonly figures: DeskDay }) {
  const own = useDeskWords()
  const words = useWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const day = useStore(useParts('today').today, (store) => store.day)
  const { visits, behind, silent, isUnstaffed, residents } = props.figures
  const { done, total } = visits ?? { done: 0, total: 0 }
  const walked = own.visitsOf(done, total)
  return (
    <div class={styles.part}>
      {isUnstaffed && role && mayKeepAccounts(role, leastRole) && (
        <Notice>
          <p>{own.noWorkers}</p>
          <ButtonLink href={placesPages.newPerson()}>{own.toWorkers}</ButtonLink>
        </Notice>
      )}
      <Group head={own.today} aside={formatWeekday(words, day)}>
        <Row
          href={allVisits}
          title={own.visits}
          name={visits ? walked : ''}
          aside={
            <progress class={styles.walked} max={Math.max(total, 1)} value={done} aria-hidden />
          }
        />
        {(behind ?? 0) > 0 && (
          <Row
            href={`${officePages.deskGrids()}?why=behind`}
            title={own.behind}
            name={<b>{behind}</b>}
          />
        )}
        {(silent ?? 0) > 0 && (
          <Row
            href={`${placesPages.devices()}?only=silent`}
            title={own.silent}
            name={<b>{silent}</b>}
          />
        )}
      </Group>
      {residents && (
        <ColourRow
          href={officePages.overview()}
          title={own.colours}
          total={residents.total}
          colours={residents.colours}
        />
      )}
    </div>
  )
}
