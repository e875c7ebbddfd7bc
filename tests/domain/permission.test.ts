/** The rules of who may do what, written down once more by hand where they matter most, and the page that prints them. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { roles, type Role } from '#domain/account.ts'
import { refusalOfWrite } from '#domain/permission.ts'
import { isGrid, placeKinds } from '#domain/place.ts'
import { fitsPlace, maySucceed } from '#domain/permission-of-places.ts'
import { kinds } from '#domain/record.ts'
import {
  actRows,
  permissionTables,
  placeRows,
  pullRows,
  writeRows,
} from '#tests/permissions/tables.ts'

it('docs/permissions.md says what the code says: `npm run permissions` prints it anew', () => {
  const page = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8')
  expect(page).toBe(permissionTables())
  // Each role × kind × operation, and what of a mutation changes the answer.
  expect(writeRows().length).toBeGreaterThanOrEqual(kinds.length * 4)
  expect(placeRows().length).toBeGreaterThanOrEqual(8)
  expect(actRows().length).toBeGreaterThanOrEqual(29)
  expect(pullRows().length).toBeGreaterThanOrEqual(15)
})

const communities = ['community', 'village', 'cooperative']
const fitting: Readonly<Record<Role, readonly string[]>> = {
  worker: ['grid', 'micro-grid'],
  staff: communities,
  admin: ['subdistrict', ...communities],
  handler: ['subdistrict', ...communities, 'unit'],
  auditor: ['subdistrict', ...communities],
  gate: communities,
}

describe.each(roles.map((role) => [role]))('a %s', (role) => {
  it('works in places that fit', () => {
    expect(placeKinds.filter((kind) => fitsPlace(role, kind, isGrid(kind)))).toEqual(
      placeKinds.filter((kind) => fitting[role].includes(kind)),
    )
    // A community without grids holds the buildings itself, and has workers of its own.
    const isCommunityToo = role === 'worker' || fitting[role].includes('community')
    expect(fitsPlace(role, 'community', true)).toBe(isCommunityToo)
    expect(fitsPlace(role, 'subdistrict', true)).toBe(fitting[role].includes('subdistrict'))
  })

  it('has the places of nobody of another role', () => {
    expect(roles.filter((of) => maySucceed(role, of))).toEqual([role])
  })

  it('moves to another grid only what stands there by itself or in something else, and what is asked there', () => {
    const movable = kinds.filter((kind) => {
      const patch = { kind, op: 'patch', fields: { note: 'x' }, to: 'there' } as const
      return refusalOfWrite(role, false, patch) === null
    })
    const people = ['dwelling', 'household', 'resident', 'request']
    const office = ['building', ...people]
    const own = { worker: people, staff: office, admin: office }
    expect(movable).toEqual(role in own ? own[role as keyof typeof own] : [])
  })

  it('asks and complains, and answers only as an office', () => {
    const isOffice = role === 'staff' || role === 'admin'
    const asks = ['worker', 'staff', 'admin'].includes(role)
    for (const name of ['outcome', 'answer', 'answeredOn', 'fileMadeAt']) {
      const born = { kind: 'inquiry', op: 'create', fields: { [name]: 'x' } } as const
      expect(refusalOfWrite(role, false, born)).toBe(isOffice ? null : 'kind-not-yours')
      const blank = { ...born, fields: { [name]: null } }
      expect(refusalOfWrite(role, false, blank)).toBe(asks ? null : 'kind-not-yours')
    }
    for (const name of ['answer', 'answeredOn']) {
      const born = { kind: 'complaint', op: 'create', fields: { [name]: 'x' } } as const
      expect(refusalOfWrite(role, false, born)).toBe(isOffice ? null : 'kind-not-yours')
    }
    // Whoever sits at a gate gets nothing back, so no answer either: they ask the office itself.
    const plain = { kind: 'complaint', op: 'create', fields: {} } as const
    expect(refusalOfWrite(role, false, plain)).toBe(role === 'gate' ? 'kind-not-yours' : null)
  })
})
