import { requestsPages } from '#app/links/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { formatFacts } from '#app/ui/format.ts'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useDueWords } from '#app/ui/pieces/requests/RequestRow.tsx'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { errandDue } from '#app/views/errand-page.ts'
import { listErrands, type ErrandView } from '#app/views/requests.ts'

/** What a unit has, the earliest due first. */
export function ErrandList() {
  const app = useParts('register')
  const own = useRequestsWords()
  const { now } = useViewer()
  const errands = useRegister(app, (register) => listErrands(register, now), [now])
  return (
    <Page title={own.errands}>
      {errands.length === 0 ? (
        <Empty title={own.noErrands}>
          <p>{own.noErrandsHint}</p>
        </Empty>
      ) : (
        <Group label={own.errands}>
          {errands.map((view) => (
            <ErrandRow key={view.errand.id} view={view} />
          ))}
        </Group>
      )}
    </Page>
  )
}

function ErrandRow({ view }: { readonly view: ErrandView }) {
  const words = useWords()
  const own = useRequestsWords()
  const dueWords = useDueWords()
  const { id, fields } = view.errand
  const due = errandDue(view)
  return (
    <Row
      title={fields.itemName ?? fields.words}
      {...(due !== null && { aside: dueWords(due), isLate: due.isLate })}
      under={formatFacts(words, [view.isOver ? own.over : own.state[fields.state], fields.where])}
      href={requestsPages.errand(id)}
    />
  )
}
