import type { ErrandStep } from '#domain/requests/errand.ts'
import { stepsFor, unitActor } from '#domain/requests/transition.ts'
import { viewErrand, type ErrandView } from '#app/views/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { StepActs } from './StepActs.tsx'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { firstPages } from '#app/links/first.ts'

/** What a unit has of a request: what is to be done, where and by when; never who asked, unless they agreed. */
export function ErrandPage(props: PageProps) {
  const app = useParts('register')
  const own = useRequestsWords()
  const { now } = useViewer()
  const id = props.params['errand'] ?? ''
  const errand = useRegister(app, (register) => register.get('errand', id))
  const view = useRegister(app, (register) => (errand ? viewErrand(register, errand, now) : null), [
    errand,
  ])
  return view ? (
    <Found key={id} view={view} />
  ) : (
    <Gone title={own.gone} back={firstPages.requests()} />
  )
}

function Found(props: { readonly view: ErrandView }) {
  const app = useParts('today')
  const words = useWords()
  const own = useRequestsWords()
  const day = useStore(app.today, (store) => store.day)
  const { errand, steps, isOver, isLate } = props.view
  const { fields } = errand
  return (
    <Page
      title={fields.number}
      back={firstPages.requests()}
      foot={!isOver && <Acts view={props.view} />}
    >
      <div class={styles.page}>
        {isOver && <Notice>{own.over}</Notice>}
        {!isOver && !fields.isLead && <Notice>{own.co}</Notice>}
        <section class={styles.part}>
          <strong>
            {own.state[fields.state]}
            {fields.round > 1 && `，${own.round(fields.round)}`}
          </strong>
          {fields.due && (
            <span class={isLate ? styles.late : undefined}>
              {formatFacts(words, [
                own.by(formatMoment(words, fields.due, day)),
                isLate && own.late,
              ])}
            </span>
          )}
          <p class={styles.words}>{fields.words ?? fields.itemName}</p>
          <p class={styles.soft}>{formatFacts(words, [fields.where, own.level[fields.level]])}</p>
          {fields.contact && (
            <p>
              {own.contact} {fields.contact}
            </p>
          )}
          {fields.lastWords && <p class={styles.words}>{fields.lastWords}</p>}
        </section>
        {steps.length > 0 && (
          <section class={styles.part}>
            <h2>{own.course}</h2>
            <ol class={styles.list}>
              {steps.map((step) => (
                <li key={step.id} class={styles.step}>
                  <strong>{own.step[step.fields.step]}</strong>
                  <span class={styles.soft}>
                    <Moment at={step.fields.at} id={step.id} />
                  </span>
                  {step.fields.words && <span class={styles.words}>{step.fields.words}</span>}
                  {step.fields.moved === false && step.fields.why && (
                    <em class={styles.soft}>{own.why[step.fields.why]}</em>
                  )}
                </li>
              ))}
            </ol>
          </section>
        )}
      </div>
    </Page>
  )
}

function Moment(props: { readonly at: string; readonly id: string }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useRequestsWords()
  const day = useStore(app.today, (store) => store.day)
  const isPending = useRegister(app, (register) => register.isPending(props.id))
  const moment = formatMoment(words, props.at, day)
  return <>{isPending ? `${moment}，${own.pending}` : moment}</>
}

function Acts(props: { readonly view: ErrandView }) {
  const app = useParts('work', 'now')
  const own = useRequestsWords()
  const { errand, steps } = props.view
  // What this device has not sent yet is done for its owner: a signed errand offers its answer at once.
  const isSigned = steps.some(({ fields, version }) => fields.step === 'sign' && version === 0)
  const state = errand.fields.state === 'assigned' && isSigned ? 'handling' : errand.fields.state
  return (
    <StepActs
      possible={stepsFor(unitActor, state)}
      saveLabel={() => own.save}
      onSave={(step, said, saving, then) => {
        // The form offers a unit's steps alone; the record's schema judges all of it again.
        const fields = {
          ...said,
          ...{ errand: errand.id, step, at: new Date(app.now()).toISOString() },
          after: errand.fields.lastStep ?? null,
        } as ErrandStep
        const intent = {
          ...({ op: 'create', kind: 'errand-step' } as const),
          ...{ record: app.work.newId(errand.stream), stream: errand.stream, fields },
        }
        saving.run([intent], then, { isFinal: true })
      }}
    />
  )
}
