import { firstPages } from '#app/links/first.ts'
import { requestsPages } from '#app/links/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts, formatNames } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Hero } from '#app/ui/kit/Hero.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { Door, Page, TwoLines } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import { useProposalWords } from '#app/ui/pieces/requests/proposal-words.ts'
import { Photos } from '#app/ui/pieces/photos/photos-later.ts'
import { RequestRow } from '#app/ui/pieces/requests/RequestRow.tsx'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useKindName } from '#app/ui/pieces/requests/use-kind-name.ts'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { Rec } from '#app/views/records.ts'
import { requestShown, similarShown, type RequestShown } from '#app/views/request-page.ts'
import { viewRequest, type RequestView } from '#app/views/requests.ts'
import { Askers } from './Askers.tsx'
import { ConfineLink } from './Confine.tsx'
import { CountedDays, DueLine } from './DueLine.tsx'
import { Proposals } from './Proposals.tsx'
import { TopicFromRequest } from './TopicFromRequest.tsx'
import { CareFromRequest } from './CareFromRequest.tsx'
import { RequestActs } from './RequestActs.tsx'
import { RequestSteps } from './RequestSteps.tsx'

/** One request: where it stands and by when, what was said, who held it, and the steps that this account may make. */
export function RequestPage(props: PageProps) {
  const app = useParts('register')
  const own = useRequestsWords()
  const id = props.params['request'] ?? ''
  const request = useRegister(app, (register) => register.get('request', id))
  return request ? (
    <Found key={id} request={request} />
  ) : (
    <Gone title={own.gone} back={firstPages.requests()} />
  )
}

function Found({ request }: { readonly request: Rec<'request'> }) {
  const app = useParts('register')
  const viewer = useViewer()
  const view = useRegister(app, (register) => viewRequest(register, request, viewer), [request])
  const shown = useRegister(app, (register) => requestShown(register, view, viewer), [view])
  const { number } = request.fields
  const kind = useKindName()(shown.item, shown.itemName)
  return (
    <Page
      width="read"
      title={kind === null ? number : <TwoLines above={number} below={kind} />}
      back={firstPages.requests()}
      foot={<RequestActs view={view} />}
    >
      <div class={styles.page}>
        <Standing shown={shown} />
        <Notices shown={shown} />
        <Proposals view={view} />
      </div>
      <Matter request={request.id} shown={shown} />
      <Similar view={view} />
      <Askers request={request} />
      <CareFromRequest request={request.id} />
      <TopicFromRequest request={request.id} />
      <RequestSteps steps={shown.steps} held={shown.held} />
      <ConfineLink view={view} />
    </Page>
  )
}

/** How it stands, with whom, and by when: what whoever opens the page looks for. */
function Standing({ shown }: { readonly shown: RequestShown }) {
  const app = useParts('today')
  const words = useWords()
  const own = useRequestsWords()
  const said = useProposalWords()
  const day = useStore(app.today, (store) => store.day)
  const { state, waits, ending, unit, round, due, suspendedUntil } = shown
  const title = formatFacts(words, [
    waits ? said.waits(own.step[waits]) : own.state[state],
    ending && own.endings[ending],
    unit,
    round > 1 && own.round(round),
  ])
  return (
    <Hero tone={waits ? 'pending' : 'neutral'} title={<strong>{title}</strong>}>
      {due && <DueLine due={due} />}
      {suspendedUntil && <p>{own.suspendedUntil(formatDay(words, suspendedUntil, day))}</p>}
    </Hero>
  )
}

/** What somebody has to answer or to know before the next step. */
function Notices({ shown }: { readonly shown: RequestShown }) {
  const own = useRequestsWords()
  const more = useMoreWords()
  const { asks, mergedInto, supervision } = shown
  return (
    <>
      {asks.map((ask) => (
        <Notice key={ask}>{own.asks[ask]}</Notice>
      ))}
      {mergedInto !== null && (
        <Notice>
          <p>{more.joined}</p>
          <ButtonLink href={requestsPages.request(mergedInto)}>{more.openJoined}</ButtonLink>
        </Notice>
      )}
      {supervision !== null && <Notice>{more.supervised[supervision] ?? ''}</Notice>}
    </>
  )
}

/** What it is about: the kind, the words of whoever asked, and where. */
function Matter(props: { readonly request: string; readonly shown: RequestShown }) {
  const { shown } = props
  const words = useWords()
  const own = useRequestsWords()
  const { site, outsideNumbers, due } = shown
  return (
    <Group head={own.what} box>
      {shown.words !== null && <p class={styles.words}>{shown.words}</p>}
      <Photos host={props.request} />
      <FactGrid>
        {site.door !== '' && (
          <Fact label={own.about} tall>
            {site.href === null ? (
              <Door>{site.door}</Door>
            ) : (
              <a class={styles.link} href={site.href}>
                <span>
                  <Door>{site.door}</Door>
                </span>
              </a>
            )}
          </Fact>
        )}
        {site.words !== null && (
          <Fact label={own.where} wide>
            {site.words}
          </Fact>
        )}
        <Fact label={own.levelLabel}>{own.level[shown.level]}</Fact>
        <Fact label={own.from}>{own.source[shown.source]}</Fact>
        {outsideNumbers.length > 0 && (
          <Fact label={own.outsideNumber} wide>
            {formatNames(words, outsideNumbers)}
          </Fact>
        )}
      </FactGrid>
      {due && <CountedDays days={due.days} />}
    </Group>
  )
}

/** What may be the same matter: the office looks before it sends somebody twice. */
function Similar({ view }: { readonly view: RequestView }) {
  const app = useParts('register')
  const more = useMoreWords()
  const viewer = useViewer()
  const { count, first } = useRegister(app, (register) => similarShown(register, view, viewer), [
    view,
  ])
  if (count === 0) return null
  return (
    <Group head={more.similar(count)}>
      {first.map((one) => (
        <RequestRow key={one.request.id} view={one} />
      ))}
    </Group>
  )
}
