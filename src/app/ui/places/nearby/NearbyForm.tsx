import { useState } from 'preact/hooks'
import { mayKeepServices } from '#domain/permission-of-places.ts'
import {
  isServiceOld,
  serviceKinds,
  serviceRooms,
  type ServiceKind,
  type ServiceRoom,
} from '#domain/nearby.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { placesPages } from '#app/links/places.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { ChoiceField, SelectField, TextAreaField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { Page, useBack } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useServicesWords } from '#app/ui/words/nearby-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { Rec } from '#app/views/records.ts'
import {
  draftOfService,
  faultsOfService,
  placesOfServices,
  serviceOf,
  type ServiceDraft,
} from '#app/views/nearby.ts'

/** One service: the office changes it, everybody else reads it whole. */
export function ServiceForm(props: PageProps) {
  const app = useParts('register', 'session')
  const own = useServicesWords()
  const id = props.params['service']
  const role = useStore(app.session, (session) => session.account?.role)
  const service = useRegister(app, (register) => (id ? register.get('service', id) : undefined))
  if (id && !service) return <Gone title={own.none} back={placesPages.services()} />
  if (role && mayKeepServices(role)) return <Form key={id ?? 'new'} service={service} />
  return <Read service={service} />
}

function Read(props: { readonly service: Rec<'service'> | undefined }) {
  const own = useServicesWords()
  const words = useWords()
  const day = useStore(useParts('today').today, (store) => store.day)
  const fields = props.service?.fields
  return (
    <Page
      title={fields?.name ?? own.title}
      back={placesPages.services()}
      foot={
        fields?.telephone && (
          <ButtonLink look="primary" icon="phone" wide href={`tel:${fields.telephone}`}>
            {own.call(fields.name)} {fields.telephone.replaceAll('-', '\u2011')}
          </ButtonLink>
        )
      }
    >
      {!fields && <Notice>{own.onlyOffice}</Notice>}
      {fields && (
        <Group box head={own.kinds[fields.serviceKind]}>
          {fields.what && <p>{fields.what}</p>}
          <FactGrid>
            {(['forWhom', 'where', 'hours', 'telephone'] as const).map(
              (field) =>
                fields[field] && (
                  <Fact key={field} label={own.fact[field]} wide>
                    {fields[field]}
                  </Fact>
                ),
            )}
            <Fact label={own.room}>{fields.room ? own.rooms[fields.room] : own.roomUnknown}</Fact>
          </FactGrid>
          <p>
            {(isServiceOld(fields, day) ? own.asOfOld : own.asOf)(
              formatDay(words, fields.asOf, day),
            )}
          </p>
        </Group>
      )}
    </Page>
  )
}

function Form(props: { readonly service: Rec<'service'> | undefined }) {
  const app = useParts('register', 'today', 'work')
  const own = useServicesWords()
  const words = useWords()
  const { service } = props
  const day = useStore(app.today, (store) => store.day)
  const places = useRegister(app, placesOfServices)
  const draft = useDraft<ServiceDraft>(`service/${service?.id ?? 'new'}`, () =>
    draftOfService(service, places[0]?.id ?? ''),
  )
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const goBack = useBack(placesPages.services())
  const { value } = draft
  const faults = faultsOfService(value)
  const count = Object.keys(faults).length
  const set = (part: Partial<ServiceDraft>) => draft.set((before) => ({ ...before, ...part }))
  const save = (more: { readonly closed?: true } = {}) => {
    setAsked(true)
    if (count > 0 || value.place === '') return
    const fields = { ...serviceOf(value, day), ...more }
    const where = { kind: 'service', record: service?.id ?? app.work.newId(value.place) } as const
    const intent = service
      ? ({ op: 'patch', ...where, fields } as const)
      : ({ op: 'create', ...where, stream: value.place, fields } as const)
    saving.run([intent], () => {
      draft.done()
      goBack()
    })
  }
  /** Nothing of it changed but that somebody looked. */
  const checked = () => {
    if (!service) return
    const fields = { asOf: day }
    saving.run([{ op: 'patch', kind: 'service', record: service.id, fields }], goBack)
  }
  const error = (field: keyof typeof faults) => {
    const problem = asked ? faults[field] : undefined
    return problem && words.fieldProblem({ field: '', problem })
  }
  const line = (field: 'forWhom' | 'where' | 'hours') => (
    <TextField
      label={own[field]}
      maxLength={80}
      value={value[field]}
      onInput={(typed) => set({ [field]: typed })}
    />
  )
  return (
    <FormPage
      title={service ? own.edit : own.add}
      back={placesPages.services()}
      saveLabel={own.save}
      saving={saving}
      errors={asked ? count : 0}
      draft={draft}
      onSave={() => save()}
    >
      {service && isServiceOld(service.fields, day) ? (
        <>
          <Notice tone="alarm">{own.old(formatDay(words, service.fields.asOf, day))}</Notice>
          <Button onClick={checked}>{own.stillRight}</Button>
        </>
      ) : (
        <Notice>{own.saveHint}</Notice>
      )}
      {!service && places.length > 1 && (
        <SelectField
          label={own.place}
          value={value.place}
          options={places.map(({ id, fields }) => ({ value: id, label: fields.name }))}
          onInput={(place) => set({ place })}
        />
      )}
      <TextField
        label={own.name}
        required={words.shell.required}
        maxLength={40}
        value={value.name}
        onInput={(name) => set({ name })}
        error={error('name')}
      />
      <ChoiceField
        label={own.kind}
        value={value.serviceKind}
        options={serviceKinds.map((kind) => ({ value: kind, label: own.kinds[kind] }))}
        onInput={(kind) => set({ serviceKind: kind as ServiceKind })}
      />
      <ChoiceField
        label={own.room}
        value={value.room}
        options={[
          { value: '', label: own.roomUnknown },
          ...serviceRooms.map((room) => ({ value: room, label: own.rooms[room] })),
        ]}
        onInput={(room) => set({ room: room as ServiceRoom | '' })}
      />
      <TextAreaField
        label={own.what}
        maxLength={200}
        value={value.what}
        onInput={(what) => set({ what })}
      />
      {line('forWhom')}
      {line('where')}
      {line('hours')}
      <TextField
        label={own.telephone}
        inputMode="tel"
        maxLength={20}
        value={value.telephone}
        onInput={(telephone) => set({ telephone })}
        error={error('telephone')}
      />
      {service && <Button onClick={() => save({ closed: true })}>{own.close}</Button>}
    </FormPage>
  )
}
