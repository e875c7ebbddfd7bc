import type { ComponentChildren } from 'preact'
import { dayAt } from '#domain/day.ts'
import { requestsPages } from '#app/links/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts, formatMoment } from '#app/ui/format.ts'
import { Row } from '#app/ui/kit/Row.tsx'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import type { Words } from '#app/ui/words/zh-CN.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { lineOf } from '#app/views/request-list.ts'
import { siteShown, type DueShown } from '#app/views/request-page.ts'
import type { RequestView } from '#app/views/requests.ts'
import { useProposalWords } from './proposal-words.ts'
import { useKindName } from './use-kind-name.ts'
import { useViewer } from './use-viewer.ts'

/** One request of a list: what it is about and by when, then how it stands and where it is. */
export function RequestRow(props: {
  readonly view: RequestView
  /** Beside it, e.g. whether it is one of several that are chosen. */
  readonly action?: ComponentChildren
}) {
  const app = useParts('register')
  const words = useWords()
  const own = useRequestsWords()
  const said = useProposalWords()
  const kindName = useKindName()
  const viewer = useViewer()
  const dueWords = useDueWords()
  const line = useRegister(app, (register) => lineOf(register, props.view, viewer), [props.view])
  const { id, item, itemName, state, waits, due, site } = line
  return (
    <Row
      title={kindName(item, itemName) ?? line.words}
      {...(due !== null && { aside: dueWords(due), isLate: due.isLate })}
      under={formatFacts(words, [
        waits ? said.waits(own.step[waits]) : own.state[state],
        site.door,
        site.words,
      ])}
      href={requestsPages.request(id)}
      {...(props.action !== undefined && { action: props.action })}
    />
  )
}

/** Where a request is, as far as this device has it: its door without a person's name, else the words. */
export function siteOf(
  register: Parameters<typeof siteShown>[0],
  fields: Parameters<typeof siteShown>[1],
  words: Words,
): string {
  const site = siteShown(register, fields)
  return formatFacts(words, [site.door, site.words])
}

/** By when, in few words: of what is late the day alone. */
export function useDueWords(): (due: Pick<DueShown, 'at' | 'isLate' | 'isAbout'>) => string {
  const app = useParts('today')
  const words = useWords()
  const own = useRequestsWords()
  const day = useStore(app.today, (store) => store.day)
  return ({ at, isLate, isAbout }) => {
    if (isLate) return own.lateOn(formatDay(words, dayAt(Date.parse(at)), day))
    const moment = formatMoment(words, at, day)
    return isAbout ? own.about2(moment) : own.by(moment)
  }
}
