/** What a colour is computed from, for all subjects of some dwellings of one stream. */
import { sql, type Kysely } from 'kysely'
import { careDueOn } from '#domain/care-lapse.ts'
import { lastMetOf } from '#domain/due.ts'
import { earlier, instantToDay, type Day } from '#domain/day.ts'
import type { Dwelling } from '#domain/dwelling.ts'
import type { Subject } from '#domain/facts.ts'
import type { Household } from '#domain/household.ts'
import { isPresent as livesThere, type Resident } from '#domain/resident.ts'
import { isFloating, livesApartFromHukou } from '#domain/residence.ts'
import { helpOf, loadHelp, type Help, type HelpSaid } from './help.ts'
import { amongIds } from '../db/place-tree.ts'
import { loadStreams } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database, SubjectTable } from '../db/schema.ts'

export interface SubjectToColour {
  readonly id: string
  readonly subject: Subject
  /** How a tally counts it: floating, apart, settled; of dwellings the use. */
  readonly residence: string
  /** Of a resident. */
  readonly household?: string
}

/** A household that somebody lives in, as far as it matters when a call there is due. */
export interface HouseholdToCall {
  readonly id: string
  readonly dwelling: string
  /** Last day with outcome met, of the household as a whole. */
  readonly lastMet: Day | null
  readonly knownSince: Day | null
  readonly lifeEventOn: Day | null
  /** When the care of one of its people is to be looked at, where nobody called since. */
  readonly careOn: Day | null
}

export interface Home {
  readonly dwellings: readonly RecordRow[]
  readonly households: readonly RecordRow[]
  readonly residents: readonly RecordRow[]
  readonly lastMet: LastMet
  readonly help: Help
  /** The rows of all of them, and of others that were asked for; absent where they were not read. */
  readonly subjects?: ReadonlyMap<string, SubjectTable>
}

/** Last day with outcome met: of the household as a whole, and of single residents. */
export interface LastMet {
  of(household: string, resident: string | null, joinedOn?: Day | null): Day | null
  /** By one of these ways alone. */
  by(
    channels: readonly string[],
    household: string,
    resident: string,
    joinedOn?: Day | null,
  ): Day | null
}

interface Met {
  readonly household: string
  readonly resident: string | null
  readonly channel: string | null
  /** ISO 8601 UTC. */
  readonly at: string
}

/** Everything of some whole streams that colours depend on, by stream, in as many questions as of one. */
export async function loadWholeStreams(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<ReadonlyMap<string, Home>> {
  const records = await loadStreams(db, streams, ['dwelling', 'household', 'resident'])
  // The moments are compared as text: ISO 8601 in UTC sorts so, and a cast could fail on what a device wrote.
  const { rows: met } = await sql<Met & { readonly stream: string }>`
    select stream, parent::text as household, fields->>'resident' as resident,
      fields->>'channel' as channel, max(fields->>'at') as at
    from record
    where stream ${amongIds(streams)} and kind = 'visit' and not removed
      and fields->>'outcome' = 'met'
    group by 1, 2, 3, 4`.execute(db)
  const people = records.filter(({ kind }) => kind === 'resident')
  const help = await loadHelp(
    db,
    people.map(({ id }) => id),
  )
  return new Map(
    streams.map((stream) => {
      const own = records.filter((row) => row.stream === stream)
      const of = (kind: RecordRow['kind']) => own.filter((row) => row.kind === kind)
      const lastMet = lastMetIn(met.filter((row) => row.stream === stream))
      const home: Home = {
        ...{ dwellings: of('dwelling'), households: of('household'), residents: of('resident') },
        ...{ lastMet, help },
      }
      return [stream, home]
    }),
  )
}

function lastMetIn(rows: readonly Met[]): LastMet {
  /** By household and resident, and by channel below it. */
  const days = new Map<string, Map<string, Day>>()
  for (const { household, resident, channel, at } of rows) {
    const key = `${household}/${resident ?? ''}`
    const known = days.get(key) ?? new Map<string, Day>()
    days.set(key, known.set(channel ?? '', instantToDay(at)))
  }
  const latest = (key: string, channels?: readonly string[]): Day | null => {
    let last: Day | null = null
    for (const [channel, day] of days.get(key) ?? []) {
      if (channels && !channels.includes(channel)) continue
      if (last === null || day > last) last = day
    }
    return last
  }
  return {
    of(household, resident, joinedOn) {
      const own = resident ? latest(`${household}/${resident}`) : null
      return lastMetOf(own, latest(`${household}/`), joinedOn)
    },
    by(channels, household, resident, joinedOn) {
      const own = latest(`${household}/${resident}`, channels)
      return lastMetOf(own, latest(`${household}/`, channels), joinedOn)
    },
  }
}

/** What is wanted of one stream: some dwellings, and further subjects whose rows are. */
export interface HomeAsked {
  readonly dwellings: readonly string[]
  readonly also?: readonly string[]
}

/** Everything under some dwellings of a stream that colours depend on, with the subjects as they were coloured last. */
export async function loadHome(
  db: Kysely<Database>,
  stream: string,
  asked: HomeAsked,
): Promise<Home> {
  const home = (await loadHomes(db, new Map([[stream, asked]]))).get(stream)
  if (!home) throw new Error('no home was read')
  return home
}

/**
 * The same of several streams, by stream. One question, whatever their number; who was helped may have asked in any
 * grid.
 */
export async function loadHomes(
  db: Kysely<Database>,
  asked: ReadonlyMap<string, HomeAsked>,
): Promise<ReadonlyMap<string, Home>> {
  const list = (ids: readonly string[]) => sql`${sql.val([...ids])}::uuid[]`
  const inStreams = sql`stream ${amongIds(asked.keys())}`
  const dwellings = list([...asked.values()].flatMap((one) => one.dwellings))
  const also = list([...asked.values()].flatMap((one) => [...one.dwellings, ...(one.also ?? [])]))
  const { rows } = await sql<HomeRow>`
    with homes as (
      select * from record where ${inStreams} and parent = any(${dwellings})
        and kind = 'household' and not removed
    ), people as (
      select * from record where ${inStreams}
        and parent in (select id from homes) and kind = 'resident' and not removed
    ), met as (
      select stream, parent::text as household, fields->>'resident' as resident,
        fields->>'channel' as channel, max(fields->>'at') as at
      from record where ${inStreams} and parent in (select id from homes)
        and kind = 'visit' and not removed and fields->>'outcome' = 'met'
      group by 1, 2, 3, 4
    )
    select
      (select jsonb_agg(to_jsonb(record)) from record where ${inStreams}
        and id = any(${dwellings}) and not removed) as dwellings,
      (select jsonb_agg(to_jsonb(homes)) from homes) as households,
      (select jsonb_agg(to_jsonb(people)) from people) as residents,
      (select jsonb_agg(to_jsonb(met)) from met) as met,
      (select jsonb_agg(to_jsonb(subject)) from subject where ${inStreams} and (
        id = any(${also})
        or id in (select id from homes union all select id from people)
      )) as subjects,
      (select jsonb_agg(to_jsonb(said)) from help as said
        where said.residents && array(select id from people)) as help`.execute(db)
  const [found] = rows
  const help = helpOf(found?.help ?? [])
  return new Map(
    [...asked].map(([stream, one]) => {
      // An id may stand in several streams where its record went from one to another.
      const ofStream = <T extends { readonly stream: string }>(
        rows: readonly T[] | null | undefined,
      ) => (rows ?? []).filter((row) => row.stream === stream)
      const households = ofStream(found?.households).filter((row) =>
        one.dwellings.includes(row.parent ?? ''),
      )
      const homes = new Set(households.map(({ id }) => id))
      const residents = ofStream(found?.residents).filter((row) => homes.has(row.parent ?? ''))
      const home: Home = {
        dwellings: ofStream(found?.dwellings)
          .filter(({ id }) => one.dwellings.includes(id))
          .map(rowOf),
        households: households.map(rowOf),
        residents: residents.map(rowOf),
        lastMet: lastMetIn(ofStream(found?.met).filter(({ household }) => homes.has(household))),
        help,
        subjects: new Map(ofStream(found?.subjects).map((row) => [row.id, row])),
      }
      return [stream, home]
    }),
  )
}

interface HomeRow {
  readonly dwellings: readonly StoredRow[] | null
  readonly households: readonly StoredRow[] | null
  readonly residents: readonly StoredRow[] | null
  readonly met: readonly (Met & { readonly stream: string })[] | null
  readonly subjects: readonly SubjectTable[] | null
  readonly help: readonly HelpSaid[] | null
}

type StoredRow = Omit<RecordRow, 'movedTo'> & {
  readonly moved_to: string | null
  /** As the table finds it by: of what was merged, the record that it was merged into. */
  readonly parent: string | null
}

function rowOf({ moved_to: movedTo, ...row }: StoredRow): RecordRow {
  return { ...row, movedTo }
}

/** The coloured subjects among them: residents who live there now, and every dwelling. */
export function subjectsOf(home: Home): SubjectToColour[] {
  const subjects: SubjectToColour[] = []
  const householdsByDwelling = groupBy(
    home.households.filter((row) => !(row.fields as Household).endedOn),
    (row) => (row.fields as Household).dwelling,
  )
  const residentsByHousehold = groupBy(
    home.residents.filter(isPresent),
    (row) => (row.fields as Resident).household,
  )
  const dwellings = new Map(home.dwellings.map((row) => [row.id, row.fields as Dwelling]))
  for (const household of home.households) {
    const fields = household.fields as Household
    const members = residentsByHousehold.get(household.id) ?? []
    const context = {
      household: fields,
      dwelling: dwellings.get(fields.dwelling) ?? null,
      members: members.map((row) => row.fields as Resident),
    }
    for (const member of members) {
      const resident = member.fields as Resident
      const lastMet = home.lastMet.of(household.id, member.id, resident.joinedOn)
      const help = home.help.get(member.id) ?? []
      subjects.push({
        id: member.id,
        household: household.id,
        subject: { kind: 'resident', context: { ...context, resident, lastMet, help } },
        residence: isFloating(resident)
          ? 'floating'
          : livesApartFromHukou(resident)
            ? 'apart'
            : 'settled',
      })
    }
  }
  for (const [id, dwelling] of dwellings) {
    const households = householdsByDwelling.get(id) ?? []
    const residents = households.flatMap((row) => residentsByHousehold.get(row.id) ?? [])
    const days = households
      .map((row) => home.lastMet.of(row.id, null))
      .filter((day) => day !== null)
    subjects.push({
      id,
      subject: {
        kind: 'dwelling',
        context: {
          dwelling,
          households: households.map((row) => row.fields as Household),
          residents: residents.map((row) => row.fields as Resident),
          lastMet: days.sort().at(-1) ?? null,
        },
      },
      residence: dwelling.use ?? 'unknown',
    })
  }
  return subjects
}

/** Those among them where somebody could be called on: not those that ended, nor those that everybody left. */
export function callsOf(home: Home, subjects: readonly SubjectToColour[]): HouseholdToCall[] {
  const members = new Map<string, Resident[]>()
  for (const { household, subject } of subjects) {
    if (household === undefined || subject.kind !== 'resident') continue
    const known = members.get(household)
    if (known) known.push(subject.context.resident)
    else members.set(household, [subject.context.resident])
  }
  return home.households
    .filter(({ id, fields }) => !(fields as Household).endedOn && members.has(id))
    .map(({ id, fields, at }) => {
      const lastMet = home.lastMet.of(id, null)
      return {
        id,
        dwelling: (fields as Household).dwelling,
        lastMet,
        knownSince: at === null ? null : instantToDay(at),
        lifeEventOn: (fields as Household).lifeEventOn ?? null,
        careOn: (members.get(id) ?? []).reduce<Day | null>(
          (first, { cares }) => earlier(first, careDueOn(cares, lastMet)),
          null,
        ),
      }
    })
}

/** Who moved out, died or was merged into another record is no subject any more. */
export function isPresent(row: RecordRow): boolean {
  return livesThere(row.fields)
}

function groupBy(rows: readonly RecordRow[], keyOf: (row: RecordRow) => string) {
  const groups = new Map<string, RecordRow[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
