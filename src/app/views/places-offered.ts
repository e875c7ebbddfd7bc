import type { Register } from '#app/register/register.ts'

/** Where something that came for a place may go: its grids, and the offices' own streams; each by its whole name. */
export function placesOffered(
  register: Register,
  place: string,
): readonly { readonly value: string; readonly label: string }[] {
  const places = [...register.all('place')].filter(({ fields }) => fields.closed !== true)
  const above = (id: string): readonly string[] => {
    const parent = register.get('place', id)?.fields.parent
    return parent ? [parent, ...above(parent)] : []
  }
  const hasGrids = (id: string) =>
    places.some(({ fields }) => fields.parent === id && fields.placeKind === 'grid')
  return places
    .filter(({ id, fields }) => {
      const isUnder = id === place || above(id).includes(place)
      const isOffice = fields.placeKind === 'unit' && isOwnOffice(register, fields.parent ?? '')
      if (isOffice) return isUnder
      return isUnder && fields.placeKind !== 'unit' && !hasGrids(id) && id !== rootOf(register, id)
    })
    .map(({ id, fields }) => ({
      value: id,
      label: [register.get('place', fields.parent ?? '')?.fields.name, fields.name]
        .filter(Boolean)
        .join(' '),
      order: `${above(id).length} ${String(fields.order ?? 0).padStart(6, '0')}`,
    }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ value, label }) => ({ value, label }))
}

const rootOf = (register: Register, id: string): string => {
  const parent = register.get('place', id)?.fields.parent
  return parent && register.get('place', parent) ? rootOf(register, parent) : id
}

/** A unit under a community is that community's own office; one under the subdistrict handles errands. */
function isOwnOffice(register: Register, parent: string): boolean {
  const kind = register.get('place', parent)?.fields.placeKind
  return kind === 'community' || kind === 'village' || kind === 'cooperative'
}
