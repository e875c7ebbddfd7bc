import type { Fields } from '#domain/record.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { CodeCard } from './CodeCard.tsx'
import { useCodeWords } from './code-words.ts'

/** After a request was taken: what the person goes home with, before anybody goes on. */
export function Taken(props: {
  readonly request: Pick<Fields<'request'>, 'number' | 'at' | 'itemName' | 'words'>
  readonly code: string
  readonly back: string
  readonly onDone: () => void
}) {
  const app = useParts('today')
  const words = useWords()
  const said = useCodeWords()
  const day = useStore(app.today, (store) => store.day)
  const { request, code, back, onDone } = props
  return (
    <Page
      title={said.taken}
      back={back}
      foot={
        <>
          <Button look="primary" wide icon="check" onClick={onDone}>
            {said.given}
          </Button>
          <Button look="quiet" wide onClick={onDone}>
            {said.notNeeded}
          </Button>
        </>
      }
    >
      <CodeCard
        number={request.number}
        code={code}
        moment={formatMoment(words, request.at, day)}
        matter={request.itemName ?? request.words ?? ''}
      />
    </Page>
  )
}
