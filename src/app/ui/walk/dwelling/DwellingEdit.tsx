import { useState } from 'preact/hooks'
import { dwellingUses, type Dwelling } from '#domain/dwelling.ts'
import { problemsOfPatched } from '#domain/schemas.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { patchOf } from '#app/acts/household-intents.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useFormSave } from '#app/ui/forms/use-form-save.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { ChoiceField, TextAreaField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { doorOf } from '#app/views/door.ts'
import { OfDwelling } from '#app/ui/pieces/OfDwelling.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import { PhotoField } from '#app/ui/pieces/photos/PhotoField.tsx'
import { draftWithPhotos, usePhotos } from '#app/ui/pieces/photos/use-photos.ts'
import { HazardsField } from './HazardsField.tsx'
import { walkPages } from '#app/links/walk.ts'

/** A room's use, landlord and hazards. */
export function DwellingEdit(props: PageProps) {
  return <OfDwelling params={props.params}>{(dwelling) => <Edit dwelling={dwelling} />}</OfDwelling>
}

type Values = { -readonly [Name in keyof Dwelling]?: Dwelling[Name] | undefined }

function Edit(props: { readonly dwelling: Rec<'dwelling'> }) {
  const app = useParts('register', 'today')
  const words = useFormWords()
  const { dwelling } = props
  const page = walkPages.dwelling(dwelling.id)
  const day = useStore(app.today, (store) => store.day)
  const door = useRegister(app, (register) => doorOf(register, dwelling.id))
  const draft = useDraft<Values>(`dwelling/${dwelling.id}`, () => ({}))
  const photos = usePhotos(`dwelling/${dwelling.id}`)
  const [nothing, setNothing] = useState(false)
  const [shown] = useState(dwelling)
  const values = { ...dwelling.fields, ...draft.value }
  const typed = Object.keys(draft.value)
  const problems = problemsOfPatched('dwelling', values, typed)
  const set = (field: keyof Dwelling & string) => (value: unknown) =>
    draft.set((before) => ({ ...before, [field]: value === '' ? null : value }))
  const form = useFormSave(draft, page, problems)
  const error = form.errorOf
  const label = (field: string) => words.facts.field[field] ?? field

  /** The photographs of the form are of the one that was found last. */
  const hazard = (values.hazards ?? []).filter(({ cleared }) => !cleared).at(-1)

  const changing = () => {
    const isNothing = typed.length === 0 && photos.list.length === 0
    setNothing(isNothing)
    if (isNothing) return null
    const of = { host: dwelling.id, stream: dwelling.stream, ...(hazard && { hazard: hazard.id }) }
    return { of, intents: [patchOf(shown, draft.value)] }
  }
  return (
    <FormPage
      title={`${words.forms.dwelling.edit} ${door}`}
      back={page}
      saveLabel={words.forms.dwelling.save}
      saving={form.saving}
      errors={form.errors}
      draft={draftWithPhotos(draft, photos)}
      onSave={() => form.saveWith(photos, changing)}
    >
      {nothing && <Notice>{words.forms.edit.nothing}</Notice>}
      <ChoiceField
        label={words.forms.dwelling.use}
        value={values.use ?? ''}
        options={dwellingUses.map((value) => ({ value, label: words.facts.use[value] }))}
        onInput={set('use')}
        error={error('use')}
      />
      <HazardsField
        hazards={values.hazards ?? []}
        day={day}
        error={error('hazards')}
        onChange={set('hazards')}
      />
      {hazard && (
        <PhotoField
          photos={photos}
          stream={dwelling.stream}
          onKeep={() => draft.set((before) => before)}
        />
      )}
      <TextField
        label={label('landlordName')}
        maxLength={40}
        value={values.landlordName ?? ''}
        onInput={set('landlordName')}
        error={error('landlordName')}
      />
      <TextField
        label={label('landlordPhone')}
        type="tel"
        inputMode="tel"
        maxLength={20}
        value={values.landlordPhone ?? ''}
        onInput={set('landlordPhone')}
        error={error('landlordPhone')}
      />
      <DateTyped
        label={label('letSince')}
        value={values.letSince ?? ''}
        onInput={set('letSince')}
        error={error('letSince')}
      />
      <TextAreaField
        label={label('note')}
        maxLength={500}
        value={values.note ?? ''}
        onInput={set('note')}
        error={error('note')}
      />
    </FormPage>
  )
}
