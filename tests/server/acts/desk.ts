/** An office whose places say their names in their own streams, as the demo's do, and hands that act in it. */
import type { PlaceKind } from '#domain/place.ts'
import type { Problem } from '#protocol/problem.ts'
import type { JourneyLine, PlaceList } from '#protocol/places.ts'
import { insertRecords } from '#server/db/records.ts'
import { openOffice, problemOf, type Device, type Office } from '../office.ts'

export interface Desk {
  readonly office: Office
  /** Null where it was done. */
  act(by: Device, path: string, body: object, id?: string): Promise<Problem | null>
  /** The lines of a journey, or why it did not begin. */
  journey(by: Device, path: string, body: object, id?: string): Promise<JourneyLine[] | Problem>
  list(by: Device): Promise<PlaceList>
  addGrid(by: Device, parent?: string): Promise<string>
}

export async function openDesk(): Promise<Desk> {
  const office = await openOffice()
  const { places, accounts, db, ids } = office
  const kinds: readonly (readonly [string, PlaceKind, string, string | null])[] = [
    [places.subdistrict, 'subdistrict', '样例街道', null],
    [places.community, 'community', '样例社区', places.subdistrict],
    [places.otherCommunity, 'village', '样例村', places.subdistrict],
    [places.grid, 'grid', '第一网格', places.community],
    [places.otherGrid, 'grid', '第二网格', places.community],
    [places.farGrid, 'grid', '第三网格', places.otherCommunity],
  ]
  const rows = await db.selectFrom('account_place').selectAll().execute()
  await db.transaction().execute(async (trx) => {
    for (const [id, placeKind, name, parent] of kinds) {
      const people = Object.entries(accounts).filter(([, account]) =>
        rows.some((row) => row.account === account.id && row.place === id),
      )
      await insertRecords(trx, id, [
        { kind: 'place', id, fields: { placeKind, name, parent } },
        ...people.map(([login, account]) => ({
          kind: 'account' as const,
          id: account.id,
          fields: { name: login, role: account.role },
        })),
      ])
    }
  })
  const send = (by: Device, path: string, body: object, act: string) =>
    office.post(`/api/${path}`, { act, ...body }, by.pass)
  const desk: Desk = {
    office,
    async act(by, path, body, id = ids()) {
      const response = await send(by, path, body, id)
      return response.ok ? null : ((await problemOf(response)) ?? 'server-fault')
    },
    async journey(by, path, body, id = ids()) {
      const response = await send(by, path, body, id)
      if (!response.ok) return (await problemOf(response)) ?? 'server-fault'
      const lines = (await response.text()).trim().split('\n')
      return lines.map((line) => JSON.parse(line) as JourneyLine)
    },
    async list(by) {
      const response = await office.fetch('/api/places', { headers: by.headers })
      if (!response.ok) throw new Error(await response.text())
      return (await response.json()) as PlaceList
    },
    async addGrid(by, parent = places.community) {
      const place = ids()
      const body = { place, parent, placeKind: 'grid', name: '新网格' }
      const problem = await desk.act(by, 'places/add', body)
      if (problem) throw new Error(problem)
      return place
    },
  }
  return desk
}

/** What a stream's tallies say, and what they should by its records; both by kind, in order. */
export async function tallied(office: Office, stream: string) {
  const rows = await office.db
    .selectFrom('tally')
    .select(['kind', 'colour', 'residence', 'n'])
    .where('stream', '=', stream)
    .where('n', '<>', 0)
    .execute()
  const subjects = await office.db
    .selectFrom('subject')
    .select(['kind', 'colour', 'residence'])
    .where('stream', '=', stream)
    .execute()
  const records = await office.db
    .selectFrom('record')
    .select(['kind', 'id', 'fields'])
    .where('stream', '=', stream)
    .where('removed', '=', false)
    .where('kind', 'in', ['resident', 'dwelling', 'household'])
    .execute()
  const ends = ['movedOutOn', 'diedOn', 'endedOn']
  const present = records.filter(({ fields }) => !ends.some((end) => fields[end]))
  // A household that nobody lives in is not called at.
  const homes = new Set(
    present.flatMap(({ kind, fields }) => (kind === 'resident' ? [fields['household']] : [])),
  )
  const living = present.filter(({ kind, id }) => kind !== 'household' || homes.has(id))
  const counted = new Map<string, number>()
  for (const { kind, colour, residence } of subjects) {
    const key = `${kind}/${colour}/${residence}`
    counted.set(key, (counted.get(key) ?? 0) + 1)
  }
  return {
    said: rows.map((row) => `${row.kind}/${row.colour}/${row.residence} ${row.n}`).sort(),
    counted: [...counted].map(([key, n]) => `${key} ${n}`).sort(),
    subjects: subjects.length,
    living: living.length,
  }
}
