import { useState } from 'preact/hooks'
import { maySeeRequestList } from '#domain/permission.ts'
import { isEarly, mayConfine } from '#app/views/confine.ts'
import { officeItemsHere, streamOfRequest } from '#app/views/request-form.ts'
import { viewRequest, type RequestView } from '#app/views/requests.ts'
import { confineRequest } from '#app/acts/confine-request.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useSave } from '#app/ui/forms/use-save.ts'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useBack } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import { useProposalWords } from '#app/ui/pieces/requests/proposal-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { requestsPages } from '#app/links/requests.ts'
import { firstPages } from '#app/links/first.ts'

/** The way to it, for an office that has matters of its own. */
export function ConfineLink({ view }: { readonly view: RequestView }) {
  const app = useParts('register')
  const said = useProposalWords()
  const { role } = useViewer()
  const may = useRegister(app, (register) => mayConfine(register, view, role), [view, role])
  return may ? (
    <ButtonLink look="quiet" wide href={requestsPages.confine(view.request.id)}>
      {said.confine}
    </ButtonLink>
  ) : null
}

/** A complaint that was taken as something else goes to the office's own stream, and names no household any more. */
export function Confine(props: PageProps) {
  const app = useParts('register')
  const words = useWords()
  const own = useRequestsWords()
  const more = useMoreWords()
  const said = useProposalWords()
  const viewer = useViewer()
  const id = props.params['request'] ?? ''
  const request = useRegister(app, (register) => register.get('request', id))
  const isOpen = useRegister(
    app,
    (register) => request !== undefined && isEarly(viewRequest(register, request, viewer)),
  )
  const items = useRegister(app, (register) => officeItemsHere(register, viewer.role))
  const [item, setItem] = useState('')
  const [showErrors, setShowErrors] = useState(false)
  const chosen = items.find((one) => one.id === item) ?? null
  const office = useRegister(
    app,
    (register) => (chosen ? streamOfRequest(register, null, chosen) : null),
    [chosen],
  )
  const saving = useSave()
  const back = requestsPages.request(id)
  const goBack = useBack(back)
  if (!request || !isOpen || !maySeeRequestList(viewer.role)) {
    return <Gone title={own.gone} back={firstPages.requests()} />
  }
  const save = () => {
    setShowErrors(true)
    if (!chosen || !office) return
    saving.run([confineRequest(id, chosen, office)], goBack, { isFinal: true })
  }
  return (
    <FormPage
      title={said.confine}
      back={back}
      saveLabel={said.confineSave}
      saving={saving}
      errors={showErrors && !chosen ? 1 : 0}
      onSave={save}
    >
      <p>{said.confineHint}</p>
      {items.length === 0 && <Notice>{said.confineNone}</Notice>}
      <SelectField
        label={said.confineKind}
        value={item}
        emptyLabel=""
        options={items.map((one) => ({
          value: one.id,
          label: words.language === 'en' ? one.nameEn : one.name,
        }))}
        onInput={setItem}
        error={showErrors && !chosen ? words.shell.required : undefined}
      />
      {chosen && !office && <Notice tone="alarm">{more.noOwnOffice}</Notice>}
    </FormPage>
  )
}
