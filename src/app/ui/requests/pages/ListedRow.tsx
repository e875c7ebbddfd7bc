import type { RequestList } from '#protocol/requests.ts'
import { requestsPages } from '#app/links/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { formatFacts } from '#app/ui/format.ts'
import { Row } from '#app/ui/kit/Row.tsx'
import { useDueWords } from '#app/ui/pieces/requests/RequestRow.tsx'
import { useKindName } from '#app/ui/pieces/requests/use-kind-name.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { listedShown } from '#app/views/listed-request.ts'
import { useFigureWords } from './figure-words.ts'

/** A request as the office lists it, without persons; a link where this device has it. */
export function ListedRow({ row }: { readonly row: RequestList['requests'][number] }) {
  const app = useParts('register', 'now')
  const own = useRequestsWords()
  const figures = useFigureWords()
  const words = useWords()
  const kindName = useKindName()
  const dueWords = useDueWords()
  const { isHere, isLate, where } = useRegister(
    app,
    (register) => listedShown(register, row, app.now()),
    [row],
  )
  return (
    <Row
      title={kindName(row.item, row.name) ?? figures.noItem}
      {...(row.promise !== null && {
        aside: dueWords({ at: row.promise, isLate, isAbout: row.isProvisional }),
        isLate,
      })}
      under={formatFacts(words, [own.state[row.state], row.number, ...where])}
      {...(isHere && { href: requestsPages.request(row.request) })}
    />
  )
}
