import { useState } from 'preact/hooks'
import { declarationReasons } from '#domain/declaration.ts'
import { notSo } from '#app/acts/declaration-intents.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { ChoiceField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useBack } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import {
  answerTo,
  declarationOf,
  type Declaration,
  type NotSoReason,
} from '#app/views/declarations.ts'

/** Why a claim is not so: it ends, and the register stays as it is. */
export function NotSo(props: PageProps) {
  const app = useParts('register')
  const own = useDeclarationWords()
  const id = props.params['declaration'] ?? ''
  const claim = useRegister(app, (register) => declarationOf(register, id), [id])
  const isOpen = useRegister(app, (register) => answerTo(register, id) === undefined, [id])
  if (!claim || !isOpen) return <Gone title={own.gone} back={walkPages.declarations()} />
  return <Form claim={claim} />
}

interface Draft {
  readonly reason: NotSoReason | ''
  readonly words: string
}

function Form(props: { readonly claim: Declaration }) {
  const app = useParts('today', 'work', 'now')
  const own = useDeclarationWords()
  const words = useWords()
  const { claim } = props
  const day = useStore(app.today, (store) => store.day)
  const draft = useDraft<Draft>(`not-so/${claim.id}`, () => ({ reason: '', words: '' }))
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const goBack = useBack(walkPages.declarations())
  const { reason, words: typed } = draft.value
  const required = words.fieldProblem({ field: '', problem: 'required' })
  const isUnsaid = reason === 'other' && typed.trim() === ''
  const save = () => {
    setAsked(true)
    if (reason === '' || isUnsaid) return
    saving.run(notSo(app, claim, { reason, words: typed.trim() || null }, day), () => {
      draft.done()
      goBack()
    })
  }
  return (
    <FormPage
      title={own.notSoTitle}
      back={walkPages.declaration(claim.id)}
      saveLabel={own.close}
      saving={saving}
      errors={asked && (reason === '' || isUnsaid) ? 1 : 0}
      draft={draft}
      onSave={save}
    >
      <Notice>{own.notSoHint}</Notice>
      <ChoiceField
        label={own.reason}
        required={words.shell.required}
        value={reason}
        options={declarationReasons.map((one) => ({ value: one, label: own.reasons[one] }))}
        onInput={(value) => draft.set((before) => ({ ...before, reason: value as NotSoReason }))}
        error={asked && reason === '' ? required : undefined}
      />
      <TextField
        label={own.words}
        hint={own.wordsHint}
        maxLength={200}
        value={typed}
        onInput={(value) => draft.set((before) => ({ ...before, words: value }))}
        error={asked && isUnsaid ? required : undefined}
      />
    </FormPage>
  )
}
