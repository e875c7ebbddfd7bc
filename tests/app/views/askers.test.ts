/** Who asked, masked; what was mended, without a value; what was not done; and what may go to the office alone. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { askersShown } from '#app/views/askers.ts'
import { isEarly, mayConfine } from '#app/views/confine.ts'
import { admittable, placesOfSystems } from '#app/views/hotline.ts'
import { proposalsShown } from '#app/views/proposals.ts'
import { viewRequest, type Viewer } from '#app/views/requests.ts'
import { change, gridA, mutation, page, record, uuid } from '../register/grid-of-samples.ts'

const at = '2026-11-23T01:00:00.000Z'
const viewer: Viewer = { role: 'staff', account: uuid(8), now: Date.parse(at) }
const records = [
  record('place', 60, { placeKind: 'subdistrict', name: '样例街道' }),
  record('place', 61, { placeKind: 'community', name: '样例社区', parent: uuid(60) }),
  record('place', 62, { placeKind: 'unit', name: '社区办公室', parent: uuid(61) }),
  record('place', 1, { placeKind: 'grid', name: '一', parent: uuid(61) }, { id: gridA }),
  record('catalogue', 50, {
    ...{ name: '样例清单', catalogueVersion: 1 },
    items: [
      {
        ...{ id: uuid(41), group: '样例', groupEn: 'S', name: '投诉', nameEn: 'Complaint' },
        ...{ level: 'ordinary', isStaffOnly: true },
      },
    ],
  }),
  record('request', 10, {
    ...{ number: 'JJQ-261123-07-10', words: '样例', level: 'ordinary', source: 'door', at },
  }),
]
const step = (id: number, name: string, more: object) =>
  record('request-step', id, {
    ...{ request: uuid(10), step: name, at, received: at, actor: 'staff', moved: true },
    ...more,
  })
const submitted = step(110, 'submit', { to: 'submitted', actor: 'worker' })

function stage(more: readonly ReturnType<typeof record>[], changes = [] as never[]) {
  const register = createRegister()
  register.applyPages([page(gridA, [...records, submitted, ...more], { changes })])
  return { register, view: viewRequest(register, register.get('request', uuid(10))!, viewer) }
}

it('masks both, and tells the code that stands and not those before it', () => {
  const hash = (letter: string) => letter.repeat(64)
  const known = record('asker', 12, {
    ...{ request: uuid(10), name: '样例居民', telephone: '10012340078' },
    tokens: [
      { hash: hash('a'), made: at, ended: at },
      { hash: hash('b'), made: '2026-11-24T01:00:00.000Z', ended: null },
    ],
  })
  const mended = change(31, 12, { fields: { telephone: ['10012340078', '10012340099'] } })
  const cleared = change(32, 12, { fields: { name: ['样例居民', null] } })
  const { register } = stage([known], [mended, cleared] as never[])
  const shown = askersShown(register, uuid(10))
  expect(JSON.stringify(shown.known)).not.toMatch(/样例居民|10012340078/)
  expect(shown.codeMade).toBe('2026-11-24T01:00:00.000Z')
  expect(shown.history.map(({ fields, isCleared }) => [fields, isCleared])).toEqual(
    expect.arrayContaining([
      [['telephone'], false],
      [['name'], true],
    ]),
  )
  expect(JSON.stringify(shown.history)).not.toContain('10012340099')
  expect(askersShown(stage([]).register, uuid(10))).toMatchObject({ known: [], holder: null })
})

it('says of an act that was not done whether it could be done now', () => {
  const dispatch = mutation('create', 'request-step', 20, {
    ...{ request: uuid(10), step: 'dispatch', at, unit: uuid(62), words: '样例' },
  })
  const refused = (problem: string) =>
    [{ mutation: dispatch, state: 'refused', problem, fields: [] }] as never
  const { register, view } = stage([step(111, 'accept', { to: 'accepted' })])
  expect(proposalsShown(register, refused('changed-meanwhile'), view, 'staff')).toMatchObject([
    { step: 'dispatch', unit: '社区办公室', problem: null, isPossible: true },
  ])
  const [other] = proposalsShown(register, refused('not-allowed'), view, 'worker')
  expect(other).toMatchObject({ problem: 'not-allowed', isPossible: false })
  expect(other?.last?.step).toBe('accept')
  const waiting = [{ mutation: dispatch, state: 'waiting', problem: null, fields: [] }] as never
  expect(proposalsShown(register, waiting, view, 'staff')).toEqual([])
})

it('goes to the office while nobody was sent, from a grid and by whoever has the list', () => {
  const { register, view } = stage([])
  expect(mayConfine(register, view, 'staff')).toBe(true)
  expect(mayConfine(register, view, 'worker')).toBe(false)
  const there = { ...view, request: { ...view.request, stream: uuid(62) } }
  expect(mayConfine(register, there, 'staff')).toBe(false)
  const sent = [
    step(111, 'accept', { to: 'accepted' }),
    step(112, 'dispatch', { to: 'assigned', unit: uuid(62) }),
  ]
  expect(isEarly(stage(sent).view)).toBe(false)
})

it('is admitted to grids and offices, and handed in for all but grids and units', () => {
  const { register } = stage([])
  const { places, items, onlyPlace } = admittable(register, { place: uuid(60) }, 'staff')
  expect(places.map(({ value }) => value).sort()).toEqual([gridA, uuid(62)].sort())
  expect(onlyPlace).toBe('')
  expect(items.map(({ name }) => name)).toEqual(['投诉'])
  expect(admittable(register, { place: uuid(60) }, 'worker').items).toEqual([])
  expect(admittable(register, { place: gridA }, 'staff').onlyPlace).toBe(gridA)
  expect(placesOfSystems(register)).toEqual([
    { value: uuid(60), label: '样例街道' },
    { value: uuid(61), label: '样例社区' },
  ])
})
