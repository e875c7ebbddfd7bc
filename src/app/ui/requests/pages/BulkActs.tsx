import { useState } from 'preact/hooks'
import { requestSteps } from '#app/acts/request-steps.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import type { RequestView } from '#app/views/requests.ts'
import { stepsInBulk } from '#app/views/steps-offered.ts'
import { StepActs } from './StepActs.tsx'
import { useSaveEach } from './use-save-each.ts'

/** One step on all that were chosen, each naming the step that this screen showed of it. */
export function BulkActs(props: {
  readonly views: readonly RequestView[]
  /** With the requests whose step could not be saved. */
  readonly onDone: (failed: readonly string[]) => void
}) {
  const app = useParts('work', 'now')
  const own = useRequestsWords()
  const more = useMoreWords()
  const { role } = useViewer()
  const { busy, problem, run } = useSaveEach()
  const [note, setNote] = useState<string | null>(null)
  const { views } = props
  const possible = stepsInBulk(views, role)
  return (
    <>
      <span>{more.chosen(views.length)}</span>
      {views.length > 0 && possible.length === 0 && <span>{more.nothingShared}</span>}
      <StepActs
        possible={possible}
        saveLabel={() => own.saveAct}
        several={{ busy, problem, note }}
        onSave={(name, values, _, then) => {
          const intents = requestSteps(app, views, name, values)
          run(intents, (failed) => {
            const left = views.filter((_view, index) =>
              failed.some((one) => one === intents[index]),
            )
            const numbers = left.map(({ request }) => request.fields.number)
            setNote(left.length > 0 ? more.notSaved(views.length - left.length, numbers) : null)
            if (left.length === 0) then()
            props.onDone(left.map(({ request }) => request.id))
          })
        }}
      />
    </>
  )
}
