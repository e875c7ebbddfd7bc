import { useState } from 'preact/hooks'
import type { ListedAccount, OneTimeAnswer } from '#protocol/places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { Freshness } from './Freshness.tsx'
import { OneTime } from './OneTime.tsx'
import { useStateOf } from './People.tsx'
import { usePeopleWords } from './people-words.ts'
import { PersonDevices } from './PersonDevices.tsx'
import styles from './Places.module.css'
import type { Tree } from '#app/views/place-tree.ts'
import { useAct } from './use-act.ts'
import { usePlaces } from './use-places.ts'
import { placesPages } from '#app/links/places.ts'

/** One account: role, places, devices, and what an office may do with it. */
export function PersonPage({ params }: PageProps) {
  const own = usePeopleWords()
  const words = useWords()
  const known = usePlaces()
  const account = known.told?.accounts.find(({ id }) => id === params['account'])
  return (
    <Page title={account?.name ?? own.title} back={placesPages.people()}>
      <div class={styles.page}>
        <Freshness known={known} />
        {account && <Person key={account.id} account={account} tree={known.tree} />}
        {known.told && !account && (
          <Empty title={own.title}>
            <p>{words.problems['not-found']}</p>
          </Empty>
        )}
      </div>
    </Page>
  )
}

function Person(props: { readonly account: ListedAccount; readonly tree: Tree }) {
  const own = usePeopleWords()
  const me = useStore(useParts('session').session, (session) => session.account?.id)
  const stateOf = useStateOf()
  const { account, tree } = props
  const state = stateOf(account)
  return (
    <>
      <section class={styles.part}>
        <h2>
          {own.roles[account.role]} <span class={styles.soft}>{account.login}</span>
        </h2>
        {state && <p>{state}</p>}
        <p>{account.closedAt === null ? own.places : own.placesBefore}：</p>
        <ul class={styles.links}>
          {account.places.flatMap((id) => {
            const node = tree.byId.get(id)
            const above = node?.parent ? tree.byId.get(node.parent)?.name : undefined
            return node
              ? [
                  <li key={id}>
                    <a href={placesPages.place(id)}>{node.name}</a>
                    {above && <span class={styles.soft}>{above}</span>}
                  </li>,
                ]
              : []
          })}
        </ul>
      </section>
      {account.kept ? (
        <Acts account={account} />
      ) : (
        <p class={styles.soft}>{account.id === me ? own.own : own.notKept}</p>
      )}
      <PersonDevices account={account.id} />
    </>
  )
}

function Acts({ account }: { readonly account: ListedAccount }) {
  const own = usePeopleWords()
  if (account.closedAt !== null) {
    return (
      <section class={styles.part}>
        <p class={styles.soft}>{own.reopenHint}</p>
        <div class={styles.acts}>
          <ButtonLink icon="check" href={placesPages.reopenPerson(account.id)}>
            {own.reopen}
          </ButtonLink>
        </div>
      </section>
    )
  }
  return (
    <section class={styles.part}>
      <div class={styles.acts}>
        <ButtonLink icon="edit" href={placesPages.editPerson(account.id)}>
          {own.edit}
        </ButtonLink>
        <ButtonLink icon="next" href={placesPages.handOver(account.id)}>
          {own.leave}
        </ButtonLink>
      </div>
      <Reset account={account} />
      {account.factor && <ResetFactor account={account} />}
    </section>
  )
}

/** The telephone with the authenticator is lost: the colleague signs in without it, and sets it up anew where it is asked. */
function ResetFactor({ account }: { readonly account: ListedAccount }) {
  const own = usePeopleWords()
  const words = useWords()
  const acting = useAct()
  const [asking, setAsking] = useState(false)
  if (!asking) {
    return (
      <div class={styles.acts}>
        <Button icon="lock" onClick={() => setAsking(true)}>
          {own.resetFactor}
        </Button>
      </div>
    )
  }
  const reset = async () => {
    const done = await acting.run(
      `reset-factor/${account.id}`,
      { account: account.id },
      (acts, asked) => acts.resetFactor(asked),
    )
    if (done?.ok) setAsking(false)
  }
  return (
    <>
      <Notice>{own.resetFactorAsk}</Notice>
      {acting.said && <Notice tone="alarm">{acting.said}</Notice>}
      <div class={styles.acts}>
        <Button look="primary" busy={acting.busy} onClick={() => void reset()}>
          {own.resetFactorYes}
        </Button>
        <Button onClick={() => setAsking(false)}>{words.shell.cancel}</Button>
      </div>
    </>
  )
}

function Reset({ account }: { readonly account: ListedAccount }) {
  const own = usePeopleWords()
  const words = useWords()
  const acting = useAct()
  const [asking, setAsking] = useState(false)
  const [answer, setAnswer] = useState<OneTimeAnswer | null>(null)
  if (answer) {
    return (
      <OneTime
        title={own.given}
        login={account.login}
        answer={answer}
        onSeen={() => setAnswer(null)}
      />
    )
  }
  if (!asking) {
    return (
      <div class={styles.acts}>
        <Button icon="lock" onClick={() => setAsking(true)}>
          {own.reset}
        </Button>
      </div>
    )
  }
  const reset = async () => {
    const given = await acting.run(`reset/${account.id}`, { account: account.id }, (acts, asked) =>
      acts.reset(asked),
    )
    if (!given?.ok) return
    setAsking(false)
    setAnswer(given.value)
  }
  return (
    <>
      <Notice>{own.resetAsk}</Notice>
      {acting.said && <Notice tone="alarm">{acting.said}</Notice>}
      <div class={styles.acts}>
        <Button look="primary" busy={acting.busy} onClick={() => void reset()}>
          {own.resetYes}
        </Button>
        <Button onClick={() => setAsking(false)}>{words.shell.cancel}</Button>
      </div>
    </>
  )
}
