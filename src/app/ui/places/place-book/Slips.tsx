import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { mostOneTimes } from '#protocol/place-book.ts'
import type { ListedAccount } from '#protocol/places.ts'
import { placesOf } from '#app/acts/known-places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { usePaper } from '#app/ui/pieces/paper.ts'
import { nodesOf, placeNames, type Tree } from '#app/views/place-tree.ts'
import type { usePlaces } from '#app/ui/places/tree/use-places.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './PlaceBook.module.css'
import { usePlaceBookWords } from './place-book-words.ts'
import { SlipSheet, type Slip } from './SlipSheet.tsx'
import type { Books } from './use-books.ts'

interface Given {
  readonly password: string
  readonly until: string
}

/** Slips for the accounts of one workbook, as soon as it is known which these are. */
export function Slips(props: {
  /** Ids of the accounts; null where the list of workbooks has not come. */
  readonly wanted: readonly string[] | null
  readonly books: Books
  readonly known: ReturnType<typeof usePlaces>
  /** The accounts were made a moment ago. */
  readonly isNew: boolean
  readonly onDone: () => void
}) {
  const own = usePlaceBookWords()
  const { wanted, books, known } = props
  const listed = known.told?.accounts.filter(({ id }) => wanted?.includes(id)) ?? []
  const isListed =
    wanted !== null &&
    (listed.length === wanted.length || (!known.isAsking && known.problem === null))
  // Those of the first moment: an account that signs in meanwhile does not leave the sheet.
  const accounts = useRef<readonly ListedAccount[] | null>(null)
  if (isListed) accounts.current ??= listed
  const again = () => {
    void books.load()
    void known.load()
  }
  return (
    <div class={styles.page}>
      {props.isNew && <Notice>{own.written}</Notice>}
      <section class={styles.card}>
        <h2>{own.slipsTitle}</h2>
        {accounts.current ? (
          <Making accounts={accounts.current} tree={known.tree} onDone={props.onDone} />
        ) : (wanted === null ? books.hasFailed : !known.isAsking) ? (
          <>
            <Notice tone="alarm">{own.slipsUnlisted}</Notice>
            <Button look="primary" wide onClick={again}>
              {own.slipsAgain}
            </Button>
            <Button wide onClick={props.onDone}>
              {own.slipsLeave}
            </Button>
          </>
        ) : (
          <Progress label={own.slipsListing} value={null} />
        )}
      </section>
    </div>
  )
}

/** One-time passwords, made in portions when this opens, and gone with it: they are kept nowhere. */
function Making(props: {
  readonly accounts: readonly ListedAccount[]
  readonly tree: Tree
  readonly onDone: () => void
}) {
  const app = useParts('today')
  const words = useWords()
  const own = usePlaceBookWords()
  const day = useStore(app.today, (store) => store.day)
  const { accounts } = props
  const { given, asked, isGoing, goOn } = useOneTimes(accounts)
  const office = props.tree.roots.map(({ name }) => name).join('、')
  // New places come with the next pull, while the passwords are made.
  const slips = [...accounts].sort(byPlace(props.tree)).flatMap((account): Slip[] => {
    const one = given.get(account.id)
    if (!one) return []
    return [
      {
        ...{ name: account.name, login: account.login, password: one.password },
        place: placeNames(account.places, props.tree),
        until: formatMoment(words, one.until, day),
      },
    ]
  })
  const isWhole = !isGoing && asked === accounts.length
  const sheet = (
    <SlipSheet slips={slips} office={office} address={location.origin} words={own.slip} />
  )
  usePaper(slips.length > 0 ? () => sheet : null)
  return (
    <>
      <p>{isWhole && slips.length === 0 ? own.slipsNobody : own.slipsHint}</p>
      {isGoing && (
        <Progress
          label={own.slipsGoing(asked, accounts.length)}
          value={asked / Math.max(accounts.length, 1)}
        />
      )}
      {!isGoing && !isWhole && (
        <Notice tone="alarm">
          <p>{own.slipsStopped(asked, accounts.length)}</p>
          <Button onClick={() => void goOn()}>{own.goOn}</Button>
        </Notice>
      )}
      {!isGoing && slips.length === 0 && (
        <Button wide onClick={props.onDone}>
          {own.slipsLeave}
        </Button>
      )}
      {!isGoing && slips.length > 0 && (
        <>
          <Button look="primary" wide onClick={() => window.print()}>
            {own.print(slips.length)}
          </Button>
          <Button wide onClick={props.onDone}>
            {own.slipsDone}
          </Button>
          <p class={styles.soft}>{own.slipsLost}</p>
          <details class={styles.look}>
            <summary>{own.onScreen}</summary>
            {sheet}
          </details>
        </>
      )}
    </>
  )
}

/** The order in which they are handed out: by place, then by account. */
function byPlace(tree: Tree) {
  const order = new Map(nodesOf(tree).map(({ id }, at) => [id, at]))
  const names = new Map<string, string>()
  const nameOf = ({ id, places }: ListedAccount) => {
    const held = names.get(id)
    if (held !== undefined) return held
    const made = [...places]
      .map((place) => String(order.get(place) ?? 0).padStart(6, '0'))
      .sort()
      .join()
    names.set(id, made)
    return made
  }
  return (a: ListedAccount, b: ListedAccount) =>
    nameOf(a) === nameOf(b) ? (a.login < b.login ? -1 : 1) : nameOf(a) < nameOf(b) ? -1 : 1
}

function useOneTimes(accounts: readonly ListedAccount[]) {
  const app = useParts('session', 'officeActs', 'work')
  const [given, setGiven] = useState<ReadonlyMap<string, Given>>(new Map())
  /** So many were asked for and answered, whoever has a password of their own meanwhile among them. */
  const [asked, setAsked] = useState(0)
  const [isGoing, setGoing] = useState(true)
  const isOpen = useRef(true)
  const run = useCallback(
    async (from: number) => {
      setGoing(true)
      const acts = await app.officeActs.places()
      for (let at = from; acts.ok && isOpen.current && at < accounts.length; at += mostOneTimes) {
        const portion = accounts.slice(at, at + mostOneTimes)
        const answer = await acts.value.books.oneTimes({
          accounts: portion.map(({ id }) => ({ account: id, act: app.work.newId() })),
        })
        if (!answer.ok || !isOpen.current) break
        const { passwords, until } = answer.value
        const more = passwords.map(
          ({ account, password }) => [account, { password, until }] as const,
        )
        setGiven((before) => new Map([...before, ...more]))
        setAsked(at + portion.length)
      }
      if (!isOpen.current) return
      setGoing(false)
      // Who waits for a first sign-in, and until when.
      void placesOf(app).getState().load()
    },
    [app, accounts],
  )
  useEffect(() => {
    isOpen.current = true
    void run(0)
    return () => {
      isOpen.current = false
    }
  }, [run])
  return { given, asked, isGoing, goOn: () => run(asked) }
}
