import { useState } from 'preact/hooks'
import { declared } from '#app/acts/declaration-intents.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { firstPages } from '#app/links/first.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { RoomField } from '#app/ui/forms/RoomField.tsx'
import { useFormSave } from '#app/ui/forms/use-form-save.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useVehicleWords } from '#app/ui/words/vehicle-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import {
  draftOfDeclaration,
  problemsOfDeclaration,
  type DeclarationDraft,
} from '#app/views/declarations.ts'

/** An unfinished name is nobody's of the next shift: nothing of it is kept. */
const inMemory = { done: () => {} }

/** Somebody says at the gate that people have come to live there: a worker calls; nothing of it stays on this device. */
export function GateArrival(props: PageProps) {
  const app = useParts('register', 'today', 'work', 'now')
  const own = useVehicleWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const vehicle = props.params['vehicle'] ?? ''
  const [dwelling, setDwelling] = useState(
    () => app.register.get('vehicle', vehicle)?.fields.dwelling ?? '',
  )
  const [value, setValue] = useState(() => draftOfDeclaration(true, day))
  const door = useRegister(app, (register) => register.get('dwelling', dwelling), [dwelling])
  const form = useFormSave(inMemory, firstPages.gate(), [
    ...(door ? [] : [{ field: 'dwelling', says: own.doorMissing }]),
    ...problemsOfDeclaration('arrival', value, day),
  ])
  const set = (more: Partial<DeclarationDraft>) => setValue((before) => ({ ...before, ...more }))
  return (
    <FormPage
      title={own.arrive}
      back={firstPages.gate()}
      saveLabel={own.send}
      saving={form.saving}
      errors={form.errors}
      onSave={() => form.save(() => door && declared(app, 'arrival', door, value))}
    >
      <Notice>{own.arriveHint}</Notice>
      <RoomField
        label={own.which}
        hint={own.whichHint}
        stream={door?.stream ?? ''}
        chosen={door}
        error={form.errorOf('dwelling')}
        onChoose={setDwelling}
      />
      <TextField
        label={own.who}
        required={words.shell.required}
        maxLength={40}
        value={value.name}
        onInput={(name) => set({ name })}
        error={form.errorOf('name')}
      />
      <TextField
        label={own.count}
        inputMode="numeric"
        maxLength={2}
        value={value.count}
        onInput={(count) => set({ count })}
        error={form.errorOf('count')}
      />
      <DateTyped
        example={day}
        label={own.from}
        value={value.from}
        onInput={(from) => set({ from })}
        error={form.errorOf('from')}
      />
      <TextField
        label={own.phone}
        type="tel"
        inputMode="tel"
        maxLength={20}
        value={value.telephone}
        onInput={(telephone) => set({ telephone })}
        error={form.errorOf('telephone')}
      />
    </FormPage>
  )
}
