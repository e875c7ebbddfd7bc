/** What a community's page tells residents of its services: those that are open, and nothing of who keeps them. */
import type { Kysely } from 'kysely'
import { serviceKinds, type Service } from '#domain/nearby.ts'
import type { Database } from './schema.ts'

/** By kind and name; of one community, so of one stream. */
export async function servicesOf(db: Kysely<Database>, place: string): Promise<Service[]> {
  const rows = await db
    .selectFrom('record')
    .select('fields')
    .where('stream', '=', place)
    .where('kind', '=', 'service')
    .where('removed', '=', false)
    .execute()
  const order = ({ serviceKind }: Service) => serviceKinds.indexOf(serviceKind)
  return rows
    .map(({ fields }) => fields as Service)
    .filter(({ closed }) => !closed)
    .sort((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1))
}
