import { useState } from 'preact/hooks'
import { maskName } from '#domain/mask.ts'
import type { FieldProblem } from '#domain/field.ts'
import type { Rec } from '#app/register/register.ts'
import { useApp, useRegister, useStore } from '#app/stores/use-store.ts'
import { householdLeaves, residentLeaves } from '#app/ui/forms/acts.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { DateField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useBack } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useFormWords } from '#app/ui/forms/use-form-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'

const TO_MAX = 100

/** A household or one of its members left the subdistrict or the grid; the file stays. */
export function MoveOut(props: PageProps) {
  const app = useApp()
  const words = useWords()
  const { household, resident } = props.params
  const person = useRegister(app, (register) =>
    resident ? register.get('resident', resident) : undefined,
  )
  const home = useRegister(app, (register) =>
    register.get('household', household ?? person?.fields.household ?? ''),
  )
  if (!home || (resident && !person)) return <Gone title={words.household.gone} back="/" />
  return <Leave home={home} person={person} />
}

function Leave(props: {
  readonly home: Rec<'household'>
  readonly person: Rec<'resident'> | undefined
}) {
  const app = useApp()
  const words = useFormWords()
  const { home, person } = props
  const page = person ? `/resident/${person.id}` : `/household/${home.id}`
  const day = useStore(app.today, (store) => store.day)
  const members = useRegister(app, (register) => register.residents(home.id))
  const draft = useDraft(`leave/${person?.id ?? home.id}`, () => ({ on: day, to: '' }))
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const goBack = useBack(page)
  const { on, to } = draft.value
  const problems = problemsOfLeaving(on, to, day, person)
  const error = (field: string) => {
    const found = asked ? problems.find((problem) => problem.field === field) : undefined
    return found && words.fieldProblem(found)
  }
  const save = () => {
    setAsked(true)
    if (problems.length > 0) return
    const where = to.trim() === '' ? null : to.trim()
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
      restored={draft.restored}
      onClear={draft.clear}
      onSave={save}
    >
      {!person && <Notice>{words.forms.leave.hint(members.length)}</Notice>}
      {person && members.length === 1 && <Notice>{words.forms.leave.lastOne}</Notice>}
      <DateField
        label={words.forms.leave.on}
        required={words.shell.required}
        max={day}
        value={on}
        onInput={(value) => draft.set((before) => ({ ...before, on: value }))}
        error={error('on')}
      />
      <TextField
        label={words.forms.leave.to}
        maxLength={TO_MAX}
        value={to}
        onInput={(value) => draft.set((before) => ({ ...before, to: value }))}
        error={error('to')}
      />
    </FormPage>
  )
}

function problemsOfLeaving(
  on: string,
  to: string,
  day: string,
  person: Rec<'resident'> | undefined,
): FieldProblem[] {
  const problems: FieldProblem[] = []
  const arrived = person?.fields.arrivedOn
  if (on === '') problems.push({ field: 'on', problem: 'required' })
  else if (on > day) problems.push({ field: 'on', problem: 'day-in-future' })
  else if (arrived && on < arrived) problems.push({ field: 'on', problem: 'left-before-arrival' })
  if (to.length > TO_MAX) problems.push({ field: 'to', problem: 'too-long', limit: TO_MAX })
  return problems
}
