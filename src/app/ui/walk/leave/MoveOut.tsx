import { useState } from 'preact/hooks'
import { maskName } from '#domain/mask.ts'
import type { Consent } from '#domain/consent-record.ts'
import { mostOfDestination, problemsOfLeaving, type Leaving } from '#app/views/form-problems.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { householdLeaves, residentLeaves } from '#app/acts/household-intents.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { SwitchField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useBack } from '#app/ui/Page.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'
import { useMoveOutWords } from './move-out-words.ts'

/** A household or one of its members left the subdistrict or the grid; the file stays. */
export function MoveOut(props: PageProps) {
  const app = useParts('register')
  const words = useWords()
  const { household, resident } = props.params
  const person = useRegister(app, (register) =>
    resident ? register.get('resident', resident) : undefined,
  )
  const home = useRegister(app, (register) =>
    register.get('household', household ?? person?.fields.household ?? ''),
  )
  if (!home || (resident && !person))
    return <Gone title={words.household.gone} back={firstPages.today()} />
  return <Leave home={home} person={person} />
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
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const goBack = useBack(page)
  const { on, to, agreed } = draft.value
  const { noticeVersion } = usePolicy()
  const said = useMoveOutWords()
  const problems = problemsOfLeaving(draft.value, day, person ?? null)
  const error = (field: string) => {
    const found = asked ? problems.find((problem) => problem.field === field) : undefined
    return found && words.fieldProblem(found)
  }
  const save = () => {
    setAsked(true)
    if (problems.length > 0) return
    const address = to.trim() === '' ? null : to.trim()
    const consent: Consent | null =
      address === null
        ? null
        : { field: 'movedOutTo', version: noticeVersion, on: day, how: 'spoken' }
    const where = { to: address, consent }
    const intents = person
      ? residentLeaves(home, members, person, on, where)
      : householdLeaves(home, members, on, where)
    saving.run(intents, () => {
      draft.done()
      goBack()
    })
  }
  return (
    <FormPage
      title={
        person ? words.forms.leave.title(maskName(person.fields.name)) : words.forms.leave.household
      }
      back={page}
      saveLabel={words.forms.leave.save}
      saving={saving}
      errors={asked ? problems.length : 0}
      draft={draft}
      onSave={save}
    >
      {!person && <Notice>{words.forms.leave.hint(members.length)}</Notice>}
      {person && members.length === 1 && <Notice>{words.forms.leave.lastOne}</Notice>}
      <DateTyped
        label={words.forms.leave.on}
        required={words.shell.required}
        value={on}
        onInput={(value) => draft.set((before) => ({ ...before, on: value }))}
        error={error('on')}
      />
      <TextField
        label={words.forms.leave.to}
        maxLength={mostOfDestination}
        value={to}
        onInput={(value) => draft.set((before) => ({ ...before, to: value }))}
        error={error('to')}
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
