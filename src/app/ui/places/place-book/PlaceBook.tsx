import { useEffect } from 'preact/hooks'
import { placesOf } from '#app/acts/known-places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Freshness } from '#app/ui/places/tree/Freshness.tsx'
import { usePlaces } from '#app/ui/places/tree/use-places.ts'
import { BookPreview } from './BookPreview.tsx'
import { ChooseBook } from './ChooseBook.tsx'
import styles from './PlaceBook.module.css'
import { usePlaceBookWords } from './place-book-words.ts'
import { Slips } from './Slips.tsx'
import { useBooks } from './use-books.ts'
import { usePlaceBook } from './use-place-book.ts'
import { placesPages } from '#app/links/places.ts'

/** Places and people from a workbook: choose it, look at what it makes, write it, print the slips. */
export function PlaceBook() {
  const app = useParts('session', 'officeActs')
  const own = usePlaceBookWords()
  const known = usePlaces()
  const book = usePlaceBook(known)
  const books = useBooks()
  useEffect(() => void placesOf(app).getState().load(), [app])
  const { written, open, acting } = book
  const accounts = books.list?.books.find((one) => one.book === written)?.accounts
  const { load } = books
  useEffect(() => {
    if (written) void load()
  }, [written, load])
  const close = () => {
    book.close()
    books.showSlips(null)
  }
  if (!known.told) {
    return (
      <Page title={own.title} back={placesPages.places()}>
        <Freshness known={known} />
      </Page>
    )
  }
  const hasNew = open !== null && open.fresh.length > 0
  const wanted = books.slips ?? accounts ?? null
  if (wanted ? wanted.length > 0 : written !== null) {
    return (
      <Page title={own.title} back={placesPages.places()}>
        <Slips {...{ wanted, books, known }} isNew={written !== null} onDone={close} />
      </Page>
    )
  }
  return (
    <Page
      title={own.title}
      back={placesPages.places()}
      foot={
        hasNew &&
        !written && (
          <>
            {acting.said && <Notice tone="alarm">{acting.said}</Notice>}
            <Foot open={open} isBusy={acting.busy} onWrite={() => void book.write()} />
          </>
        )
      }
    >
      <div class={styles.page}>
        {written && <Notice>{own.written}</Notice>}
        {book.isReading ? (
          <Progress label={own.reading} value={null} />
        ) : open && !written ? (
          <BookPreview open={open} onClose={close} />
        ) : (
          <ChooseBook book={book} books={books} known={known} />
        )}
      </div>
    </Page>
  )
}

function Foot(props: {
  readonly open: NonNullable<ReturnType<typeof usePlaceBook>['open']>
  readonly isBusy: boolean
  readonly onWrite: () => void
}) {
  const own = usePlaceBookWords()
  const { places, people } = props.open.plan
  return (
    <Button look="primary" wide busy={props.isBusy} onClick={props.onWrite}>
      {props.isBusy ? own.writing : own.write(places.length, people.length)}
    </Button>
  )
}
