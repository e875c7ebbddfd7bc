import { firstPages } from '#app/links/first.ts'
import { errandStep } from '#app/acts/request-steps.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { formatFacts } from '#app/ui/format.ts'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Hero } from '#app/ui/kit/Hero.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { Page, TwoLines } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { Photos } from '#app/ui/pieces/photos/photos-later.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { errandShown, type ErrandShown } from '#app/views/errand-page.ts'
import type { ErrandView } from '#app/views/requests.ts'
import { errandSteps } from '#app/views/steps-offered.ts'
import { DueLine } from './DueLine.tsx'
import { RequestSteps } from './RequestSteps.tsx'
import { StepActs } from './StepActs.tsx'

/** What a unit has of a request: what is to be done, where and by when; never who asked, unless they agreed. */
export function ErrandPage(props: PageProps) {
  const app = useParts('register')
  const own = useRequestsWords()
  const { now } = useViewer()
  const id = props.params['errand'] ?? ''
  const shown = useRegister(app, (register) => errandShown(register, id, now), [id, now])
  return shown ? (
    <Found key={id} shown={shown} />
  ) : (
    <Gone title={own.gone} back={firstPages.requests()} />
  )
}

function Found({ shown }: { readonly shown: ErrandShown }) {
  const words = useWords()
  const own = useRequestsWords()
  const { view, due, steps } = shown
  const { isOver } = view
  const { fields } = view.errand
  const title = formatFacts(words, [
    own.state[fields.state],
    fields.round > 1 && own.round(fields.round),
  ])
  return (
    <Page
      width="read"
      title={
        fields.itemName ? <TwoLines above={fields.number} below={fields.itemName} /> : fields.number
      }
      back={firstPages.requests()}
      foot={!isOver && <Acts view={view} />}
    >
      <div class={styles.page}>
        <Hero title={<strong>{title}</strong>}>{due && <DueLine due={due} />}</Hero>
        {isOver && <Notice>{own.over}</Notice>}
        {!isOver && !fields.isLead && <Notice>{own.co}</Notice>}
      </div>
      <Matter view={view} />
      {steps.length > 0 && <RequestSteps steps={steps} held={[]} />}
    </Page>
  )
}

/** The matter in masked words, and where; the contact only where the person agreed. */
function Matter({ view }: { readonly view: ErrandView }) {
  const own = useRequestsWords()
  const { words, where, level, contact, lastWords } = view.errand.fields
  return (
    <Group head={own.what} box>
      {words && <p class={styles.words}>{words}</p>}
      <FactGrid>
        {where && (
          <Fact label={own.where} wide>
            {where}
          </Fact>
        )}
        <Fact label={own.levelLabel}>{own.level[level]}</Fact>
        {contact && (
          <Fact label={own.contact} wide>
            {contact}
          </Fact>
        )}
      </FactGrid>
      {lastWords && <p class={styles.words}>{lastWords}</p>}
      <Photos host={view.errand.id} />
    </Group>
  )
}

function Acts({ view }: { readonly view: ErrandView }) {
  const app = useParts('work', 'now')
  const own = useRequestsWords()
  const { id: host, stream } = view.errand
  return (
    <StepActs
      possible={errandSteps(view)}
      saveLabel={() => own.save}
      host={{ kind: 'errand', id: host, stream }}
      onSave={(step, values, saving, then, photos) => {
        const taken = photos?.intents({ host, stream, isOfErrand: true })
        void (taken ?? Promise.resolve([])).then((pictures) => {
          saving.run(
            [errandStep(app, view, step, values, pictures), ...pictures],
            () => {
              photos?.saved(pictures)
              then()
            },
            { isFinal: true },
          )
        })
      }}
    />
  )
}
