/** The inbox: what stands in it, in which order, and which item follows on one that was settled. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { devicesInNeed, nextAfter, reviewItems } from '#app/views/review-items.ts'
import type { ListedDevice } from '#protocol/device.ts'

const id = (number: number) => `0190f5c6-0000-7000-8000-${String(number).padStart(12, '0')}`
const side = (value: string) => ({ value, at: '2026-11-23T06:00:00.000Z' })
const override = (number: number, by: string) => ({
  id: id(number),
  colour: 'red',
  words: '样例',
  from: '2026-11-20',
  until: '2026-11-30',
  by,
  over: [],
})

const register = createRegister()
const record =
  (kind: 'building' | 'dwelling' | 'household' | 'resident' | 'clash') =>
  (number: number, fields: object) => ({
    kind,
    id: id(number),
    version: number,
    fields: { ...fields },
  })
register.applyPages([
  {
    type: 'page',
    stream: id(1),
    epoch: 1,
    from: 0,
    to: 20,
    records: [
      record('building')(2, { estate: '样例苑', name: '3幢' }),
      record('dwelling')(3, { building: id(2), floor: 3, room: '301' }),
      record('household')(4, { dwelling: id(3) }),
      record('resident')(5, {
        household: id(4),
        name: '样例甲',
        verifiedOn: '2026-11-20',
        overrides: [override(11, 'colleague'), override(12, 'me')],
      }),
      record('clash')(6, {
        kind: 'resident',
        record: id(5),
        field: 'note',
        kept: side('a'),
        lost: side('b'),
      }),
      record('clash')(7, {
        kind: 'resident',
        record: id(5),
        field: 'name',
        kept: side('a'),
        lost: side('b'),
        settled: true,
      }),
    ],
    changes: [],
  },
])

const device = (number: number, more: object): ListedDevice => ({
  id: id(number),
  name: 'test',
  account: { id: 'colleague', name: '样例', role: 'worker' },
  seenAt: '2026-11-23T06:00:00.000Z',
  skewMs: 0,
  revoked: false,
  report: { app: '1', waiting: 0, refused: 2, oldest: null, storage: null },
  ...more,
})
const refused = {
  mutation: { id: id(30) },
  state: 'refused',
  problem: 'record-merged',
  fields: [],
} as unknown as Parameters<typeof reviewItems>[1]['unsent'][number]

const items = reviewItems(register, {
  day: '2026-11-23',
  account: 'me',
  unsent: [refused, { ...refused, state: 'waiting' }],
  pairs: [{ first: id(40), second: id(41), score: 80, reasons: ['same-name'] }],
  devices: [device(50, {})],
})

it('holds what nobody has settled: own work first, never what waits to be sent, nor own proposals', () => {
  expect(items.map(({ href }) => href)).toEqual([
    `/review/refused/${id(30)}`,
    `/review/clash/${id(6)}`,
    `/review/colour/${id(11)}`,
    `/review/pair/${id(40)}/${id(41)}`,
    `/review/device/${id(50)}`,
  ])
})

it('lists other people’s devices alone, and only those with something refused', () => {
  const all = [
    device(1, {}),
    device(2, { revoked: true }),
    device(3, { account: { id: 'me', name: '样例', role: 'staff' } }),
    device(4, { report: null }),
    device(5, { report: { app: '1', waiting: 9, refused: 0, oldest: null, storage: null } }),
  ]
  expect(devicesInNeed(all, 'me').map((one) => one.id)).toEqual([id(1)])
})

it('goes on with the next of the same kind, then with the first of all', () => {
  const clash = (href: string) => ({ kind: 'clash', href }) as unknown as (typeof items)[number]
  const list = [
    clash('/a'),
    clash('/b'),
    { ...clash('/c'), kind: 'pair' } as (typeof items)[number],
  ]
  expect(nextAfter(list, '/a')).toBe('/b')
  expect(nextAfter(list, '/b')).toBe('/a')
  expect(nextAfter(list, '/c')).toBe('/a')
  expect(nextAfter([clash('/a')], '/a')).toBeNull()
  expect(nextAfter([], '/gone')).toBeNull()
})
