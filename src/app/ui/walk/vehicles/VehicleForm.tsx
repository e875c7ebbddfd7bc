import { useState } from 'preact/hooks'
import { plateKey, vehicleKinds, type VehicleKind } from '#domain/vehicle.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { firstPages } from '#app/links/first.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { EndPart } from '#app/ui/forms/EndPart.tsx'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { ChoiceField, TextField } from '#app/ui/kit/Field.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Page, useBack } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useVehicleWords } from '#app/ui/words/vehicle-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
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
  const others = useRegister(app, (register) => vehiclesOfDwelling(register, room.id), [room.id])
  const draft = useDraft<VehicleDraft>(`vehicle/${room.id}/${held?.id ?? 'new'}`, () =>
    draftOfVehicle(held),
  )
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const goBack = useBack(page)
  const { value } = draft
  const faults = faultsOfVehicle(
    value,
    others.filter(({ id }) => id !== held?.id),
  )
  const count = Object.keys(faults).length
  const set = (part: Partial<VehicleDraft>) => draft.set((before) => ({ ...before, ...part }))
  const done = () => {
    draft.done()
    goBack()
  }
  const save = () => {
    setAsked(true)
    if (count > 0) return
    const fields = {
      ...{ plate: plateKey(value.plate), vehicleKind: value.vehicleKind },
      until: value.until || null,
    }
    const intent = held
      ? ({ op: 'patch', kind: 'vehicle', record: held.id, fields } as const)
      : ({
          op: 'create',
          kind: 'vehicle',
          record: app.work.newId(room.stream),
          stream: room.stream,
          fields: { ...fields, dwelling: room.id },
        } as const)
    saving.run([intent], done)
  }
  const end = () => {
    if (!held) return
    saving.run([{ op: 'patch', kind: 'vehicle', record: held.id, fields: { endedOn: day } }], done)
  }
  const error = (field: keyof typeof faults) => {
    const fault = asked ? faults[field] : undefined
    if (!fault) return undefined
    return {
      'not-a-plate': own.notAPlate,
      'not-a-day': own.notADay,
      'there-already': own.thereAlready,
    }[fault]
  }
  return (
    <FormPage
      title={`${held ? own.edit : own.add} ${door}`}
      back={page}
      saveLabel={own.save}
      saving={saving}
      errors={asked ? count : 0}
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
        error={error('plate')}
      />
      <ChoiceField
        label={own.kind}
        value={value.vehicleKind}
        options={vehicleKinds.map((kind) => ({ value: kind, label: own.kinds[kind] }))}
        onInput={(kind) => set({ vehicleKind: kind as VehicleKind })}
      />
      <DateTyped
        label={own.until}
        hint={own.untilHint}
        value={value.until}
        onInput={(until) => set({ until })}
        error={error('until')}
      />
      {held && <EndPart label={own.end} hint={own.endHint} onEnd={end} />}
    </FormPage>
  )
}
