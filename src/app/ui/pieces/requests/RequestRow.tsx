import { dayAt } from '#domain/day.ts'
import { waitingAct, type RequestView } from '#app/register/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts, formatMoment } from '#app/ui/format.ts'
import { placeOfRecord } from '#app/views/record-place.ts'
import type { Words } from '#app/ui/words/zh-CN.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useProposalWords } from './proposal-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import styles from './Requests.module.css'
import { useKindName } from './use-kind-name.ts'
import { useViewer } from './use-viewer.ts'
import { requestsPages } from '#app/links/requests.ts'

export function RequestRow(props: { readonly view: RequestView }) {
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
  return (
    <a class={styles.row} href={requestsPages.request(request.id)}>
      <strong>
        {kindName(request.fields.item, request.fields.itemName) ?? request.fields.words}
      </strong>
      <span>{waiting ? said.waits(own.step[waiting]) : own.state[course.state]}</span>
      <span class={styles.soft}>{where}</span>
      {moment && isOpen && (
        <span class={isLate ? styles.late : styles.soft}>
          {isLate
            ? `${formatDay(words, dayAt(promise?.at ?? 0), day)} ${own.late}`
            : promise?.isEstimate
              ? own.about2(moment)
              : own.by(moment)}
        </span>
      )}
    </a>
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
