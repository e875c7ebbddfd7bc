/** A complaint that was taken as something else goes to the office's own stream, and names no household any more. */
import type { Item } from '#domain/requests/catalogue.ts'
import type { Intent } from './intent.ts'

export function confineRequest(request: string, item: Item, office: string): Intent {
  const fields = { item: item.id, itemName: item.name, site: null, siteKind: null }
  return { op: 'patch', kind: 'request', record: request, to: office, fields }
}
