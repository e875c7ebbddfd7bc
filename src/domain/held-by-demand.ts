/**
 * Which places a device of a large office holds. Above a number of residents it does not carry all of them about: it holds
 * what stands above the grids, and of the grids those that somebody opened.
 */

export interface Holdable {
  readonly id: string
  /** In the account's own part of the tree; what stands above it is for reading, and small. */
  readonly own: boolean
  readonly isGrid: boolean
  readonly residents: number
}

export interface ByDemand {
  readonly held: ReadonlySet<string>
  /** All that go by demand, held or not. */
  readonly places: readonly string[]
  readonly residents: number
}

/** An office that shrinks goes on by demand until it is well below the limit: it does not fetch all today and drop it tomorrow. */
const stayShare = 0.9
/** Small grids cost as well: each is a stream of its own. */
const mostPlaces = 60

/**
 * Null where the device holds everything. `most`: residents on one device. Of what is asked for, the first that
 * fit are held; the very first always, since a grid that nobody can open is lost to the office.
 */
export function holdByDemand(
  streams: readonly Holdable[],
  asked: { readonly isOn: boolean; readonly open: readonly string[] },
  most: number,
): ByDemand | null {
  const own = streams.filter((stream) => stream.own)
  const residents = own.reduce((sum, stream) => sum + stream.residents, 0)
  if (residents <= (asked.isOn ? most * stayShare : most)) return null
  const byDemand = new Map(
    own.filter((one) => one.isGrid || one.residents > 0).map((one) => [one.id, one.residents]),
  )
  const held = new Set<string>()
  let carried = 0
  for (const id of asked.open) {
    const size = byDemand.get(id)
    if (size === undefined || held.has(id)) continue
    if (held.size > 0 && (carried + size > most || held.size >= mostPlaces)) continue
    held.add(id)
    carried += size
  }
  return { held, places: [...byDemand.keys()], residents }
}
