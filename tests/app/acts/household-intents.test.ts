/** What the forms of a household save: one batch each, whole or not at all. */
import { expect, it } from 'vitest'
import type { Rec } from '#app/views/records.ts'
import {
  childIsBorn,
  familyMovesIn,
  residentChanges,
  residentDies,
  residentJoins,
} from '#app/acts/household-intents.ts'
import { gridA, today, uuid } from '../register/grid-of-samples.ts'

const noon = `${today}T04:00:00.000Z`
let made = 0
const app = {
  now: () => Date.parse(noon),
  work: { newId: () => uuid(1_000 + (made += 1)) },
}
const rec = (kind: string, id: number, fields: Record<string, unknown>) =>
  ({ kind, id: uuid(id), stream: gridA, fields }) as unknown
const home = rec('household', 3, { dwelling: uuid(2), head: uuid(5) }) as Rec<'household'>
const person = rec('resident', 5, { household: uuid(3), name: '样例甲' }) as Rec<'resident'>
const steps = (intents: readonly { op: string; kind: string }[]) =>
  intents.map(({ op, kind }) => `${op} ${kind}`)

it('makes the first one who joins the head, and notes a visit only where there was one', () => {
  const join = (isFirst: boolean, visit: boolean) =>
    residentJoins(app, home, { name: ' 样例乙 ' }, { today, isFirst, visit })
  expect(steps(join(false, false))).toEqual(['create resident'])
  const all = join(true, true)
  expect(steps(all)).toEqual(['create resident', 'patch household', 'create visit'])
  expect(all[0]).toMatchObject({ fields: { name: '样例乙', household: home.id, joinedOn: today } })
  expect(all[1]).toMatchObject({ record: home.id, fields: { head: all[0]?.record } })
  expect(all[2]).toMatchObject({ fields: { household: home.id, unchanged: false, at: noon } })
})

it('makes of a birth a life event of the household', () => {
  const born = childIsBorn(app, home, { name: '样小', birth: '2026-11-20' }, today)
  expect(steps(born)).toEqual(['create resident', 'patch household', 'create visit'])
  expect(born[1]).toMatchObject({ fields: { lifeEvent: 'birth', lifeEventOn: '2026-11-20' } })
})

it('names in the visit what was changed, of the person whom the form showed', () => {
  expect(residentChanges(app, person, { note: '样例' }, null)).toHaveLength(1)
  const [patch, visit] = residentChanges(app, person, { note: '样例' }, home)
  expect(patch).toMatchObject({ record: person.id, shown: person, fields: { note: '样例' } })
  expect(visit).toMatchObject({ fields: { resident: person.id, changed: ['note'] } })
})

it('ends the household with the death of its last member', () => {
  const other = rec('resident', 6, { household: home.id }) as Rec<'resident'>
  const [, alone] = residentDies(home, [person], person, today)
  expect(alone).toMatchObject({ fields: { endedOn: today, head: null, lifeEvent: 'death' } })
  const [, together] = residentDies(home, [person, other], person, today)
  expect(together).not.toHaveProperty('fields.endedOn')
})

it('moves a family in with its first as head, and changes the use of the room only where it differs', () => {
  const room = rec('dwelling', 2, { use: 'vacant' }) as Rec<'dwelling'>
  const people = [{ name: '样例甲' }, { name: '样例乙' }]
  const moved = familyMovesIn(app, room, people, 'rental')
  expect(steps(moved.intents)).toEqual([
    ...['create household', 'create resident', 'create resident'],
    ...['patch dwelling', 'create visit'],
  ])
  expect(moved.intents[0]).toMatchObject({ fields: { head: moved.intents[1]?.record } })
  expect(steps(familyMovesIn(app, room, people, 'vacant').intents)).not.toContain('patch dwelling')
})
