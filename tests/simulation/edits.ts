/** What a person enters in a simulated day, of what their device shows; nothing where it shows nothing to edit. */
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import type { Register } from '#app/register/register.ts'
import { differentPeople, merged, parted } from '#app/acts/same-person-intents.ts'
import type { Edit } from './happenings.ts'
import type { VillageOffice } from './village.ts'

type Places = Pick<VillageOffice, 'streams' | 'household' | 'dwelling'>
type Device = Pick<DeviceParts, 'register' | 'work' | 'today' | 'now'>

/** A batch of so many: more than a page of the office's answer takes. */
const crowd = 60

export function intentsOf(office: Places, app: Device, edit: Edit): readonly Intent[] {
  const { register } = app
  if (edit.do === 'visit') {
    const homes = homesShown(office, register)
    const home = homes[edit.pick % Math.max(1, homes.length)]
    if (!home) return []
    const at = new Date(app.now()).toISOString()
    const fields = { household: home.id, channel: 'door', outcome: 'met', unchanged: true, at }
    return [
      {
        op: 'create',
        kind: 'visit',
        record: app.work.newId(),
        stream: home.stream,
        fields,
      } as Intent,
    ]
  }
  if (edit.do === 'take-in' || edit.do === 'bring-in' || edit.do === 'move-home') {
    const homes = homesShown(office, register)
    const home = homes[edit.pick % Math.max(1, homes.length)]
    if (!home) return []
    if (edit.do === 'move-home') {
      const dwelling = office.dwelling(office.streams[edit.to] ?? '')
      if (!register.get('dwelling', dwelling)) return []
      return [{ op: 'patch', kind: 'household', record: home.id, fields: { dwelling } }]
    }
    return Array.from({ length: edit.do === 'take-in' ? edit.count : crowd }, (): Intent => ({
      op: 'create',
      kind: 'resident',
      record: app.work.newId(home.stream),
      stream: home.stream,
      fields: { household: home.id, name: `样例${edit.pick}` },
    }))
  }
  const residents = [...register.all('resident')].sort((a, b) => (a.id < b.id ? -1 : 1))
  const counting = residents.filter(({ fields }) => !fields.mergedInto)
  if (edit.do === 'part') {
    const others = residents.filter(({ fields }) => fields.mergedInto)
    const other = others[edit.pick % Math.max(1, others.length)]
    return other ? parted(register, other).intents : []
  }
  if (edit.do === 'merge' || edit.do === 'two-people') {
    const counts = counting[edit.pick % Math.max(1, counting.length)]
    const other = counting[edit.other % Math.max(1, counting.length)]
    if (!counts || !other || counts === other) return []
    if (edit.do === 'two-people') return differentPeople(counts, other)
    const taken = new Set(edit.taken ? ['name', 'note', 'workplace'] : [])
    return merged(register, counts, other, taken, app.today.getState().day)
  }
  const resident = residents[edit.pick % Math.max(1, residents.length)]
  if (!resident) return []
  const patch = (fields: Record<string, unknown>): Intent[] => [
    { op: 'patch', kind: 'resident', record: resident.id, fields },
  ]
  if (edit.do === 'move') {
    const household = office.household(office.streams[edit.to] ?? '')
    return register.get('household', household) ? patch({ household }) : []
  }
  if (edit.do === 'rename')
    return patch({ name: `样例${'甲乙丙丁戊己庚辛壬癸'[edit.value] ?? ''}` })
  if (edit.do === 'note')
    return patch({
      ...{ note: `记${edit.value}`, workplace: `单位${edit.value % 3}` },
      consents: ['note', 'workplace'].map((field) => ({
        ...{ field, version: 2, on: '2026-11-23', how: 'spoken' },
      })),
    })
  const phones = (resident.fields.phones ?? []).filter((phone) => phone !== phoneOf(-edit.value))
  return patch({ phones: edit.value > 0 ? [...new Set([...phones, phoneOf(edit.value)])] : phones })
}

const homesShown = (office: Places, register: Register) =>
  office.streams
    .map((stream) => register.get('household', office.household(stream)))
    .filter((home) => home !== undefined)

const phoneOf = (number: number) => `1001234550${number}`
