import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { missingGuardian } from '#app/views/guardians.ts'
import { residentJoins, residentMoves, visitIntent } from '#app/acts/household-intents.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { missingConsents, problemsOf, type ResidentValues } from '#app/views/resident-values.ts'
import { ResidentFields } from '#app/ui/forms/ResidentFields.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useFormSave } from '#app/ui/forms/use-form-save.ts'
import { SwitchField } from '#app/ui/kit/Field.tsx'
import { OfHousehold } from '#app/ui/pieces/OfHousehold.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import { firstPages } from '#app/links/first.ts'
import { useFamily } from './use-family.ts'

/** Somebody more lives here: the number fills birth date and sex, and tells who is already in the register. */
export function ResidentAdd(props: PageProps) {
  return <OfHousehold params={props.params}>{(home) => <AddTo home={home} />}</OfHousehold>
}

interface Values {
  readonly resident: ResidentValues
  readonly visit: boolean
}

function AddTo(props: { readonly home: Rec<'household'> }) {
  const app = useParts('register', 'work', 'today', 'now')
  const words = useFormWords()
  const { home } = props
  const page = firstPages.household(home.id)
  const day = useStore(app.today, (store) => store.day)
  const family = useFamily(home.id)
  const isFirst = family.length === 0
  const draft = useDraft<Values>(`add/${home.id}`, () => ({
    resident: { household: home.id, residence: '1', ...(isFirst ? { relation: '02' } : {}) },
    visit: true,
  }))
  const { resident, visit } = draft.value
  const policy = usePolicy()
  const problems = [
    ...problemsOf(resident, day),
    ...missingGuardian(policy, {}, resident, day),
    ...missingConsents({}, resident),
  ]
  const form = useFormSave(draft, page, problems)
  const save = () =>
    form.save(() => residentJoins(app, home, resident, { today: day, isFirst, visit }))
  const moveHere = (known: string) => {
    const person = app.register.get('resident', known)
    const from = person && app.register.get('household', person.fields.household)
    if (!person || !from) return
    const members = app.register.residents(from.id)
    const intents = residentMoves(app, from, members, person, { household: home.id }, day)
    if (visit) intents.push(visitIntent(app, home, { unchanged: false }))
    form.run(intents)
  }
  return (
    <FormPage
      title={words.forms.add.title}
      back={page}
      saveLabel={words.forms.add.save}
      saving={form.saving}
      errors={form.errors}
      draft={draft}
      onSave={save}
    >
      <ResidentFields
        values={resident}
        family={family}
        problems={form.showErrors ? problems : []}
        onChange={(next) => draft.set((before) => ({ ...before, resident: next }))}
        onMoveHere={moveHere}
      />
      <SwitchField
        label={words.forms.visitToo}
        checked={visit}
        onInput={(checked) => draft.set((before) => ({ ...before, visit: checked }))}
      />
    </FormPage>
  )
}
