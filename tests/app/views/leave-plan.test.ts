/** Somebody leaves: what is asked of the office, in which order, and what goes on after an interruption. */
import { expect, it } from 'vitest'
import { leaveSteps, orphaned } from '#app/views/leave-plan.ts'
import type { ListedAccount } from '#protocol/places.ts'

const account = (id: string, places: string[], closedAt: string | null = null): ListedAccount => ({
  ...{ id, login: id, name: id, role: 'worker', places, closedAt },
  ...{ oneTimeUntil: null, kept: true },
})
const leaver = account('leaver', ['g1', 'g2', 'g3'])
const accounts = [leaver, account('a', ['g1']), account('b', ['g9']), account('gone', ['g3'], 'x')]

it('gives everything to one in one act', () => {
  const heirs = { g1: 'b', g2: 'b', g3: 'b' }
  expect(leaveSteps(leaver, heirs, accounts)).toEqual([{ type: 'hand-over', to: 'b' }])
})

it('gives to several what is theirs, and closes last', () => {
  const heirs = { g1: 'b', g2: 'a', g3: 'b' }
  const given = (id: string, before: string[], places: string[]) => ({
    ...{ type: 'change', account: id },
    given: { name: id, role: 'worker', places },
    before: { name: id, role: 'worker', places: before },
  })
  expect(leaveSteps(leaver, heirs, accounts)).toEqual([
    given('a', ['g1'], ['g1', 'g2']),
    given('b', ['g9'], ['g9', 'g1', 'g3']),
    { type: 'close' },
  ])
  // Cut after the first: what was given is not given again.
  const after = accounts.map((one) => (one.id === 'a' ? account('a', ['g1', 'g2']) : one))
  expect(leaveSteps(leaver, heirs, after)).toEqual([
    given('b', ['g9'], ['g9', 'g1', 'g3']),
    { type: 'close' },
  ])
})

it('closes alone where nobody is named, or where whoever is named has the place already', () => {
  expect(leaveSteps(leaver, {}, accounts)).toEqual([{ type: 'close' }])
  expect(leaveSteps(leaver, { g1: 'a' }, accounts)).toEqual([{ type: 'close' }])
  expect(leaveSteps(account('x', []), {}, accounts)).toEqual([{ type: 'close' }])
})

it('says which places nobody looks after any more', () => {
  expect(orphaned(leaver, {}, accounts)).toEqual(['g2', 'g3'])
  expect(orphaned(leaver, { g2: 'b', g3: 'b' }, accounts)).toEqual([])
})
