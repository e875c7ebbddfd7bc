/** What a landlord's link opens: the own dwelling, how many live there, and what was said by it. No number, no colour, no note. */
import { sql, type Kysely } from 'kysely'
import type { Building } from '#domain/building.ts'
import type { Dwelling } from '#domain/dwelling.ts'
import type { Arrival, DeclarationOutcome, LandlordLink } from '#domain/declaration.ts'
import { isPresent, type Resident } from '#domain/resident.ts'
import { loadChildren, loadRecords } from './records.ts'
import type { RecordRow } from './record-row.ts'
import type { Database } from './schema.ts'

export interface FoundLink {
  readonly stream: string
  readonly id: string
  readonly fields: LandlordLink
}

/** By the index of migration 0110: the record is asked, so whatever moves, stops or purges it counts here too. */
export async function linkByHash(
  db: Kysely<Database>,
  hash: string,
): Promise<FoundLink | undefined> {
  const { rows } = await sql<FoundLink>`
    select stream, id, fields from record
    where kind = 'landlord-link' and not removed and fields->>'hash' = ${hash} limit 1`.execute(db)
  return rows[0]
}

/** One that was said by this door's landlord. */
export interface SaidBefore {
  readonly kind: 'arrival' | 'departure'
  readonly name: string | null
  readonly count: number
  readonly from: string
  /** Null while nobody has looked. */
  readonly outcome: DeclarationOutcome | null
}

export interface OpenedLink {
  readonly link: FoundLink
  readonly building: Building | null
  readonly dwelling: Dwelling
  readonly count: number
  /** The names of those who live there; not of whoever asked that their data be used no further. */
  readonly names: readonly string[]
  /** The newest first. */
  readonly said: readonly SaidBefore[]
}

/** So many of what was said before stand on the page. */
const mostSaid = 6

/** Null where the door is no more. */
export async function openLink(db: Kysely<Database>, link: FoundLink): Promise<OpenedLink | null> {
  const { stream } = link
  const { dwelling: id } = link.fields
  const [row] = await loadRecords(db, [stream], [id])
  if (row?.kind !== 'dwelling' || row.removed) return null
  const dwelling = row.fields as unknown as Dwelling
  const [house] = await loadRecords(db, [stream], [dwelling.building])
  const kinds = ['household', 'arrival', 'departure'] as const
  const below = await loadChildren(db, stream, [id], kinds)
  const homes = below.filter(({ kind, fields }) => kind === 'household' && !fields['endedOn'])
  const people = await loadChildren(db, stream, idsOf(homes), ['resident'])
  const present = people.map(({ fields }) => fields as unknown as Resident).filter(isPresent)
  const claims = below
    .filter(({ kind, fields }) => kind !== 'household' && fields['speaker'] === 'landlord')
    .sort((a, b) => b.version - a.version)
    .slice(0, mostSaid)
  const answers = await loadChildren(db, stream, idsOf(claims), ['declaration-answer'])
  return {
    ...{ link, dwelling },
    building: house?.kind === 'building' ? (house.fields as unknown as Building) : null,
    count: present.length,
    names: present.flatMap(({ restrictedOn, name }) => (restrictedOn ? [] : [name])),
    said: claims.map((claim) => {
      const answer = answers.find(({ fields }) => fields['declaration'] === claim.id)
      const { name, count, from } = claim.fields as unknown as Arrival
      const kind = claim.kind === 'arrival' ? 'arrival' : 'departure'
      const outcome = (answer?.fields['outcome'] as DeclarationOutcome | undefined) ?? null
      return { kind, name: name || null, count, from, outcome }
    }),
  }
}

function idsOf(rows: readonly RecordRow[]): string[] {
  return rows.map(({ id }) => id)
}
