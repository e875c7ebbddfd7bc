import { expect, it } from 'vitest'
import type { Place } from '#domain/place-schema.ts'
import type { PlaceFigures } from '#protocol/overview.ts'
import { gridStandings, shareOf } from '#app/views/grid-standing.ts'

const today = '2026-11-23'
const colours = { red: 0, orange: 0, yellow: 0, blue: 0, green: 100, grey: 0 }
const calm = { total: 100, overdue: 0, today: 1, week: 5, later: 94 }

function told(id: string, parent: string | null, more: Partial<PlaceFigures> = {}): PlaceFigures {
  return {
    ...{ id, parent, residents: { total: 100, colours }, dwellings: { total: 50, colours } },
    ...{ residence: { floating: 0, apart: 0, settled: 100 }, calls: calm },
    ...{ visits: { week: 9, today: 2, missed: 0 }, walked: true, syncedOn: today },
    ...more,
  }
}

const kinds: Record<string, Partial<Place>> = {
  root: { placeKind: 'subdistrict' },
  b: { placeKind: 'community', order: 2 },
  a: { placeKind: 'community', order: 1 },
  lane: { placeKind: 'village', order: 3 },
}
const placeOf = (id: string) => ({ name: id, placeKind: 'grid', order: 0, ...kinds[id] }) as Place

const standings = (places: PlaceFigures[], silentDevices: number | null = 0) =>
  gridStandings(
    {
      ...{ ok: true, at: `${today}T02:00:00.000Z`, day: today, least: 0 },
      places: [told('root', null), told('b', 'root'), told('a', 'root'), ...places],
      silentDevices,
    },
    placeOf,
    today,
  )

it('are in the order of the tree, however late they are, and none where nobody is registered', () => {
  const empty = { total: 0, colours: { ...colours, green: 0 } }
  const all = standings([
    told('b1', 'b', { calls: { ...calm, overdue: 90 } }),
    told('a1', 'a'),
    told('a2', 'a', { residents: empty, dwellings: empty }),
    // A village without grids holds its buildings itself.
    told('lane', 'root'),
  ])
  expect(all.map(({ id }) => id)).toEqual(['a1', 'b1', 'lane'])
  expect(all.map(({ isBehind }) => isBehind)).toEqual([false, true, false])
})

it('say why, each reason from its own figure', () => {
  const whys = (more: Partial<PlaceFigures>, silent: number | null = 0) =>
    standings([told('a1', 'a', more)], silent).find(({ id }) => id === 'a1')?.whys
  expect(whys({})).toEqual([])
  expect(whys({ walked: false, syncedOn: null })).toEqual(['no-worker'])
  expect(whys({ syncedOn: '2026-11-20' })).toEqual(['not-synced'])
  expect(whys({ syncedOn: '2026-11-21' })).toEqual([])
  expect(whys({ syncedOn: null })).toEqual(['not-synced'])
  // Whoever looks after no devices is told nothing of them.
  expect(whys({ syncedOn: null }, null)).toEqual([])
  expect(whys({ calls: { ...calm, overdue: 2, today: 10, week: 13 } })).toEqual(['many-due'])
  expect(whys({ visits: { week: 9, today: 2, missed: 5 } })).toEqual(['missed'])
  // A server of before says nothing of who walks: that is no lack.
  const { walked: _, ...before } = told('a1', 'a')
  expect(standings([before])[0]?.whys).toEqual([])
})

it('a grid with its micro-grids is one, walked where a part of it is', () => {
  kinds['m1'] = { placeKind: 'micro-grid' }
  const all = standings([
    told('a1', 'a', { walked: false, syncedOn: null }),
    told('m1', 'a1', { walked: true }),
  ])
  expect(all.map(({ id, whys }) => [id, whys])).toEqual([
    ['a1', []],
    ['b', []],
  ])
})

it('a share is of what is told, and of nothing there is none', () => {
  expect(shareOf(13, 407)).toBe(3)
  expect(shareOf(0, 0)).toBeNull()
  expect(shareOf(null, 10)).toBeNull()
})
