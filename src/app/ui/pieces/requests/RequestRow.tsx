import type { ComponentChildren } from 'preact'
import { dayAt } from '#domain/day.ts'
import { waitingAct, type RequestView } from '#app/views/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts, formatMoment } from '#app/ui/format.ts'
import { Row } from '#app/ui/kit/Row.tsx'
import { placeOfRecord } from '#app/views/record-place.ts'
import type { Words } from '#app/ui/words/zh-CN.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useProposalWords } from './proposal-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useKindName } from './use-kind-name.ts'
import { useViewer } from './use-viewer.ts'
import { requestsPages } from '#app/links/requests.ts'

/** One request of a list: what it is about and by when, then how it stands and where it is. */
export function RequestRow(props: {
  readonly view: RequestView
  /** Beside it, e.g. whether it is one of several that are chosen. */
  readonly action?: ComponentChildren
}) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useRequestsWords()
  const { request, course, promise, isLate } = props.view
  const day = useStore(app.today, (store) => store.day)
  const where = useRegister(app, (register) => siteOf(register, request.fields, words))
  const moment = promise ? formatMoment(words, new Date(promise.at).toISOString(), day) : null
  const waiting = waitingAct(props.view, useViewer())
  const said = useProposalWords()
  const kindName = useKindName()
  const isOpen = course.closedAt === null && course.before === null
  const due =
    moment &&
    isOpen &&
    (isLate
      ? `${formatDay(words, dayAt(promise?.at ?? 0), day)} ${own.late}`
      : promise?.isEstimate
        ? own.about2(moment)
        : own.by(moment))
  return (
    <Row
      title={kindName(request.fields.item, request.fields.itemName) ?? request.fields.words}
      {...(due && { aside: due, isLate })}
      under={formatFacts(words, [
        waiting ? said.waits(own.step[waiting]) : own.state[course.state],
        where,
      ])}
      href={requestsPages.request(request.id)}
      {...(props.action !== undefined && { action: props.action })}
    />
  )
}

/** Where a request is, as far as this device has it: its door without a person's name, else the words. */
export function siteOf(
  register: Parameters<typeof placeOfRecord>[0],
  fields: RequestView['request']['fields'],
  words: Words,
): string {
  const { site, siteKind, where } = fields
  const found = site && siteKind ? placeOfRecord(register, siteKind, site).where : ''
  return formatFacts(words, [found, where])
}
