import { useState } from 'preact/hooks'
import type { BookList, TakenBack } from '#protocol/place-book.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useAct } from '#app/ui/places/tree/use-act.ts'
import type { usePlaces } from '#app/ui/places/tree/use-places.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './PlaceBook.module.css'
import { usePlaceBookWords } from './place-book-words.ts'
import type { Books } from './use-books.ts'

type Book = BookList['books'][number]

/** Workbooks that were written, each with what it made: taken back as a whole, or slips for whoever has not come yet. */
export function PastBooks(props: {
  readonly books: Books
  readonly known: ReturnType<typeof usePlaces>
}) {
  const own = usePlaceBookWords()
  const { books, known } = props
  if (!books.list) return null
  return (
    <section class={styles.past}>
      <h2>{own.past}</h2>
      {books.list.books.length === 0 && <p class={styles.soft}>{own.pastNone}</p>}
      {books.list.books.map((book) => (
        <Past key={book.book} book={book} books={books} known={known} />
      ))}
    </section>
  )
}

function Past(props: {
  readonly book: Book
  readonly books: Books
  readonly known: ReturnType<typeof usePlaces>
}) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = usePlaceBookWords()
  const { book, books, known } = props
  const day = useStore(app.today, (store) => store.day)
  const who = useRegister(app, (register) => register.get('account', book.by)?.fields.name ?? '', [
    book.by,
  ])
  const waiting = (known.told?.accounts ?? []).filter(
    ({ id, oneTimeUntil, closedAt, kept }) =>
      kept && closedAt === null && oneTimeUntil !== null && book.accounts.includes(id),
  )
  const made = [
    book.places.length > 0 && own.places(book.places.length),
    book.accounts.length > 0 && own.accounts(book.accounts.length),
  ]
  return (
    <div class={styles.card}>
      <p>
        <strong>{made.filter(Boolean).join(' · ')}</strong>{' '}
        <span class={styles.soft}>
          {own.pastLine(who, formatMoment(words, book.at, day))}
          {book.takenBackAt && ` · ${own.takenBack(formatMoment(words, book.takenBackAt, day))}`}
        </span>
      </p>
      {!book.takenBackAt && (
        <div class={styles.acts}>
          {waiting.length > 0 && (
            <MakeSlips
              count={waiting.length}
              onMake={() => books.showSlips(waiting.map(({ id }) => id))}
            />
          )}
          <TakeBack book={book.book} onDone={() => void books.load()} />
        </div>
      )}
    </div>
  )
}

/** New passwords end those before: whoever holds a slip already is thought of first. */
function MakeSlips(props: { readonly count: number; readonly onMake: () => void }) {
  const own = usePlaceBookWords()
  const words = useWords()
  const [isAsking, setAsking] = useState(false)
  const { count, onMake } = props
  if (!isAsking) return <Button onClick={() => setAsking(true)}>{own.makeSlips(count)}</Button>
  return (
    <div class={styles.ask}>
      <Notice tone="alarm">{own.makeSlipsAsk(count)}</Notice>
      <div class={styles.acts}>
        <Button look="danger" onClick={onMake}>
          {own.makeSlipsYes}
        </Button>
        <Button onClick={() => setAsking(false)}>{words.shell.cancel}</Button>
      </div>
    </div>
  )
}

/** Says what is lost before it asks for the second tap. */
function TakeBack(props: { readonly book: string; readonly onDone: () => void }) {
  const own = usePlaceBookWords()
  const words = useWords()
  const toasts = useToasts()
  const acting = useAct()
  const [isAsking, setAsking] = useState(false)
  const [standing, setStanding] = useState<TakenBack['standing']>(null)
  const { book } = props
  const takeBack = async () => {
    const answer = await acting.run(`take-back/${book}`, { book }, (acts, request) =>
      acts.books.takeBack(request),
    )
    if (!answer?.ok) return
    setAsking(false)
    setStanding(answer.value.standing)
    if (answer.value.standing) return
    toasts.show(own.tookBack)
    props.onDone()
  }
  if (!isAsking) {
    return (
      <>
        <Button look="quiet" onClick={() => setAsking(true)}>
          {own.takeBack}
        </Button>
        {standing && <Notice tone="alarm">{own.standing[standing.what](standing.name)}</Notice>}
      </>
    )
  }
  return (
    <div class={styles.ask}>
      <Notice tone="alarm">{own.takeBackAsk}</Notice>
      {acting.said && <Notice tone="alarm">{acting.said}</Notice>}
      <div class={styles.acts}>
        <Button look="danger" busy={acting.busy} onClick={() => void takeBack()}>
          {own.takeBackYes}
        </Button>
        <Button onClick={() => setAsking(false)}>{words.shell.cancel}</Button>
      </div>
    </div>
  )
}
