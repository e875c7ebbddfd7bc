import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { arrivalConfirmed, departureConfirmed } from '#app/acts/declaration-intents.ts'
import { addDays } from '#domain/day.ts'
import {
  countDeclarations,
  declarationsFound,
  draftOfDeclaration,
  problemsOfDeclaration,
  knownBehind,
  leavingAtFirst,
  openDeclarations,
} from '#app/views/declarations.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  resident,
  today,
  uuid,
} from '../register/grid-of-samples.ts'

const claim = (n: number, more: object = {}, at = `${today}T01:00:00.000Z`) =>
  record(
    'arrival',
    n,
    {
      ...{ dwelling: uuid(200), speaker: 'landlord', name: '样老大', count: 1, from: today },
      ...more,
    },
    { at },
  )
const left = (n: number, more: object = {}) =>
  record('departure', n, {
    ...{ dwelling: uuid(200), speaker: 'worker', name: null, count: 1, from: today, ...more },
  })

function stage(more: Parameters<typeof page>[1] = []) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '101'),
      dwelling(201, 100, '1', '102'),
      household(300, 200),
      resident(400, 300, '样老大', {}),
      resident(401, 300, '样老二', {}),
      resident(402, 300, '样老三', { movedOutOn: '2026-11-01' }),
      ...more,
    ]),
  ])
  return register
}

const app = { now: () => Date.parse(`${today}T02:00:00Z`), work: { newId: () => uuid(950) } }

it('has a visit due three working days after it was said, over a weekend and holidays', () => {
  // 2026-11-23 is a Monday; what is said on a Friday is due on Wednesday.
  const register = stage([
    claim(600),
    claim(601, {}, '2026-11-20T01:00:00.000Z'),
    claim(602, {}, '2026-09-30T01:00:00.000Z'),
    record('declaration-answer', 700, {
      ...{ declaration: uuid(602), outcome: 'confirmed', on: today },
    }),
  ])
  expect(openDeclarations(register).map(({ claim: { id }, due }) => [id, due])).toEqual([
    [uuid(601), '2026-11-25'],
    [uuid(600), '2026-11-26'],
  ])
  expect(countDeclarations(register, '2026-11-26')).toEqual({
    ...{ open: 2, late: 1, first: '2026-11-25' },
  })
  expect(openDeclarations(register, { dwelling: uuid(201) })).toEqual([])
  expect(openDeclarations(stage([claim(603, {}, '2026-09-30T01:00:00.000Z')]))[0]?.due).toBe(
    '2026-10-10',
  )
})

it('finds whoever of that name lives behind the door, and nobody who left', () => {
  const register = stage([claim(600), claim(601, { name: ' 样老三 ' }), claim(602, { name: '甲' })])
  const [one, two, three] = openDeclarations(register).map((open) => open.claim)
  expect(one && knownBehind(register, one).map(({ id }) => id)).toEqual([uuid(400)])
  expect(two && knownBehind(register, two)).toEqual([])
  expect(three && knownBehind(register, three)).toEqual([])
})

it('ticks for a departure those whom it names, or all where as many left as live there', () => {
  const register = stage([
    left(600, { count: 2 }),
    left(601, { name: '样老二' }),
    left(602, { name: '别人' }),
  ])
  const ticked = openDeclarations(register).map((open) => leavingAtFirst(register, open.claim))
  expect(ticked).toEqual([[uuid(400), uuid(401)], [uuid(401)], []])
})

it('is searched by door, name and telephone', () => {
  const register = stage([
    claim(600, { telephone: '100 1234 5678' }),
    claim(601, { name: '别人', dwelling: uuid(201) }),
  ])
  const open = openDeclarations(register)
  const found = (query: string) =>
    declarationsFound(register, open, query).map((one) => one.claim.id)
  expect(found('样老大')).toEqual([uuid(600)])
  expect(found('1234')).toEqual([uuid(600)])
  expect(found('102')).toEqual([uuid(601)])
  expect(found(' ')).toHaveLength(2)
  expect(found('没有')).toEqual([])
})

it('asks for a name, a number of people and days that can be', () => {
  const draft = draftOfDeclaration(true, today)
  expect(problemsOfDeclaration('arrival', draft, today)).toEqual([
    { field: 'name', problem: 'required' },
  ])
  expect(problemsOfDeclaration('departure', draft, today)).toEqual([])
  const odd = {
    ...{ ...draft, name: '样', count: '0', from: '2027-06-01', until: '2026-01-01' },
    telephone: '没有',
  }
  expect(problemsOfDeclaration('arrival', odd, today)).toEqual([
    { field: 'count', problem: 'too-small', limit: 1 },
    { field: 'from', problem: 'day-in-future', limit: addDays(today, 60) },
    { field: 'until', problem: 'ended-before-begun' },
    { field: 'telephone', problem: 'not-a-telephone' },
  ])
  const ofCount = (count: string) =>
    problemsOfDeclaration('arrival', { ...odd, count }, today).find(
      ({ field }) => field === 'count',
    )
  expect(ofCount('1.5')?.problem).toBe('too-small')
  expect(ofCount('100')).toMatchObject({ problem: 'too-large', limit: 99 })
})

it('answers first and then makes one household with one person, or nobody where they are known', () => {
  const register = stage([claim(600, { name: '样新来', telephone: '100-0000-0000' })])
  const [open] = openDeclarations(register)
  const there = register.get('dwelling', uuid(201))
  const known = register.get('resident', uuid(400))
  if (open?.claim.kind !== 'arrival' || !there || !known) throw new Error('not there')
  const made = arrivalConfirmed(
    app,
    open.claim,
    { dwelling: there, besides: [] },
    { off: [] },
    today,
  ).intents
  expect(made.map(({ kind }) => kind)).toEqual([
    ...['declaration-answer', 'household', 'resident', 'dwelling', 'visit'],
  ])
  expect(made[2]?.fields).toMatchObject({
    ...{ name: '样新来', phones: ['10000000000'], arrivedOn: today, relation: '02' },
  })
  const off = arrivalConfirmed(
    app,
    open.claim,
    { dwelling: there, besides: [known] },
    { off: ['phones'] },
    today,
  )
  expect(off.intents[2]?.fields).not.toHaveProperty('phones')
  // Whoever is offered and is somebody else is named, so that the office asks no second time.
  expect(off.intents[0]?.fields).toMatchObject({ besides: [known.id] })
  const again = arrivalConfirmed(app, open.claim, { known }, { off: [] }, today).intents
  expect(again.map(({ kind }) => kind)).toEqual(['declaration-answer', 'visit'])
  expect(again[0]?.fields).toMatchObject({ outcome: 'confirmed', residents: [known.id] })
})

it('moves those out who left, and ends a household in which nobody stays', () => {
  const register = stage([left(600, { from: '2026-11-20' })])
  const [open] = openDeclarations(register)
  const [first, second] = [400, 401].map((n) => register.get('resident', uuid(n)))
  if (open?.claim.kind !== 'departure' || !first || !second) throw new Error('not there')
  const one = departureConfirmed(app, register, open.claim, [second], today)
  expect(one.map(({ kind, record: id }) => [kind, id]).slice(1)).toEqual([['resident', uuid(401)]])
  expect(one[1]?.fields).toMatchObject({ movedOutOn: '2026-11-20' })
  const all = departureConfirmed(app, register, open.claim, [first, second], today)
  expect(all.map(({ kind }) => kind)).toEqual([
    ...['declaration-answer', 'resident', 'resident', 'household'],
  ])
  const nobody = departureConfirmed(app, register, open.claim, [], today)
  expect(nobody).toMatchObject([{ kind: 'declaration-answer', fields: { residents: [] } }])
})

it('knows whoever lives there however name and telephone of the claim are written', () => {
  const phones = { phones: ['10000000000'] }
  const register = stage([
    claim(600, { name: '样　老 大' }),
    claim(601, { name: '样别名', telephone: '+86 100 0000 0000' }),
    claim(602, { name: '样别名', telephone: '100-0000-0001' }),
    resident(499, 300, '样老四', phones),
  ])
  const of = (n: number) => {
    const held = register.get('arrival', uuid(n))
    return held ? knownBehind(register, held).map(({ fields }) => fields.name) : null
  }
  expect(of(600)).toEqual(['样老大'])
  expect(of(601)).toEqual(['样老四'])
  expect(of(602)).toEqual([])
})
