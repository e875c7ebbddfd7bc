import type { ListedRequest, PurgeList } from '#protocol/purge.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { GridPart, NearLine } from './GridPart.tsx'
import { usePurgeWords } from './purge-words.ts'
import type { KnownPurge } from './use-purge.ts'
import { requestsPages } from '#app/links/requests.ts'

/** Requests of one grid that ended long ago: how many, and each by its number when somebody asks. */
export function GridRequests(props: {
  readonly requests: PurgeList['requests'][number]
  readonly purge: KnownPurge
}) {
  const said = usePurgeWords()
  const { stream, rule, count, due } = props.requests
  return (
    <GridPart
      {...{ stream, due, purge: props.purge, counted: said.requestsOf[rule](count) }}
      ask={async (acts) => {
        const told = await acts.requests(stream)
        if (!told.ok) return told
        return { ok: true, value: told.value.requests.filter((one) => one.rule === rule) }
      }}
      line={(request: ListedRequest, onKeep) => <RequestLine request={request} onKeep={onKeep} />}
    />
  )
}

function RequestLine(props: { readonly request: ListedRequest; readonly onKeep: () => void }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = usePurgeWords()
  const today = useStore(app.today, (store) => store.day)
  const { request, number, rule, day, due } = props.request
  const isHere = useRegister(app, (register) => register.get('request', request) !== undefined, [
    request,
  ])
  return (
    <NearLine
      facts={[
        said.requestEnded(number, formatDay(words, day, today)),
        said.requestGoes[rule],
        said.due(formatDay(words, due, today)),
      ]}
      link={isHere ? { href: requestsPages.request(request), label: said.openRequest } : null}
      onKeep={props.onKeep}
    />
  )
}
