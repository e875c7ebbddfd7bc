import { useState } from 'preact/hooks'
import { leastRole, mayWrite } from '#domain/permission.ts'
import { maskName, maskPhone } from '#domain/mask.ts'
import type { Rec } from '#app/views/records.ts'
import { mendAsker } from '#app/acts/askers.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { SwitchField, TextField } from '#app/ui/kit/Field.tsx'
import { useBack } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useAskerWords } from './asker-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { isTelephone } from '#app/views/request-form.ts'
import { requestsPages } from '#app/links/requests.ts'
import { firstPages } from '#app/links/first.ts'

/** Who asked is mended, or taken away, on their word: what is known stays masked, and what is left empty stays. */
export function AskerForm(props: PageProps) {
  const app = useParts('session', 'register')
  const own = useRequestsWords()
  const role = useStore(app.session, ({ account }) => account?.role ?? leastRole)
  const id = props.params['asker'] ?? ''
  const asker = useRegister(app, (register) => register.get('asker', id))
  if (!asker || !mayWrite(role, 'asker'))
    return <Gone title={own.gone} back={firstPages.requests()} />
  return <Form key={id} asker={asker} />
}

function Form(props: { readonly asker: Rec<'asker'> }) {
  const words = useFormWords()
  const own = useRequestsWords()
  const said = useAskerWords()
  const { fields } = props.asker
  const back = requestsPages.request(fields.request)
  const goBack = useBack(back)
  const saving = useSave()
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [isTold, setTold] = useState(fields.isToldToUnit === true)
  const [isCleared, setCleared] = useState(false)
  const [showErrors, setShowErrors] = useState(false)
  const isWrong = !isCleared && !isTelephone(phone)
  const save = () => {
    setShowErrors(true)
    if (isWrong) return
    const intent = mendAsker(props.asker, { name, phone, isTold, isCleared })
    if (intent === null) return goBack()
    saving.run([intent], goBack)
  }
  return (
    <FormPage
      title={said.title}
      back={back}
      saveLabel={own.save}
      saving={saving}
      errors={showErrors && isWrong ? 1 : 0}
      onSave={save}
    >
      <SwitchField
        label={said.clear}
        hint={said.clearHint}
        checked={isCleared}
        onInput={setCleared}
      />
      {!isCleared && (
        <>
          <TextField
            label={own.name}
            hint={fields.name ? said.known(maskName(fields.name)) : said.unknown}
            maxLength={40}
            value={name}
            onInput={setName}
          />
          <TextField
            label={own.phone}
            hint={fields.telephone ? said.known(maskPhone(fields.telephone)) : said.unknown}
            type="tel"
            inputMode="tel"
            maxLength={20}
            value={phone}
            onInput={setPhone}
            error={
              showErrors && isWrong
                ? words.fieldProblem({ field: 'phones', problem: 'not-a-telephone' })
                : undefined
            }
          />
          <SwitchField label={own.tell} hint={own.tellHint} checked={isTold} onInput={setTold} />
        </>
      )}
    </FormPage>
  )
}
