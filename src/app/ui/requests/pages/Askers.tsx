import { useState } from 'preact/hooks'
import { maskName, maskPhone } from '#domain/mask.ts'
import { mayWrite } from '#domain/permission.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { AskerHistory } from './AskerHistory.tsx'
import { useAskerWords } from './asker-words.ts'
import { CodeSheet } from './CodeSheet.tsx'
import { useCodeWords } from './code-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { requestsPages } from '#app/links/requests.ts'

/** Who asked stays masked here: the door's page shows it, with a purpose and on record. The code is known by its hash. */
export function Askers(props: { readonly request: Rec<'request'> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useRequestsWords()
  const said = useAskerWords()
  const code = useCodeWords()
  const { role } = useViewer()
  const day = useStore(app.today, (store) => store.day)
  const [isOpen, setOpen] = useState(false)
  const { request } = props
  const askers = useRegister(app, (register) => register.askers(request.id), [request.id])
  const known = askers.filter(({ fields }) => fields.name ?? fields.telephone)
  const mayMend = mayWrite(role, 'asker')
  const holder = askers.find(({ fields }) => fields.tokens?.length) ?? askers[0] ?? null
  const standing = holder?.fields.tokens?.findLast(({ ended }) => !ended)
  if (known.length === 0 && !mayMend) return null
  return (
    <section class={styles.part}>
      <h2>{own.contact}</h2>
      {known.map(({ id, fields }) => (
        <div key={id} class={styles.line}>
          <span>
            {formatFacts(words, [
              fields.name ? maskName(fields.name) : null,
              fields.telephone ? maskPhone(fields.telephone) : null,
            ])}
          </span>
          {mayMend && (
            <ButtonLink look="quiet" href={requestsPages.asker(request.id, id)}>
              {said.mend}
            </ButtonLink>
          )}
        </div>
      ))}
      <div class={styles.line}>
        <span class={styles.soft}>
          {standing ? code.has(formatMoment(words, standing.made, day)) : code.none}
        </span>
        {mayMend && (
          <Button look="quiet" onClick={() => setOpen(true)}>
            {standing ? code.another : code.give}
          </Button>
        )}
      </div>
      <AskerHistory askers={askers.map(({ id }) => id)} />
      {isOpen && <CodeSheet request={request} asker={holder} onClose={() => setOpen(false)} />}
    </section>
  )
}
