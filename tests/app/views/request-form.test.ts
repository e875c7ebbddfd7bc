/** The form of a request: what is missing, and in which stream the request will be kept. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import {
  beginRequest,
  isForOffice,
  isTelephone,
  problemsOfRequest,
  siteFrom,
  streamOfRequest,
} from '#app/views/request-form.ts'
import { building, gridA, gridB, page, record, uuid } from '../register/grid-of-samples.ts'

const empty = beginRequest(null, 'worker')

it('begins at a door for whoever walks, and at the desk for an office without one', () => {
  expect(beginRequest(null, 'worker').source).toBe('door')
  expect(beginRequest(null, 'staff').source).toBe('desk')
  expect(beginRequest({ kind: 'household', id: 'x' }, 'staff').source).toBe('door')
})

it('needs words or a kind, and how it was settled where it was', () => {
  expect(problemsOfRequest(empty)).toEqual({ words: true, phone: false, settled: false })
  expect(problemsOfRequest({ ...empty, item: 'x' }).words).toBe(false)
  expect(problemsOfRequest({ ...empty, words: '样例' }).words).toBe(false)
  expect(problemsOfRequest({ ...empty, isSettled: true, settled: ' ' }).settled).toBe(true)
})

it('takes a telephone as people type it, or none', () => {
  expect(['', ' ', '100 1234 0078', '+86 100-1234-0078'].every(isTelephone)).toBe(true)
  expect(['12', '100123400x8'].some(isTelephone)).toBe(false)
})

it('reads from the address what it is about', () => {
  expect(siteFrom({ household: 'a' })).toEqual({ kind: 'household', id: 'a' })
  expect(siteFrom({ building: 'b' })).toEqual({ kind: 'building', id: 'b' })
  expect(siteFrom({})).toBeNull()
})

it('keeps it where its door is, else in the first grid, and a complaint with the office alone', () => {
  const register = createRegister()
  const item = (more: object) => ({ ...more }) as never
  expect(streamOfRequest(register, null, null)).toBeNull()
  const places = [
    record('place', 60, { placeKind: 'subdistrict', name: '样例街道' }),
    record('place', 61, { placeKind: 'community', name: '样例社区', parent: uuid(60) }),
    record('place', 62, { placeKind: 'unit', name: '社区办', parent: uuid(61) }),
    record('place', 63, { placeKind: 'unit', name: '街道办', parent: uuid(60) }),
    record('place', 1, { placeKind: 'grid', name: '一', parent: uuid(61) }, { id: gridA }),
    record('place', 2, { placeKind: 'grid', name: '二', parent: uuid(61) }, { id: gridB }),
  ]
  register.applyPages([page(gridA, places), page(gridB, [building(100, '3幢', 1)])])
  expect(streamOfRequest(register, { kind: 'building', id: uuid(100) }, null)).toBe(gridB)
  expect(streamOfRequest(register, null, item({}))).toBe(gridA)
  const atDoor = { kind: 'building', id: uuid(100) } as const
  expect(streamOfRequest(register, atDoor, item({ isAboutStaff: true }))).toBe(uuid(63))
  expect(isForOffice(item({ isStaffOnly: true }))).toBe(true)
  expect(isForOffice(null)).toBe(false)
})
