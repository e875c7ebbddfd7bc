import { useState } from 'preact/hooks'
import { mayWrite } from '#domain/permission.ts'
import { requestsPages } from '#app/links/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { askersShown } from '#app/views/askers.ts'
import type { Rec } from '#app/views/records.ts'
import { AskerHistory } from './AskerHistory.tsx'
import { useAskerWords } from './asker-words.ts'
import { CodeSheet } from './CodeSheet.tsx'
import { useCodeWords } from './code-words.ts'

/** Who asked stays masked here: the door's page shows it, with a purpose and on record. The code is known by its hash. */
export function Askers({ request }: { readonly request: Rec<'request'> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useRequestsWords()
  const said = useAskerWords()
  const code = useCodeWords()
  const { role } = useViewer()
  const day = useStore(app.today, (store) => store.day)
  const [isOpen, setOpen] = useState(false)
  const { known, holder, codeMade, history } = useRegister(
    app,
    (register) => askersShown(register, request.id),
    [request.id],
  )
  const mayMend = mayWrite(role, 'asker')
  if (known.length === 0 && !mayMend) return null
  return (
    <>
      <Group head={own.contact}>
        {known.map(({ id, name, telephone }) => (
          <Row
            key={id}
            title={name ?? telephone}
            {...(name !== null && telephone !== null && { name: telephone })}
            {...(mayMend && {
              action: (
                <ButtonLink look="quiet" href={requestsPages.asker(request.id, id)}>
                  {said.mend}
                </ButtonLink>
              ),
            })}
          />
        ))}
        <Row
          title={code.code}
          under={codeMade === null ? code.none : code.has(formatMoment(words, codeMade, day))}
          {...(mayMend && {
            action: (
              <Button look="quiet" onClick={() => setOpen(true)}>
                {codeMade === null ? code.give : code.another}
              </Button>
            ),
          })}
        />
      </Group>
      <AskerHistory changes={history} />
      {isOpen && <CodeSheet request={request} asker={holder} onClose={() => setOpen(false)} />}
    </>
  )
}
