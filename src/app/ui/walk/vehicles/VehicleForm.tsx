import { plateKey, vehicleKinds, type VehicleKind } from '#domain/vehicle.ts'
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
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useVehicleWords } from '#app/ui/words/vehicle-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { nameOfHome } from '../home-name.ts'
import { doorOf } from '#app/views/door.ts'
import type { Rec } from '#app/views/records.ts'
import {
  draftOfVehicle,
  faultsOfVehicle,
  vehiclesOfDwelling,
  type VehicleDraft,
} from '#app/views/plates.ts'

/** One vehicle of a dwelling, new or as it stands. */
export function VehicleForm(props: PageProps) {
  const app = useParts('register')
  const own = useVehicleWords()
  const { dwelling = '', vehicle = null } = props.params
  const room = useRegister(app, (register) => register.get('dwelling', dwelling))
  const held = useRegister(app, (register) =>
    vehicle ? register.get('vehicle', vehicle) : undefined,
  )
  const hasGates = usePolicy().gates === true
  if (!room || (vehicle !== null && !held)) {
    return <Gone title={own.none} back={room ? walkPages.dwelling(dwelling) : firstPages.grid()} />
  }
  // What is there can be ended all the same.
  if (!hasGates && !held) {
    return (
      <Page title={own.title} back={walkPages.dwelling(dwelling)}>
        <Empty title={own.off} icon="lock" />
      </Page>
    )
  }
  return <Form key={`${dwelling}/${vehicle}`} room={room} held={held} isOff={!hasGates} />
}

function Form(props: {
  readonly room: Rec<'dwelling'>
  readonly held: Rec<'vehicle'> | undefined
  readonly isOff: boolean
}) {
  const app = useParts('register', 'today', 'work')
  const own = useVehicleWords()
  const words = useWords()
  const { room, held } = props
  const page = walkPages.dwelling(room.id)
  const day = useStore(app.today, (store) => store.day)
  const door = useRegister(app, (register) => doorOf(register, room.id))
  const homes = useRegister(app, (register) => register.households(room.id), [room.id])
  const names = useRegister(
    app,
    (register) => homes.map(({ id }) => nameOfHome(register, words, id)),
    [homes, words],
  )
  const others = useRegister(app, (register) => vehiclesOfDwelling(register, room.id), [room.id])
  const draft = useDraft<VehicleDraft>(`vehicle/${room.id}/${held?.id ?? 'new'}`, () =>
    draftOfVehicle(held, homes),
  )
  const { value } = draft
  const says = {
    'not-a-plate': own.notAPlate,
    'not-a-day': own.notADay,
    'there-already': own.thereAlready,
  }
  const faults = faultsOfVehicle(
    value,
    others.filter(({ id }) => id !== held?.id),
  )
  const problems = Object.entries(faults).map(([field, fault]) => ({ field, says: says[fault] }))
  const form = useFormSave(draft, page, problems)
  const set = (part: Partial<VehicleDraft>) => draft.set((before) => ({ ...before, ...part }))
  const save = () =>
    form.save(() => {
      const fields = {
        ...{ plate: plateKey(value.plate), vehicleKind: value.vehicleKind },
        ...{ until: value.until || null, household: value.household || null },
      }
      if (held) return [{ op: 'patch', kind: 'vehicle', record: held.id, fields }]
      const record = app.work.newId(room.stream)
      const made = { ...fields, dwelling: room.id }
      return [{ op: 'create', kind: 'vehicle', record, stream: room.stream, fields: made }]
    })
  const end = (id: string) =>
    form.run([{ op: 'patch', kind: 'vehicle', record: id, fields: { endedOn: day } }])
  return (
    <FormPage
      title={`${held ? own.edit : own.add} ${door}`}
      back={page}
      saveLabel={own.save}
      saving={form.saving}
      errors={form.errors}
      draft={draft}
      disabled={props.isOff}
      onSave={save}
    >
      <Notice>{props.isOff ? own.off : own.hint}</Notice>
      <TextField
        label={own.plate}
        hint={own.plateHint}
        required={words.shell.required}
        autocomplete="off"
        maxLength={16}
        value={value.plate}
        onInput={(plate) => set({ plate })}
        error={form.errorOf('plate')}
      />
      <ChoiceField
        label={own.kind}
        value={value.vehicleKind}
        options={vehicleKinds.map((kind) => ({ value: kind, label: own.kinds[kind] }))}
        onInput={(kind) => set({ vehicleKind: kind as VehicleKind })}
      />
      {homes.length > 0 && (
        <ChoiceField
          label={own.whose}
          hint={own.whoseHint}
          value={value.household}
          options={[
            ...homes.map(({ id }, at) => ({ value: id, label: names[at] ?? '' })),
            { value: '', label: own.ofTheDoor },
          ]}
          onInput={(household) => set({ household })}
        />
      )}
      <DateTyped
        label={own.until}
        hint={own.untilHint}
        example={day}
        value={value.until}
        onInput={(until) => set({ until })}
        error={form.errorOf('until')}
      />
      {held && <EndPart label={own.end} hint={own.endHint} onEnd={() => end(held.id)} />}
    </FormPage>
  )
}
