import { useState } from 'preact/hooks'
import { mostPeople } from '#domain/declaration.ts'
import { isDay } from '#domain/day.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { firstPages } from '#app/links/first.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useSave } from '#app/ui/forms/use-save.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { SelectField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useBack } from '#app/ui/Page.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useVehicleWords } from '#app/ui/words/vehicle-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { isKeptTelephone } from '#app/views/declarations.ts'
import { doorsOfGate } from '#app/views/plates.ts'

/** Somebody says at the gate that people have come to live there: a worker calls; nothing of it stays on this device. */
export function GateArrival(props: PageProps) {
  const app = useParts('register', 'today', 'work')
  const own = useVehicleWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const vehicle = props.params['vehicle']
  const at = useRegister(
    app,
    (register) => (vehicle ? register.get('vehicle', vehicle)?.fields.dwelling : undefined) ?? '',
  )
  const doors = useRegister(app, doorsOfGate)
  // In memory alone: an unfinished name is nobody's of the next shift.
  const [value, setValue] = useState(() => ({
    ...{ part: '', dwelling: at, name: '', count: '1', from: day, telephone: '' },
  }))
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const goBack = useBack(firstPages.gate())
  const set = (more: Partial<typeof value>) => setValue((before) => ({ ...before, ...more }))
  const count = /^\d{1,2}$/.test(value.count) ? Number(value.count) : 0
  const phone = value.telephone.trim()
  const faults = {
    ...(!doors.some(({ dwelling }) => dwelling === value.dwelling) && {
      dwelling: own.doorMissing,
    }),
    ...(value.name.trim() === '' && { name: own.nameMissing }),
    ...((count < 1 || count > mostPeople) && { count: own.countWrong }),
    ...(!isDay(value.from) && { from: own.notADay }),
    ...(phone !== '' && !isKeptTelephone(phone) && { telephone: own.phoneWrong }),
  }
  const error = (field: keyof typeof faults) => (asked ? faults[field] : undefined)
  const part = value.part.trim().toLowerCase()
  const fitting = doors.filter(
    ({ dwelling, door }) =>
      dwelling === value.dwelling || (part !== '' && door.toLowerCase().includes(part)),
  )
  const save = () => {
    setAsked(true)
    const stream = doors.find(({ dwelling }) => dwelling === value.dwelling)?.stream
    if (Object.keys(faults).length > 0 || !stream) return
    const fields = {
      ...{ dwelling: value.dwelling, speaker: 'self' as const, name: value.name.trim(), count },
      ...{ from: value.from, telephone: phone || null },
    }
    saving.run(
      [{ op: 'create', kind: 'arrival', record: app.work.newId(stream), stream, fields }],
      goBack,
    )
  }
  return (
    <FormPage
      title={own.arrive}
      back={firstPages.gate()}
      saveLabel={own.send}
      saving={saving}
      errors={asked ? Object.keys(faults).length : 0}
      onSave={save}
    >
      <Notice>{own.arriveHint}</Notice>
      {!at && (
        <TextField
          label={own.which}
          hint={own.whichHint}
          maxLength={20}
          value={value.part}
          onInput={(typed) => set({ part: typed })}
        />
      )}
      <SelectField
        label={own.which}
        emptyLabel={own.doorMissing}
        value={value.dwelling}
        options={fitting
          .slice(0, 30)
          .map(({ dwelling, door }) => ({ value: dwelling, label: door }))}
        onInput={(dwelling) => set({ dwelling })}
        error={error('dwelling')}
      />
      <TextField
        label={own.who}
        required={words.shell.required}
        maxLength={40}
        value={value.name}
        onInput={(name) => set({ name })}
        error={error('name')}
      />
      <TextField
        label={own.count}
        inputMode="numeric"
        maxLength={2}
        value={value.count}
        onInput={(typed) => set({ count: typed })}
        error={error('count')}
      />
      <DateTyped
        label={own.from}
        value={value.from}
        onInput={(from) => set({ from })}
        error={error('from')}
      />
      <TextField
        label={own.phone}
        inputMode="tel"
        maxLength={20}
        value={value.telephone}
        onInput={(telephone) => set({ telephone })}
        error={error('telephone')}
      />
    </FormPage>
  )
}
