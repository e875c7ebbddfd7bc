import { useLayoutEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { maySucceed } from '#domain/permission-of-places.ts'
import type { ListedAccount, PlaceList } from '#protocol/places.ts'
import { devicesOf } from '#app/acts/known-devices.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page, TwoLines } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { Freshness } from './Freshness.tsx'
import { leaveSteps, orphaned, type Heirs } from '#app/views/leave-plan.ts'
import { usePeopleWords } from './people-words.ts'
import { PersonDevices } from './PersonDevices.tsx'
import styles from './Places.module.css'
import { placeNames, type Tree } from '#app/views/place-tree.ts'
import { useAct } from './use-act.ts'
import { usePlaces } from './use-places.ts'
import { placesPages } from '#app/links/places.ts'
import { formatAside } from '#app/ui/format.ts'

/** Somebody leaves: what their devices still hold, to whom their places go, and only then the closing. */
export function Leave({ params }: PageProps) {
  const own = usePeopleWords()
  const known = usePlaces()
  const location = useLocation()
  const { told, tree } = known
  const account = told?.accounts.find(({ id }) => id === params['account'])
  const isClosed = account !== undefined && account.closedAt !== null
  // Closed a moment ago, here or by a colleague.
  useLayoutEffect(() => {
    if (isClosed) location.route(placesPages.person(params['account'] ?? ''), true)
  }, [isClosed, location, params])
  if (!told) {
    return (
      <Page title={own.leaveTitle} back={placesPages.people()}>
        <Freshness known={known} />
      </Page>
    )
  }
  if (!account?.kept || isClosed) return <Gone title={own.leaveTitle} back={placesPages.people()} />
  return <Leaving account={account} told={told} tree={tree} />
}

interface Parts {
  readonly account: ListedAccount
  readonly told: PlaceList
  readonly tree: Tree
}

function Leaving({ account, told, tree }: Parts) {
  const own = usePeopleWords()
  const words = useWords()
  const location = useLocation()
  const toasts = useToasts()
  const acting = useAct()
  const draft = useDraft<{ readonly heirs: Heirs; readonly apart: boolean }>(
    `person/leave/${account.id}`,
    () => ({ heirs: {}, apart: false }),
  )
  const [sure, setSure] = useState(false)
  const next = told.accounts.filter(
    ({ id, kept, closedAt, role }) =>
      kept && closedAt === null && maySucceed(role, account.role) && id !== account.id,
  )
  // Whoever was chosen may have left meanwhile.
  const heirs = Object.fromEntries(
    Object.entries(draft.value.heirs).filter(([, heir]) => next.some(({ id }) => id === heir)),
  )
  const nobody = orphaned(account, heirs, told.accounts)
  const leave = async () => {
    for (const step of leaveSteps(account, heirs, told.accounts)) {
      const answer =
        step.type === 'change'
          ? await acting.run(
              `change/${step.account}`,
              { account: step.account, ...step.given, before: step.before },
              (acts, request) => acts.act('change', request),
            )
          : step.type === 'hand-over'
            ? await acting.run(
                `leave/${account.id}`,
                { account: account.id, to: step.to },
                (acts, request) => acts.act('handOver', request),
              )
            : await acting.run(`leave/${account.id}`, { account: account.id }, (acts, request) =>
                acts.act('leave', request),
              )
      if (!answer?.ok) return
    }
    draft.done()
    toasts.show(own.leaveDone)
    location.route(placesPages.person(account.id), true)
  }
  return (
    <Page
      title={<TwoLines above={account.name} below={own.leaveTitle} />}
      back={placesPages.person(account.id)}
      foot={
        <>
          {acting.said && (
            <Notice tone="alarm">
              <p>{acting.said}</p>
              <p>{own.leaveGoOn}</p>
            </Notice>
          )}
          {sure ? (
            <div class={styles.acts}>
              <Button look="danger" busy={acting.busy} onClick={() => void leave()}>
                {own.leaveYes}
              </Button>
              <Button disabled={acting.busy} onClick={() => setSure(false)}>
                {words.shell.cancel}
              </Button>
            </div>
          ) : (
            <Button look="primary" wide onClick={() => setSure(true)}>
              {own.leaveLook}
            </Button>
          )}
        </>
      }
    >
      <div class={styles.page}>
        {sure ? (
          <section class={styles.part}>
            <h2>{own.leaveSure(account.name)}</h2>
            <ul class={styles.list}>
              {account.places.map((place) => (
                <li key={place}>
                  {own.leaveGives(
                    placeNames([place], tree),
                    next.find(({ id }) => id === heirs[place])?.name ?? own.leaveNobody,
                  )}
                </li>
              ))}
            </ul>
            {nobody.length > 0 && (
              <Notice tone="alarm">{own.leaveNobodyHint(nobody.length)}</Notice>
            )}
            <UnsentOf account={account.id} />
            <p>{own.leaveLate}</p>
            <p>{own.leaveAfter}</p>
          </section>
        ) : (
          <>
            <ChooseHeirs
              places={account.places}
              tree={tree}
              next={next}
              value={{ heirs, apart: draft.value.apart }}
              onInput={draft.set}
            />
            <Notice>
              <p>{own.leaveLate}</p>
              <p>{own.leaveAfter}</p>
              <p>{own.leaveRevoke}</p>
            </Notice>
            <PersonDevices account={account.id} />
          </>
        )}
      </div>
    </Page>
  )
}

/** How much their devices held when they were last heard of. */
function UnsentOf(props: { readonly account: string }) {
  const own = usePeopleWords()
  const { list } = useStore(devicesOf(useParts('session', 'officeActs')), (known) => known)
  const lines = list.flatMap(({ id, account, name, revoked, report }) => {
    const unsent = report ? report.waiting + report.refused : 0
    const isMine = account.id === props.account && !revoked && unsent > 0
    return isMine ? [<p key={id}>{own.leaveUnsent(name, unsent)}</p>] : []
  })
  return lines.length > 0 ? <Notice tone="alarm">{lines}</Notice> : null
}

function ChooseHeirs(props: {
  readonly places: readonly string[]
  readonly tree: Tree
  readonly next: readonly ListedAccount[]
  readonly value: { readonly heirs: Heirs; readonly apart: boolean }
  readonly onInput: (next: { readonly heirs: Heirs; readonly apart: boolean }) => void
}) {
  const own = usePeopleWords()
  const words = useWords()
  const { places, tree, next, value, onInput } = props
  const options = next.map(({ id, name, login }) => ({
    value: id,
    label: formatAside(words, name, login),
  }))
  const all = (heir: string) => Object.fromEntries(places.map((place) => [place, heir]))
  const [first = ''] = places
  return (
    <section class={styles.part}>
      <h2>{own.leavePlaces}</h2>
      {places.length === 0 && <p>{own.leavePlacesNone}</p>}
      {!value.apart && <p>{placeNames(places, tree)}</p>}
      {(value.apart ? places : places.slice(0, 1)).map((place) => (
        <SelectField
          key={value.apart ? place : 'all'}
          label={value.apart ? placeNames([place], tree) : own.leaveTo}
          value={value.heirs[place] ?? ''}
          emptyLabel={own.leaveNobody}
          options={options}
          onInput={(heir) =>
            onInput({
              ...value,
              heirs: value.apart ? { ...value.heirs, [place]: heir } : all(heir),
            })
          }
        />
      ))}
      {places.length > 1 && (
        <div class={styles.acts}>
          <Button
            look="quiet"
            onClick={() =>
              onInput({
                apart: !value.apart,
                heirs: value.apart ? all(value.heirs[first] ?? '') : value.heirs,
              })
            }
          >
            {value.apart ? own.leaveTogether : own.leaveApart}
          </Button>
        </div>
      )}
    </section>
  )
}
