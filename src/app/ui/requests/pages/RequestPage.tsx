import { instantToDay } from '#domain/day.ts'
import type { StepName } from '#domain/requests/step.ts'
import { actorOf, stepsFor, transitions } from '#domain/requests/transition.ts'
import { unitName } from '#app/views/request-rules.ts'
import { mergeTargets, similarTo } from '#app/views/request-similar.ts'
import { viewRequest, waitingAct, type RequestView, type ShownStep } from '#app/views/requests.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts, formatMoment } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { Askers } from './Askers.tsx'
import { ConfineLink } from './Confine.tsx'
import { Ledger } from './Ledger.tsx'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import { useProposalWords } from '#app/ui/pieces/requests/proposal-words.ts'
import { Proposals } from './Proposals.tsx'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { RequestRow, siteOf } from '#app/ui/pieces/requests/RequestRow.tsx'
import { StepActs } from './StepActs.tsx'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { requestsPages } from '#app/links/requests.ts'
import { firstPages } from '#app/links/first.ts'

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

function Found(props: { readonly request: Rec<'request'> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useRequestsWords()
  const viewer = useViewer()
  const day = useStore(app.today, (store) => store.day)
  const { request } = props
  const view = useRegister(app, (register) => viewRequest(register, request, viewer), [request])
  const where = useRegister(app, (register) => siteOf(register, request.fields, words))
  const unit = useRegister(app, (register) =>
    view.course.lead ? unitName(register, view.course.lead) : undefined,
  )
  const { course } = view
  const waiting = waitingAct(view, viewer)
  const proposed = useProposalWords()
  return (
    <Page title={request.fields.number} back={firstPages.requests()} foot={<Acts view={view} />}>
      <div class={styles.page}>
        <section class={styles.part}>
          <strong>
            {formatFacts(words, [
              waiting ? proposed.waits(own.step[waiting]) : own.state[course.state],
              unit,
              course.round > 1 && own.round(course.round),
            ])}
          </strong>
          <Due view={view} />
          <p class={styles.words}>{request.fields.words ?? request.fields.itemName}</p>
          <p class={styles.soft}>
            {formatFacts(words, [
              where,
              own.level[course.level],
              own.source[request.fields.source],
            ])}
          </p>
          {course.suspendedUntil && (
            <p>{own.suspendedUntil(formatDay(words, course.suspendedUntil, day))}</p>
          )}
          {Object.keys(course.asks).map((ask) => (
            <Notice key={ask}>{own.asks[ask as keyof typeof own.asks]}</Notice>
          ))}
        </section>
        <Proposals view={view} />
        <Joined view={view} />
        <Askers request={request} />
        <section class={styles.part}>
          <h2>{own.course}</h2>
          <ol class={styles.list}>
            {view.steps.map((shown) => (
              <li key={shown.step.id} class={styles.step}>
                <Step shown={shown} />
              </li>
            ))}
          </ol>
          <Ledger steps={view.steps} />
        </section>
        <ConfineLink view={view} />
      </div>
    </Page>
  )
}

/** Where it went, and what may be the same matter: the office looks before it sends somebody twice. */
function Joined(props: { readonly view: RequestView }) {
  const app = useParts('register')
  const more = useMoreWords()
  const viewer = useViewer()
  const { view } = props
  const similar = useRegister(app, (register) => similarTo(register, view, viewer), [view])
  const { mergedInto, supervision } = view.course
  return (
    <>
      {mergedInto && (
        <Notice>
          {more.joined}{' '}
          <ButtonLink href={requestsPages.request(mergedInto)}>{more.openJoined}</ButtonLink>
        </Notice>
      )}
      {supervision !== null && !view.course.closedAt && (
        <Notice>{more.supervised[supervision] ?? ''}</Notice>
      )}
      {!mergedInto && similar.length > 0 && (
        <Group head={more.similar(similar.length)}>
          {similar.slice(0, 3).map((one) => (
            <RequestRow key={one.request.id} view={one} />
          ))}
        </Group>
      )}
    </>
  )
}

function Due(props: { readonly view: RequestView }) {
  const app = useParts('today')
  const words = useWords()
  const own = useRequestsWords()
  const day = useStore(app.today, (store) => store.day)
  const { promise, isLate, course } = props.view
  if (!promise || course.closedAt || course.before) return null
  const moment = formatMoment(words, new Date(promise.at).toISOString(), day)
  const counted = promise.days.filter(({ counts }) => counts === 'counted')
  return (
    <>
      <span class={isLate ? styles.late : undefined}>
        {formatFacts(words, [
          promise.isEstimate || promise.isProvisional ? own.about2(moment) : own.by(moment),
          isLate && own.late,
        ])}
      </span>
      {promise.unit === 'working-days' && (
        <details>
          <summary class={styles.soft}>{own.days}</summary>
          <p class={styles.soft}>
            {formatFacts(
              words,
              counted.map((one) => formatDay(words, one.day, day)),
            )}
          </p>
        </details>
      )}
    </>
  )
}

function Step(props: { readonly shown: ShownStep }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useRequestsWords()
  const day = useStore(app.today, (store) => store.day)
  const more = useMoreWords()
  const { step, isPending } = props.shown
  const unit = useRegister(app, (register) =>
    step.unit ? unitName(register, step.unit) : undefined,
  )
  const isLate = step.received && instantToDay(step.received) !== instantToDay(step.at)
  const said = formatMoment(words, step.at, day)
  const when =
    isLate && step.received ? own.offlineStep(said, formatMoment(words, step.received, day)) : said
  return (
    <>
      <strong>{formatFacts(words, [own.step[step.step], unit])}</strong>
      <span class={styles.soft}>
        {formatFacts(words, [
          step.actor ? own.roleOf[step.actor] : null,
          when,
          step.fromRequest ? more.fromMerged : null,
          isPending ? own.pending : null,
        ])}
      </span>
      {step.words && <span class={styles.words}>{step.words}</span>}
      {step.wordsForAsker && <span class={styles.words}>{step.wordsForAsker}</span>}
      {step.ending && <span>{own.endings[step.ending]}</span>}
      {step.moved === false && step.why && <em class={styles.soft}>{own.why[step.why]}</em>}
    </>
  )
}

function Acts(props: { readonly view: RequestView }) {
  const app = useParts('register', 'work', 'now')
  const own = useRequestsWords()
  const viewer = useViewer()
  const { request, course, steps } = props.view
  const targets = useRegister(app, (register) => mergeTargets(register, props.view, viewer), [
    request,
    steps,
  ])
  const actor = actorOf(viewer.role)
  if (actor === null) return null
  return (
    <StepActs
      possible={stepsFor(actor, course.state).filter((name) => isMeant(name, course.asks))}
      saveLabel={(step) => (transitions[step].offline.includes(actor) ? own.save : own.saveAct)}
      targets={targets}
      onSave={(step, said, saving, then) => {
        const fields = {
          ...said,
          ...{ request: request.id, step, at: new Date(app.now()).toISOString() },
          after: steps.at(-1)?.step.id ?? null,
        }
        const intent = {
          ...({ op: 'create', kind: 'request-step' } as const),
          ...{ record: app.work.newId(request.stream), stream: request.stream, fields },
        }
        saving.run([intent], then, { isFinal: true })
      }}
    />
  )
}

/** What answers an ask is offered only where something is asked. */
function isMeant(name: StepName, asks: RequestView['course']['asks']): boolean {
  if (name === 'grant-return') return asks.return !== undefined
  if (name === 'refuse-ask') return Object.keys(asks).length > 0
  return true
}
