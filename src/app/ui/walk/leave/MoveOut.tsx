import { maskName } from '#domain/mask.ts'
import type { Consent } from '#domain/consent-record.ts'
import { mostOfDestination, problemsOfLeaving, type Leaving } from '#app/views/form-problems.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { householdLeaves, residentLeaves } from '#app/acts/household-intents.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useFormSave } from '#app/ui/forms/use-form-save.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { SwitchField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'
import { OfLeaver } from './OfLeaver.tsx'
import { useMoveOutWords } from './move-out-words.ts'

/** A household or one of its members left the subdistrict or the grid; the file stays. */
export function MoveOut(props: PageProps) {
  return (
    <OfLeaver params={props.params}>
      {(home, person) => <Leave home={home} person={person} />}
    </OfLeaver>
  )
}

function Leave(props: {
  readonly home: Rec<'household'>
  readonly person: Rec<'resident'> | undefined
}) {
  const app = useParts('register', 'today')
  const words = useFormWords()
  const { home, person } = props
  const page = person ? walkPages.resident(person.id) : firstPages.household(home.id)
  const day = useStore(app.today, (store) => store.day)
  const members = useRegister(app, (register) => register.residents(home.id))
  const draft = useDraft<Leaving>(`leave/${person?.id ?? home.id}`, () => ({
    on: day,
    to: '',
    agreed: false,
  }))
  const { on, to, agreed } = draft.value
  const { noticeVersion } = usePolicy()
  const said = useMoveOutWords()
  const problems = problemsOfLeaving(draft.value, day, person ?? null)
  const form = useFormSave(draft, page, problems)
  const leaving = () => {
    const address = to.trim() === '' ? null : to.trim()
    const consent: Consent | null =
      address === null
        ? null
        : { field: 'movedOutTo', version: noticeVersion, on: day, how: 'spoken' }
    const where = { to: address, consent }
    return person
      ? residentLeaves(home, members, person, on, where)
      : householdLeaves(home, members, on, where)
  }
  return (
    <FormPage
      title={
        person ? words.forms.leave.title(maskName(person.fields.name)) : words.forms.leave.household
      }
      back={page}
      saveLabel={words.forms.leave.save}
      saving={form.saving}
      errors={form.errors}
      draft={draft}
      onSave={() => form.save(leaving)}
    >
      {!person && <Notice>{words.forms.leave.hint(members.length)}</Notice>}
      {person && members.length === 1 && <Notice>{words.forms.leave.lastOne}</Notice>}
      <DateTyped
        label={words.forms.leave.on}
        required={words.shell.required}
        value={on}
        onInput={(value) => draft.set((before) => ({ ...before, on: value }))}
        error={form.errorOf('on')}
      />
      <TextField
        label={words.forms.leave.to}
        maxLength={mostOfDestination}
        value={to}
        onInput={(value) => draft.set((before) => ({ ...before, to: value }))}
        error={form.errorOf('to')}
      />
      {to.trim() !== '' && (
        <SwitchField
          label={said.agreed}
          hint={said.hint}
          checked={agreed}
          onInput={(on) => draft.set((before) => ({ ...before, agreed: on }))}
        />
      )}
    </FormPage>
  )
}
