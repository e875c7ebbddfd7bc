import { maskName } from '#domain/mask.ts'
import { problemOfDeath } from '#app/views/form-problems.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { residentDies } from '#app/acts/household-intents.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useFormSave } from '#app/ui/forms/use-form-save.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'

/** Somebody died: the file stays, the household is called upon soon. */
export function Death(props: PageProps) {
  const app = useParts('register')
  const words = useWords()
  const person = useRegister(app, (register) =>
    register.get('resident', props.params['resident'] ?? ''),
  )
  const home = useRegister(app, (register) =>
    register.get('household', person?.fields.household ?? ''),
  )
  if (!person || !home) return <Gone title={words.resident.gone} back={firstPages.today()} />
  return <DeathOf person={person} home={home} />
}

function DeathOf(props: { readonly person: Rec<'resident'>; readonly home: Rec<'household'> }) {
  const app = useParts('register', 'today')
  const words = useFormWords()
  const { person, home } = props
  const page = walkPages.resident(person.id)
  const day = useStore(app.today, (store) => store.day)
  const draft = useDraft(`death/${person.id}`, () => ({ on: day }))
  const { on } = draft.value
  const problem = problemOfDeath(on, day, person)
  const form = useFormSave(draft, firstPages.household(home.id), problem ? [problem] : [])
  const dying = () => residentDies(home, app.register.residents(home.id), person, on)
  return (
    <FormPage
      title={`${words.forms.death.title} ${maskName(person.fields.name)}`}
      back={page}
      saveLabel={words.forms.death.save}
      saving={form.saving}
      errors={form.errors}
      draft={draft}
      onSave={() => form.save(dying)}
    >
      <Notice>{words.forms.death.hint}</Notice>
      <DateTyped
        label={words.forms.death.on}
        required={words.shell.required}
        value={on}
        onInput={(value) => draft.set({ on: value })}
        error={form.errorOf('on')}
      />
    </FormPage>
  )
}
