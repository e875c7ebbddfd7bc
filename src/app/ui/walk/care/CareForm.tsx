import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { careNeeds, mostCares, type Care, type CareNeed } from '#domain/care.ts'
import { maskName } from '#domain/mask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { firstPages } from '#app/links/first.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { EndPart } from '#app/ui/forms/EndPart.tsx'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useFormSave } from '#app/ui/forms/use-form-save.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { ChoiceField, TextField } from '#app/ui/kit/Field.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { ServicesLink } from '#app/ui/pieces/page-links/NearbyLink.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useCareWords } from '#app/ui/words/care-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import {
  caresWith,
  draftOfCare,
  faultsOfCare,
  isCareFull,
  type CareDraft,
} from '#app/views/care.ts'
import type { Rec } from '#app/views/records.ts'

/** One arrangement of care, new or as it stands: who does what, and when to look again. */
export function CareForm(props: PageProps) {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useCareWords()
  const day = useStore(app.today, (store) => store.day)
  const { resident = '', care = null } = props.params
  const person = useRegister(app, (register) => register.get('resident', resident))
  const isOff = usePolicy().off.includes('cares')
  const held = person?.fields.cares?.find(({ id }) => id === care)
  if (!person || (care !== null && !held)) {
    return <Gone title={words.resident.gone} back={firstPages.today()} />
  }
  // An office that turned it off can still end what is there.
  if (isOff && !held) {
    return (
      <Page title={own.title} back={walkPages.resident(resident)}>
        <Empty title={own.off} icon="lock" />
      </Page>
    )
  }
  if (!held && isCareFull(person, day)) {
    return (
      <Page title={own.title} back={walkPages.resident(resident)}>
        <Empty title={own.full(mostCares)} icon="lock" />
      </Page>
    )
  }
  return <Form key={`${resident}/${care}`} person={person} care={care} isOff={isOff} />
}

function Form(props: {
  readonly person: Rec<'resident'>
  readonly care: string | null
  /** Nothing but its end can be saved. */
  readonly isOff: boolean
}) {
  const app = useParts('register', 'today', 'work')
  const words = useWords()
  const own = useCareWords()
  const { person, care } = props
  const page = walkPages.resident(person.id)
  const day = useStore(app.today, (store) => store.day)
  const { query } = useLocation()
  const asking = query['request'] ?? ''
  const [request] = useState(() => app.register.get('request', asking)?.id ?? null)
  const held = person.fields.cares?.find(({ id }) => id === care)
  const [id] = useState(() => care ?? app.work.newId())
  const draft = useDraft<CareDraft>(`care/${person.id}/${care ?? request ?? 'new'}`, () =>
    draftOfCare(held, day),
  )
  const { value } = draft
  const problems = Object.entries(faultsOfCare(value)).map(([field, problem]) =>
    problem === 'before-from' ? { field, says: own.endBeforeFrom } : { field, problem },
  )
  const form = useFormSave(draft, page, problems)
  const set = (part: Partial<CareDraft>) => draft.set((before) => ({ ...before, ...part }))
  const kept = (cares: readonly Care[]) =>
    [{ op: 'patch', kind: 'resident', record: person.id, fields: { cares } }] as const
  const save = () =>
    form.save(() => kept(caresWith(person, id, value, day, request && !held ? { request } : {})))
  const end = () =>
    form.run(
      kept(
        (person.fields.cares ?? []).map((one) => (one.id === id ? { ...one, endedOn: day } : one)),
      ),
    )
  return (
    <FormPage
      title={`${own.title} ${maskName(person.fields.name)}`}
      back={page}
      saveLabel={own.save}
      saving={form.saving}
      errors={form.errors}
      draft={draft}
      disabled={props.isOff}
      onSave={save}
    >
      <Notice>{props.isOff ? own.off : own.hint}</Notice>
      <ServicesLink />
      <ChoiceField
        label={own.need}
        required={words.shell.required}
        value={value.need}
        options={careNeeds.map((need) => ({ value: need, label: own.needs[need] }))}
        onInput={(need) => set({ need: need as CareNeed })}
        error={form.errorOf('need')}
      />
      <TextField
        label={own.who}
        hint={own.whoHint}
        required={words.shell.required}
        maxLength={60}
        value={value.who}
        onInput={(who) => set({ who })}
        error={form.errorOf('who')}
      />
      <TextField
        label={own.often}
        hint={own.oftenHint}
        maxLength={40}
        value={value.often}
        onInput={(often) => set({ often })}
      />
      <DateTyped
        example={day}
        label={own.look}
        hint={own.lookHint}
        value={value.look}
        onInput={(look) => set({ look })}
        error={form.errorOf('look')}
      />
      <DateTyped
        example={day}
        label={own.from}
        required={words.shell.required}
        value={value.from}
        onInput={(from) => set({ from })}
        error={form.errorOf('from')}
      />
      <DateTyped
        example={day}
        label={own.until}
        value={value.until}
        onInput={(until) => set({ until })}
        error={form.errorOf('until')}
      />
      {held && !held.endedOn && <EndPart label={own.end} hint={own.endHint} onEnd={end} />}
    </FormPage>
  )
}
