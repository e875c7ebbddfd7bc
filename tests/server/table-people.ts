/** People of every kind that a filter of the table can tell apart, and what a table is asked by. */
import { idBornIn } from '#domain/born-ids.ts'
import { protocolVersion } from '#protocol/version.ts'
import { colourStream } from '#server/colours/fill.ts'
import { insertRecords, type NewRecord } from '#server/db/records.ts'
import { transact } from '#server/db/transact.ts'
import type { Office } from './office.ts'
import { building, dwelling, household, resident, visit } from './sample.ts'

const seen = '2026-11-20T01:00:00.000Z'

/** Each grid with some forty of them, and their colours. */
export async function fillGrids({ db, ids, clock, places }: Office): Promise<void> {
  for (const [order, stream] of [places.grid, places.farGrid, places.otherGrid].entries()) {
    await transact(db, async (trx) => {
      await insertRecords(trx, stream, gridOf(ids, stream, `样例网格${order}`, order))
      await colourStream(trx, stream, { now: clock.now(), ids })
    })
  }
}

/** A question over a place, to be changed. */
export const tableAsked = (place: string) => ({
  ...{ protocol: protocolVersion, purpose: 'check', place, filter: {}, columns: ['name'] },
  ...{ sort: null, cursor: null },
})

/** What travels to the table's routes, whole. */
export const tableBodies = (place: string, stream: string, id: string) => ({
  'POST /api/table': {
    ...{ ...tableAsked(place), columns: ['name', 'colour', 'tags'] },
    filter: { colours: ['red'], ageFrom: 3, metFrom: '2026-01-01', missing: ['phone'] },
    ...{ sort: { column: 'name', descending: true }, cursor: { stream, id } },
    leaving: { stream: place, open: true, format: 'csv', recipient: 'own', ground: 'duty' },
  },
  'POST /api/table/count': { ...tableAsked(place), columns: undefined },
  'POST /api/review': { protocol: protocolVersion },
  'POST /api/review/pairs': { protocol: protocolVersion, purpose: 'verify', slice: 3 },
})

/** People of every kind that a filter can tell apart, spread over doors; drawn from the same numbers each time. */
function gridOf(ids: () => string, stream: string, name: string, order: number): NewRecord[] {
  const records: NewRecord[] = [
    { kind: 'place', id: stream, fields: { name, placeKind: 'grid', parent: null, order } },
  ]
  const put = (kind: NewRecord['kind'], fields: Record<string, unknown>) => {
    const id = idBornIn(stream, ids())
    records.push({ kind, id, fields, at: '2026-10-01T01:00:00.000Z' })
    return id
  }
  const at = (list: readonly unknown[], n: number) => list[n % list.length]
  for (const [block, estate] of ['样例苑', '清风样例苑', '样例路'].entries()) {
    const house = put('building', building({ estate, name: `${12 - block * 5}幢`, order: null }))
    for (let room = 0; room < 6; room += 1) {
      const n = order * 31 + block * 7 + room
      const home = put(
        'dwelling',
        dwelling(house, {
          ...{ unit: String(1 + (room % 2)), floor: 1 + room, room: `${1 + room}0${1 + (n % 3)}` },
          use: at(['own', 'rental', 'group-rental', 'vacant', null], n),
          landlordPhone: at([null, '10000000001'], n),
        }),
      )
      const ended = n % 9 === 4 ? '2026-09-01' : null
      const family = put('household', household(home, { endedOn: ended }))
      for (let one = 0; one < 1 + (n % 4); one += 1) {
        const k = n * 5 + one
        const who = put(
          'resident',
          resident(family, {
            name: at(['样阿大', '王样', '李样例', '欧阳样', '样𠮷', '古样丽·样提', 'Sample'], k),
            birth: at(
              ['1934-11-23', '1934-11-24', '1980-02-29', '2015-06-01', null, '2008-11-23'],
              k,
            ),
            sex: at(['1', '2', null], k),
            documentNumber: at(['201101198005060014', null], k),
            phones: at([['10012340077'], [], null], k),
            relation: at(['02', null], k),
            residence: at(['1', '2', '3', null], k),
            hukouDivision: at(['330111', '420100', null, '330106'], k),
            hukouAddress: at([null, '样例市'], k),
            tags: at(
              [
                null,
                [{ tag: 'living-alone', source: 'seen', from: '2026-01-01' }],
                [
                  {
                    tag: 'disabled',
                    grade: 2,
                    source: 'seen',
                    from: '2026-01-01',
                    until: '2026-11-22',
                  },
                ],
                [{ tag: 'disabled', source: 'seen', from: '2026-01-01', until: '2026-11-23' }],
              ],
              k,
            ),
            cares: at(
              [
                null,
                [
                  {
                    id: ids(),
                    need: 'meals',
                    who: '样例点',
                    from: '2026-01-01',
                    look: '2026-11-01',
                  },
                ],
                [
                  {
                    id: ids(),
                    need: 'clinic',
                    who: '样例',
                    from: '2026-01-01',
                    endedOn: '2026-05-01',
                  },
                ],
              ],
              k,
            ),
            arrivedOn: at([null, '2026-05-23', '2026-05-24', '2020-01-01', '2026-12-24'], k),
            noticeOn: at(['2026-10-01', null], k),
            verifiedOn: at(['2026-10-01', null, '2020-01-01'], k),
            diedOn: k % 11 === 3 ? '2026-08-01' : null,
            movedOutOn: k % 11 === 7 ? '2026-08-01' : null,
            overrides:
              k % 13 === 5
                ? [
                    {
                      ...{ id: ids(), colour: 'orange', words: '样例', from: '2026-11-01' },
                      ...{ until: '2027-01-01', by: ids(), over: [] },
                    },
                  ]
                : null,
          }),
        )
        if (k % 5 === 2)
          put('visit', visit(family, '2026-10-0' + String(1 + (k % 9)) + 'T17:00:00.000Z'))
        if (k % 7 === 2) put('visit', visit(family, seen, { resident: who }))
        if (k % 17 === 2) put('visit', visit(family, seen, { outcome: 'absent' }))
      }
    }
  }
  return records
}
