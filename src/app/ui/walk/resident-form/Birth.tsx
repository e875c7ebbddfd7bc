import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { GuardianFields } from '#app/ui/forms/GuardianFields.tsx'
import { guardiansAmong, missingGuardian } from '#app/views/guardians.ts'
import { childIsBorn } from '#app/acts/household-intents.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { birthCertificate, problemsOf, type ResidentValues } from '#app/views/resident-values.ts'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useFormSave } from '#app/ui/forms/use-form-save.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { ChoiceField, SelectField, SwitchField, TextField } from '#app/ui/kit/Field.tsx'
import { codeOptions } from '#domain/code-tables.ts'
import { OfHousehold } from '#app/ui/pieces/OfHousehold.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import { firstPages } from '#app/links/first.ts'
import { useFamily } from './use-family.ts'

/** A child is born: it may have no name and no number yet; a parent in the household is proposed as guardian. */
export function Birth(props: PageProps) {
  return <OfHousehold params={props.params}>{(home) => <BirthIn home={home} />}</OfHousehold>
}

interface Values {
  readonly child: ResidentValues
  readonly unnamed: boolean
}

function BirthIn(props: { readonly home: Rec<'household'> }) {
  const app = useParts('register', 'work', 'today', 'now')
  const words = useFormWords()
  const { home } = props
  const page = firstPages.household(home.id)
  const day = useStore(app.today, (store) => store.day)
  const family = useFamily(home.id)
  const draft = useDraft<Values>(`birth/${home.id}`, () => {
    const child = {
      household: home.id,
      documentType: birthCertificate,
      relation: '20',
      birth: day,
      residence: family[0]?.residence ?? '1',
    } as const
    const [guardian] = guardiansAmong(child, family, day)
    return {
      unnamed: false,
      child: {
        ...child,
        guardianName: guardian?.name,
        guardianPhone: guardian?.phone,
        guardianRelation: guardian?.relation,
      },
    }
  })
  const { child, unnamed } = draft.value
  const named: ResidentValues = unnamed ? { ...child, name: words.forms.birth.placeholder } : child
  const policy = usePolicy()
  const problems = [
    ...problemsOf(named, day),
    ...missingGuardian(policy, {}, named, day),
    ...(child.birth ? [] : [{ field: 'birth', problem: 'required' as const }]),
  ]
  const set = (field: keyof ResidentValues & string) => (value: string) =>
    draft.set((before) => ({
      ...before,
      child: { ...before.child, [field]: value === '' ? null : value },
    }))
  const form = useFormSave(draft, page, problems)
  const save = () => form.save(() => childIsBorn(app, home, named, day))
  return (
    <FormPage
      title={words.forms.birth.title}
      back={page}
      saveLabel={words.forms.birth.save}
      saving={form.saving}
      errors={form.errors}
      draft={draft}
      onSave={save}
    >
      <SwitchField
        label={words.forms.birth.noNameYet}
        checked={unnamed}
        onInput={(checked) => draft.set((before) => ({ ...before, unnamed: checked }))}
      />
      <ChildFields child={child} isNamed={!unnamed} onInput={set} error={form.errorOf} />
      <GuardianFields
        values={child}
        family={family}
        day={day}
        onChange={(next) => draft.set((before) => ({ ...before, child: next }))}
        error={form.errorOf}
      />
    </FormPage>
  )
}

function ChildFields(props: {
  readonly child: ResidentValues
  readonly isNamed: boolean
  readonly onInput: (field: keyof ResidentValues & string) => (value: string) => void
  readonly error: (field: string) => string | undefined
}) {
  const words = useFormWords()
  const { child, error, onInput: set } = props
  const label = (field: string) => words.facts.field[field] ?? field
  return (
    <>
      {props.isNamed && (
        <TextField
          label={label('name')}
          required={words.shell.required}
          maxLength={40}
          value={child.name ?? ''}
          onInput={set('name')}
          error={error('name')}
        />
      )}
      <DateTyped
        label={label('birth')}
        required={words.shell.required}
        value={child.birth ?? ''}
        onInput={set('birth')}
        error={error('birth')}
      />
      <ChoiceField
        label={label('sex')}
        value={child.sex ?? ''}
        options={[
          { value: '1', label: words.shell.male },
          { value: '2', label: words.shell.female },
        ]}
        onInput={set('sex')}
        error={error('sex')}
      />
      <SelectField
        label={label('relation')}
        value={child.relation ?? ''}
        options={codeOptions('relation2')}
        onInput={set('relation')}
        error={error('relation')}
      />
    </>
  )
}
