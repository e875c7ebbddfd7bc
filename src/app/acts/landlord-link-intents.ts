/** A landlord's link is handed out by its hash, and stopped; whoever gets a new one has the old one no more. */
import type { Day } from '#domain/day.ts'
import type { LandlordLink } from '#app/views/landlord-links.ts'
import type { Rec } from '#app/views/records.ts'
import type { DeviceParts } from './device-parts.ts'
import type { Intent } from './intent.ts'

type Maker = { readonly work: Pick<DeviceParts['work'], 'newId'> }

export function linkGiven(
  app: Maker,
  { id: dwelling, stream }: Pick<Rec<'dwelling'>, 'id' | 'stream'>,
  held: readonly LandlordLink[],
  hash: string,
  made: Day,
): Intent[] {
  return [
    ...linksStopped(held, made),
    {
      ...{ op: 'create', kind: 'landlord-link', record: app.work.newId(stream), stream },
      fields: { dwelling, hash, made },
    },
  ]
}

export function linksStopped(held: readonly LandlordLink[], on: Day): Intent[] {
  return held.map(({ id }) => ({
    ...{ op: 'patch', kind: 'landlord-link', record: id, fields: { stopped: on } },
  }))
}
