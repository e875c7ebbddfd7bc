/** The batches that forms save: one act of a worker is one list of intents, applied whole or not at all. */
import type { Consent } from '#domain/consent-record.ts'
import type { Day } from '#domain/day.ts'
import type { Dwelling } from '#domain/dwelling.ts'
import type { Resident } from '#domain/resident.ts'
import type { Visit } from '#domain/visit.ts'
import type { Rec } from '#app/register/register.ts'
import type { DeviceParts } from './device-parts.ts'
import type { Intent } from './intent.ts'
import { tidy, type ResidentValues } from '#app/views/resident-values.ts'

type Maker = Pick<DeviceParts, 'now'> & { readonly work: Pick<DeviceParts['work'], 'newId'> }

/** A visit of now. Where fields changed in the same batch, they are named. */
export function visitIntent(
  app: Maker,
  home: { readonly id: string; readonly stream: string },
  visit: Partial<Visit> & Pick<Visit, 'unchanged'>,
): Intent {
  return {
    op: 'create',
    kind: 'visit',
    record: app.work.newId(home.stream),
    stream: home.stream,
    fields: {
      household: home.id,
      channel: 'door',
      outcome: 'met',
      at: new Date(app.now()).toISOString(),
      ...visit,
    },
  }
}

export function createResident(
  record: string,
  stream: string,
  household: string,
  values: ResidentValues,
): Intent {
  const fields = { ...tidy(values), household } as Resident
  return { op: 'create', kind: 'resident', record, stream, fields }
}

export function patchOf(
  record: Rec<'resident'> | Rec<'household'> | Rec<'dwelling'> | Rec<'building'>,
  fields: Readonly<Record<string, unknown>>,
): Intent {
  return { op: 'patch', kind: record.kind, record: record.id, fields, shown: record }
}

/** Where somebody goes, and their consent to having that recorded; null of the second where there is nothing to record. */
export interface Destination {
  readonly to: string | null
  readonly consent: Consent | null
}

function goneFields({ fields }: Rec<'resident'>, on: Day, { to, consent }: Destination) {
  const others = (fields.consents ?? []).filter(({ field }) => field !== consent?.field)
  return {
    ...{ movedOutOn: on, movedOutTo: to },
    ...(consent ? { consents: [...others, consent] } : {}),
  }
}

/** Everybody who lives there leaves, and the household ends. */
export function householdLeaves(
  home: Rec<'household'>,
  members: readonly Rec<'resident'>[],
  on: Day,
  where: Destination,
): Intent[] {
  return [
    ...members.map((member) => patchOf(member, goneFields(member, on, where))),
    patchOf(home, { endedOn: on, endedTo: where.to }),
  ]
}

/** One person leaves; the last one takes the household along. */
export function residentLeaves(
  home: Rec<'household'>,
  members: readonly Rec<'resident'>[],
  resident: Rec<'resident'>,
  on: Day,
  where: Destination,
): Intent[] {
  const others = members.filter((member) => member.id !== resident.id)
  if (others.length === 0) return householdLeaves(home, [resident], on, where)
  return [
    patchOf(resident, goneFields(resident, on, where)),
    ...(home.fields.head === resident.id ? [patchOf(home, { head: null })] : []),
  ]
}

/** The whole household to another door. */
export function householdMoves(
  home: Rec<'household'>,
  members: readonly Rec<'resident'>[],
  dwelling: Rec<'dwelling'>,
  today: Day,
): Intent[] {
  return [
    patchOf(home, { dwelling: dwelling.id }),
    ...members.map((member) => patchOf(member, { addressChangedOn: today })),
  ]
}

/** The same plates once more, at the door where a household goes: at its old one the server ends them. */
export function platesAnew(
  app: Maker,
  plates: readonly Rec<'vehicle'>[],
  home: Rec<'household'>,
  { id: dwelling, stream }: Rec<'dwelling'>,
): Intent[] {
  return plates.map(({ fields: { plate, vehicleKind, until } }) => ({
    ...{ op: 'create', kind: 'vehicle', record: app.work.newId(stream), stream },
    fields: { dwelling, household: home.id, plate, vehicleKind, until: until ?? null },
  }))
}

/** One person to another household, or to one of their own; an emptied household ends. */
export function residentMoves(
  app: Maker,
  home: Rec<'household'>,
  members: readonly Rec<'resident'>[],
  resident: Rec<'resident'>,
  target: { readonly household: string } | { readonly dwelling: Rec<'dwelling'> },
  today: Day,
): Intent[] {
  const household =
    'household' in target ? target.household : app.work.newId(target.dwelling.stream)
  const made: Intent[] =
    'household' in target
      ? []
      : [
          {
            op: 'create',
            kind: 'household',
            record: household,
            stream: target.dwelling.stream,
            fields: { dwelling: target.dwelling.id, head: resident.id },
          },
        ]
  const left = members.filter((member) => member.id !== resident.id)
  const ended =
    left.length === 0
      ? [patchOf(home, { endedOn: today, endedTo: null })]
      : home.fields.head === resident.id
        ? [patchOf(home, { head: null })]
        : []
  const back = resident.fields.movedOutOn ? { movedOutOn: null, movedOutTo: null } : {}
  return [
    ...made,
    patchOf(resident, { household, addressChangedOn: today, joinedOn: today, ...back }),
    ...ended,
  ]
}

/** A family moves in: household, residents with the first as head, the dwelling's use where it changed, a visit. */
export function familyMovesIn(
  app: Maker,
  dwelling: Rec<'dwelling'>,
  people: readonly ResidentValues[],
  use: Dwelling['use'],
): { readonly household: string; readonly intents: Intent[] } {
  const { stream } = dwelling
  const household = app.work.newId(stream)
  const residents = people.map((values) => ({ id: app.work.newId(stream), values }))
  const intents: Intent[] = [
    {
      op: 'create',
      kind: 'household',
      record: household,
      stream: dwelling.stream,
      fields: { dwelling: dwelling.id, head: residents[0]?.id ?? null },
    },
    ...residents.map(({ id, values }) => createResident(id, dwelling.stream, household, values)),
    ...(use && use !== dwelling.fields.use ? [patchOf(dwelling, { use })] : []),
    visitIntent(app, { id: household, stream: dwelling.stream }, { unchanged: false }),
  ]
  return { household, intents }
}

/** A death is a life event of the household; the last member's death ends it. */
export function residentDies(
  home: Rec<'household'>,
  members: readonly Rec<'resident'>[],
  resident: Rec<'resident'>,
  on: Day,
): Intent[] {
  const isLast = members.every((member) => member.id === resident.id)
  return [
    patchOf(resident, { diedOn: on }),
    patchOf(home, {
      lifeEvent: 'death',
      lifeEventOn: on,
      ...(home.fields.head === resident.id ? { head: null } : {}),
      ...(isLast ? { endedOn: on } : {}),
    }),
  ]
}

/** One more person in a household; the first one is its head. `visit`: whoever says so stands at the door. */
export function residentJoins(
  app: Maker,
  home: Rec<'household'>,
  values: ResidentValues,
  how: { readonly today: Day; readonly isFirst: boolean; readonly visit: boolean },
): Intent[] {
  const id = app.work.newId(home.stream)
  return [
    createResident(id, home.stream, home.id, { ...values, joinedOn: how.today }),
    ...(how.isFirst
      ? [{ op: 'patch', kind: 'household', record: home.id, fields: { head: id } } as const]
      : []),
    ...(how.visit ? [visitIntent(app, home, { unchanged: false })] : []),
  ]
}

/** A child is born into a household: a life event of it, and somebody was there to hear of it. */
export function childIsBorn(
  app: Maker,
  home: Rec<'household'>,
  child: ResidentValues,
  today: Day,
): Intent[] {
  const id = app.work.newId(home.stream)
  return [
    createResident(id, home.stream, home.id, { ...child, joinedOn: today }),
    patchOf(home, { lifeEvent: 'birth', lifeEventOn: child.birth }),
    visitIntent(app, home, { unchanged: false }),
  ]
}

/** `shown`: as the form showed the person first, which a merge compares with; `home`: where a visit is to be noted. */
export function residentChanges(
  app: Maker,
  shown: Rec<'resident'>,
  changes: Readonly<Record<string, unknown>>,
  home: Rec<'household'> | null,
): Intent[] {
  const changed = Object.keys(changes)
  return [
    patchOf(shown, changes),
    ...(home ? [visitIntent(app, home, { unchanged: false, resident: shown.id, changed })] : []),
  ]
}
