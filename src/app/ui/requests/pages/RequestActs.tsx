import { requestSteps } from '#app/acts/request-steps.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import type { RequestView } from '#app/views/requests.ts'
import { countsOffline, stepsOffered } from '#app/views/steps-offered.ts'
import { StepActs } from './StepActs.tsx'

/** The steps that whoever looks may make now on this request. */
export function RequestActs({ view }: { readonly view: RequestView }) {
  const app = useParts('work', 'now')
  const own = useRequestsWords()
  const { role } = useViewer()
  return (
    <StepActs
      possible={stepsOffered(view, role)}
      saveLabel={(step) => (countsOffline(step, role) ? own.save : own.saveAct)}
      request={view}
      host={{ kind: 'request', id: view.request.id, stream: view.request.stream }}
      onSave={(step, values, saving, then, photos) => {
        const { id: host, stream } = view.request
        void (photos?.intents({ host, stream }) ?? Promise.resolve([])).then((pictures) => {
          const steps = requestSteps(app, [view], step, values, pictures)
          saving.run(
            [...steps, ...pictures],
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
