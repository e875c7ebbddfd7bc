import { maskName } from '#domain/mask.ts'
import { visitChannels, visitOutcomes, type Visit } from '#domain/visit.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { visitIntent } from '#app/acts/household-intents.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useFormSave } from '#app/ui/forms/use-form-save.ts'
import { ChoiceField, TextAreaField } from '#app/ui/kit/Field.tsx'
import { doorOf } from '#app/views/door.ts'
import { OfHousehold } from '#app/ui/pieces/OfHousehold.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { PhotoField } from '#app/ui/pieces/photos/PhotoField.tsx'
import { draftWithPhotos, usePhotos } from '#app/ui/pieces/photos/use-photos.ts'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import { firstPages } from '#app/links/first.ts'

const NOTE_MAX = 500

/** A visit that was more or less than "nothing changed": not met, by telephone, with a note. */
export function VisitForm(props: PageProps) {
  return <OfHousehold params={props.params}>{(home) => <VisitTo home={home} />}</OfHousehold>
}

interface Values {
  readonly channel: Visit['channel']
  readonly outcome: Visit['outcome']
  readonly resident: string
  readonly note: string
}

function VisitTo(props: { readonly home: Rec<'household'> }) {
  const app = useParts('register', 'work', 'now')
  const words = useFormWords()
  const { home } = props
  const page = firstPages.household(home.id)
  const door = useRegister(app, (register) => doorOf(register, home.fields.dwelling))
  const members = useRegister(app, (register) => register.residents(home.id))
  const form = `visit/${home.id}`
  const photos = usePhotos(form)
  const draft = useDraft<Values>(form, () => ({
    channel: 'door',
    outcome: 'met',
    resident: '',
    note: '',
  }))
  const { channel, outcome, resident, note } = draft.value
  const tooLong = note.length > NOTE_MAX
  const set =
    (field: keyof Values) =>
    (value: string): void =>
      draft.set((before) => ({ ...before, [field]: value }))

  const saved = useFormSave(
    draft,
    page,
    tooLong ? [{ field: 'note', problem: 'too-long', limit: NOTE_MAX }] : [],
  )
  const visiting = () => {
    const visit = visitIntent(app, home, {
      channel,
      outcome,
      unchanged: outcome === 'met',
      resident: outcome === 'met' && resident !== '' ? resident : null,
      note: note.trim() === '' ? null : note.trim(),
    })
    return { of: { host: visit.record, stream: home.stream }, intents: [visit] }
  }
  return (
    <FormPage
      title={`${words.forms.visit.title} ${door}`}
      back={page}
      saveLabel={words.forms.visit.save}
      saving={saved.saving}
      errors={saved.errors}
      draft={draftWithPhotos(draft, photos)}
      onSave={() => saved.saveWith(photos, visiting)}
    >
      <ChoiceField
        label={words.forms.visit.channel}
        value={channel}
        options={visitChannels.map((value) => ({ value, label: words.facts.channel[value] }))}
        onInput={set('channel')}
      />
      <ChoiceField
        label={words.forms.visit.outcome}
        value={outcome}
        options={visitOutcomes.map((value) => ({ value, label: words.facts.outcome[value] }))}
        onInput={set('outcome')}
      />
      {outcome === 'met' && members.length > 1 && (
        <ChoiceField
          label={words.forms.visit.who}
          value={resident}
          options={[
            { value: '', label: words.forms.visit.everyone },
            ...members.map((member) => ({ value: member.id, label: maskName(member.fields.name) })),
          ]}
          onInput={set('resident')}
        />
      )}
      <TextAreaField
        label={words.forms.visit.note}
        hint={words.forms.visit.noteHint}
        maxLength={NOTE_MAX}
        value={note}
        onInput={set('note')}
        error={
          tooLong
            ? words.fieldProblem({ field: 'note', problem: 'too-long', limit: NOTE_MAX })
            : undefined
        }
      />
      <PhotoField
        photos={photos}
        stream={home.stream}
        onKeep={() => draft.set((values) => values)}
      />
    </FormPage>
  )
}
