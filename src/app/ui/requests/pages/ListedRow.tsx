import type { RequestList } from '#protocol/requests.ts'
import { openStates } from '#domain/requests/transition.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Row } from '#app/ui/kit/Row.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useFigureWords } from './figure-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useKindName } from '#app/ui/pieces/requests/use-kind-name.ts'
import { requestsPages } from '#app/links/requests.ts'

/** A request as the office lists it, without persons; a link where this device has it. */
export function ListedRow({ row }: { readonly row: RequestList['requests'][number] }) {
  const app = useParts('register', 'today', 'now')
  const own = useRequestsWords()
  const figures = useFigureWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const kindName = useKindName()
  const isHere = useRegister(app, (register) => register.get('request', row.request) !== undefined)
  const where = useRegister(app, (register) => {
    const building = row.building ? register.get('building', row.building)?.fields : undefined
    const place = register.get('place', row.stream)?.fields.name
    return formatFacts(words, [place, building && `${building.estate ?? ''} ${building.name}`])
  })
  return (
    <Row
      title={kindName(row.item, row.name) ?? figures.noItem}
      {...(row.promise && {
        aside: own.by(formatMoment(words, row.promise, day)),
        isLate: isLate(row, app.now()),
      })}
      under={formatFacts(words, [own.state[row.state], row.number, where])}
      {...(isHere && { href: requestsPages.request(row.request) })}
    />
  )
}

/** As the office counts it: what stands still or waits for the person alone is not. */
function isLate(
  { promise, isPaused, state }: RequestList['requests'][number],
  now: number,
): boolean {
  const runs = openStates.includes(state) && state !== 'verifying' && !isPaused
  return runs && promise !== null && Date.parse(promise) < now
}
