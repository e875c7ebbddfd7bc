import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { speakers, type Speaker } from '#domain/declaration.ts'
import { worksInOffice } from '#domain/permission.ts'
import { declared } from '#app/acts/declaration-intents.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useFormSave } from '#app/ui/forms/use-form-save.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { ChoiceField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Segmented } from '#app/ui/kit/Segmented.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { RoomField } from '#app/ui/forms/RoomField.tsx'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import {
  draftOfDeclaration,
  problemsOfDeclaration,
  type DeclarationDraft,
  type What,
} from '#app/views/declarations.ts'
import { doorOf } from '#app/views/door.ts'

const whats = ['arrival', 'departure'] as const

/** Somebody says that people came or left: at the door of a dwelling, or at a desk, where the door is asked too. */
export function DeclareForm(props: PageProps) {
  const app = useParts('register', 'session', 'today', 'work', 'now')
  const own = useDeclarationWords()
  const given = props.params['dwelling'] ?? ''
  const [what, setWhat] = useState<What>(
    useLocation().query['what'] === 'departure' ? 'departure' : 'arrival',
  )
  const day = useStore(app.today, (store) => store.day)
  const role = useStore(app.session, (session) => session.account?.role)
  const draft = useDraft<DeclarationDraft & { readonly dwelling: string }>(
    `declare/${given || 'desk'}`,
    () => ({
      ...draftOfDeclaration(role !== undefined && worksInOffice(role), day),
      dwelling: given,
    }),
  )
  const page = given === '' ? walkPages.declarations() : walkPages.dwelling(given)
  const { value } = draft
  const dwelling = useRegister(app, (register) => register.get('dwelling', value.dwelling), [
    value.dwelling,
  ])
  const door = useRegister(app, (register) => doorOf(register, value.dwelling), [value.dwelling])
  const form = useFormSave(draft, page, [
    ...(dwelling ? [] : [{ field: 'dwelling', problem: 'required' as const }]),
    ...problemsOfDeclaration(what, value, day),
  ])
  const set = (part: Partial<DeclarationDraft & { dwelling: string }>) =>
    draft.set((before) => ({ ...before, ...part }))
  return (
    <FormPage
      title={[own.declare[what], given === '' ? '' : door].filter(Boolean).join(' ')}
      back={page}
      saveLabel={own.save}
      saving={form.saving}
      errors={form.errors}
      draft={draft}
      onSave={() => form.save(() => dwelling && declared(app, what, dwelling, value))}
    >
      <Segmented
        label={own.title}
        value={what}
        options={whats.map((one) => ({ value: one, label: own.declare[one] }))}
        onChoose={setWhat}
      />
      <Notice>{own.hint[what]}</Notice>
      {given === '' && (
        <RoomField
          label={own.room}
          stream=""
          chosen={dwelling}
          error={form.errorOf('dwelling')}
          onChoose={(id) => set({ dwelling: id })}
        />
      )}
      <Fields what={what} day={day} value={value} set={set} error={form.errorOf} />
    </FormPage>
  )
}

function Fields(props: {
  readonly what: What
  readonly day: string
  readonly value: DeclarationDraft
  readonly set: (part: Partial<DeclarationDraft>) => void
  readonly error: (field: keyof DeclarationDraft) => string | undefined
}) {
  const own = useDeclarationWords()
  const words = useWords()
  const { what, day, value, set, error } = props
  return (
    <>
      <ChoiceField
        label={own.speaker}
        value={value.speaker}
        options={speakers.map((one) => ({ value: one, label: own.speakers[one] }))}
        onInput={(speaker) => set({ speaker: speaker as Speaker })}
      />
      <TextField
        label={what === 'arrival' ? own.name : own.leftName}
        {...(what === 'arrival' && { required: words.shell.required, hint: own.nameHint })}
        maxLength={40}
        value={value.name}
        onInput={(name) => set({ name })}
        error={error('name')}
      />
      <TextField
        label={own.count}
        inputMode="numeric"
        maxLength={2}
        value={value.count}
        onInput={(typed) => set({ count: typed })}
        error={error('count')}
      />
      <DateTyped
        example={day}
        label={own.from[what]}
        required={words.shell.required}
        value={value.from}
        onInput={(from) => set({ from })}
        error={error('from')}
      />
      {what === 'arrival' && (
        <>
          <TextField
            label={own.telephone}
            type="tel"
            inputMode="tel"
            maxLength={20}
            value={value.telephone}
            onInput={(telephone) => set({ telephone })}
            error={error('telephone')}
          />
          <DateTyped
            example={day}
            label={own.until}
            value={value.until}
            onInput={(until) => set({ until })}
            error={error('until')}
          />
        </>
      )}
      <TextField
        label={own.note}
        maxLength={200}
        value={value.note}
        onInput={(note) => set({ note })}
      />
    </>
  )
}
