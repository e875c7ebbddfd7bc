import { saveBookTemplate } from '#app/acts/place-book-file.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { FileButton } from '#app/ui/pieces/FileButton.tsx'
import type { usePlaces } from '#app/ui/places/tree/use-places.ts'
import { PastBooks } from './PastBooks.tsx'
import styles from './PlaceBook.module.css'
import { usePlaceBookWords } from './place-book-words.ts'
import type { Books } from './use-books.ts'
import type { PlaceBook } from './use-place-book.ts'

/** Where it begins: the empty workbook, the filled one, and those that were written before. */
export function ChooseBook(props: {
  readonly book: PlaceBook
  readonly books: Books
  readonly known: ReturnType<typeof usePlaces>
}) {
  const own = usePlaceBookWords()
  const { book } = props
  const template = () =>
    void saveBookTemplate({
      ...{ language: own.language, file: own.file },
      ...{ places: own.placesSheet, people: own.peopleSheet },
      ...{ placesExample: own.placesExample, peopleExample: own.peopleExample },
      ...{ abovePlaces: own.abovePlaces, abovePeople: own.abovePeople },
      ...{ examplePlaces: own.examplePlaces, examplePeople: own.examplePeople },
    })
  return (
    <>
      <section class={styles.card}>
        <p>{own.how}</p>
        <div class={styles.acts}>
          <Button icon="down" onClick={template}>
            {own.template}
          </Button>
          <FileButton
            label={own.choose}
            accept=".xlsx,.xlsm,.xlsb,.xls,.et,.ods,.csv,.txt"
            onFile={(file) => void book.choose(file)}
          />
        </div>
        <p class={styles.soft}>{own.chooseHint}</p>
      </section>
      {book.trouble && (
        <Notice tone="alarm">
          <p>{own.trouble[book.trouble]}</p>
          <p>{own.nothingWritten}</p>
        </Notice>
      )}
      <PastBooks books={props.books} known={props.known} />
    </>
  )
}
