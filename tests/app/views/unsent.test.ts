import { expect, it } from 'vitest'
import type { Mutation } from '#protocol/mutation.ts'
import { createRegister } from '#app/register/create-register.ts'
import { pageOfUnsent, whereOfUnsent, type UnsentItem } from '#app/views/unsent.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  mutation,
  page,
  record,
  resident,
  uuid,
} from '../register/grid-of-samples.ts'

const register = createRegister()
register.applyPages([
  page(gridA, [
    building(100, '3幢', 1),
    dwelling(200, 100, '1', '101'),
    household(300, 200),
    resident(400, 300, '样老大'),
    record('request', 500, { number: 'S-20261123-001' }),
  ]),
])

const item = (mutation: Mutation): UnsentItem => ({
  mutation,
  state: 'waiting',
  problem: null,
  fields: [],
})

it('names the door, a person masked, and a request by its number', () => {
  const where = (made: Mutation) => whereOfUnsent(register, item(made))
  expect(where(mutation('patch', 'resident', 400, { note: '' }))).toBe('样*大 3幢1单元101室')
  expect(where(mutation('create', 'visit', 900, { household: uuid(300) }))).toBe('3幢1单元101室')
  expect(where(mutation('patch', 'household', 300))).toBe('3幢1单元101室')
  expect(where(mutation('patch', 'dwelling', 200))).toBe('3幢1单元101室')
  expect(where(mutation('create', 'request-step', 901, { request: uuid(500) }))).toBe(
    'S-20261123-001',
  )
})

it('names nothing of what this device no longer has', () => {
  expect(whereOfUnsent(register, item(mutation('patch', 'household', 399)))).toBe('')
  expect(whereOfUnsent(register, item(mutation('patch', 'resident', 499)))).toBe('')
})

it('leads to the form where it is put right, and nowhere where there is none', () => {
  const at = (made: Mutation) => pageOfUnsent(item(made))
  expect(at(mutation('patch', 'resident', 400))).toBe(`/resident/${uuid(400)}/edit`)
  expect(at(mutation('create', 'visit', 900, { household: uuid(300) }))).toBe(
    `/household/${uuid(300)}`,
  )
  expect(at(mutation('patch', 'visit', 900, { note: '' }))).toBeNull()
  expect(at(mutation('create', 'scheme', 902))).toBeNull()
})
