import { describe, expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import type { Walk } from '#app/register/register.ts'
import type { PageLine, WireRecord } from '#protocol/pull.ts'
import {
  building,
  dwelling,
  gridA,
  gridB,
  household,
  mutation,
  page,
  resident,
  today,
  uuid,
  visit,
} from './grid-of-samples.ts'

const disabled = { tags: [{ tag: 'disabled', grade: 1, source: 'seen', from: '2026-01-01' }] }
const aged = { birth: '1940-01-01' }

/**
 * Known since 1 November: red is due on the 8th, orange on the 15th, yellow on 1 December. The 15th is a Sunday, so
 * that on Friday the 13th nobody can wait; on the 23rd, a Monday, all are overdue and orange has two days.
 */
const friday = '2026-11-13'
const homes: WireRecord[] = [
  building(102, '3幢', 2),
  building(101, '12幢', 2),
  building(100, '1幢', 1),
  dwelling(200, 102, '1', '501'),
  dwelling(201, 102, '1', '1201'),
  dwelling(202, 101, '1', '101'),
  dwelling(203, 100, '2', '101'),
  dwelling(204, 100, '1', '601'),
]
const families: WireRecord[] = [
  household(300, 200),
  resident(400, 300, '甲', aged),
  household(301, 201),
  resident(401, 301, '乙', disabled),
  household(302, 202, { head: uuid(412) }),
  resident(402, 302, '丙', disabled),
  resident(412, 302, '丙户主', disabled),
  household(303, 203),
  resident(403, 303, '丁'),
  resident(413, 303, '丁母', disabled),
  household(304, 204),
  resident(404, 304, '戊', aged),
]

function registerOf(...pages: PageLine[]) {
  const register = createRegister()
  register.applyPages(pages)
  return register
}
const idsOf = (walk: Walk) =>
  walk.flatMap((group) => group.stops.map((stop) => Number(stop.household.slice(-12))))
const stops = (register: ReturnType<typeof createRegister>, day = friday, grid?: string) =>
  idsOf(register.today(day, grid).groups)

describe('the today list', () => {
  const register = registerOf(page(gridA, [...families, ...homes]))

  it('is in walking order: buildings by order and number, then unit, floor, room', () => {
    expect(stops(register)).toEqual([304, 303, 300, 301, 302])
    expect(register.today(friday).groups.map((group) => group.building)).toEqual([
      uuid(100),
      uuid(102),
      uuid(101),
    ])
  })

  it('names the most urgent person, among equals the head, and counts the others', () => {
    const byHousehold = new Map(
      register
        .today(friday)
        .groups.flatMap((group) => group.stops)
        .map((stop) => [stop.household, stop]),
    )
    expect(byHousehold.get(uuid(303))).toMatchObject({ resident: uuid(413), others: 1 })
    expect(byHousehold.get(uuid(302))).toMatchObject({ resident: uuid(412), others: 1 })
    expect(byHousehold.get(uuid(300))).toMatchObject({
      resident: uuid(400),
      others: 0,
      colour: 'red',
      on: '2026-11-08',
      overdue: 5,
      lastMet: null,
    })
  })

  it('counts by colour, and what is overdue', () => {
    expect(register.today(friday)).toMatchObject({
      byColour: { red: 2, orange: 3, yellow: 0, blue: 0, green: 0, grey: 0 },
      overdue: 2,
      done: 0,
      total: 5,
    })
    expect(register.today('2026-11-08').overdue).toBe(0)
    expect(register.today('2026-11-09').overdue).toBe(2)
  })

  it('spreads what is due over the working days before, and a backlog over some days', () => {
    expect(stops(register, '2026-11-05')).toEqual([304])
    expect(idsOf(register.later('2026-11-05'))).toEqual([303, 300, 301, 302])
    // The 8th is a Sunday: both can wait no longer, on the Friday nor on the days off.
    for (const day of ['2026-11-06', '2026-11-07', '2026-11-08']) {
      expect(stops(register, day)).toEqual([304, 300])
    }
    expect(register.today('2026-11-07').workday).toBe('2026-11-09')
    // Two days for the orange ones: one of them today, in a building where the walk goes anyway.
    expect(stops(register, today)).toEqual([304, 303, 300])
    expect(register.today(today).later).toMatchObject({ count: 2, overdue: 2 })
    expect(idsOf(register.later(today))).toEqual([301, 302])
  })

  it('says of each why it is there, and on which day', () => {
    const why = (day: string) =>
      Object.fromEntries(
        [...register.today(day).groups, ...register.later(day)].flatMap((group) =>
          group.stops.map((stop) => [Number(stop.household.slice(-12)), stop]),
        ),
      )
    expect(why(friday)).toMatchObject({
      300: { because: 'overdue', planned: friday },
      303: { because: 'before-rest', planned: friday },
    })
    expect(why(today)).toMatchObject({ 302: { because: 'overdue', planned: '2026-11-24' } })
    const born = registerOf(page(gridA, [...homes, ...families]))
    born.applyOwn([
      mutation('create', 'visit', 501, {
        ...{ household: uuid(300), channel: 'door', outcome: 'met', unchanged: true },
        at: '2026-11-20T01:00:00.000Z',
      }),
      mutation('patch', 'household', 300, { lifeEvent: 'death', lifeEventOn: '2026-11-22' }),
    ])
    const stop = born.today(today).groups.flatMap((group) => group.stops)
    expect(stop.find((one) => one.household === uuid(300))).toMatchObject({
      because: 'event',
      lifeEvent: 'death',
      on: today,
    })
  })

  it('has a household on the day on which somebody looks at care, and takes it off once somebody called', () => {
    const met = { ...{ household: uuid(300), channel: 'door', outcome: 'met', unchanged: true } }
    const cared = registerOf(page(gridA, [...homes, ...families]))
    cared.applyOwn([
      mutation('create', 'visit', 501, { ...met, at: '2026-11-20T01:00:00.000Z' }),
      mutation('patch', 'resident', 400, {
        cares: [{ id: uuid(900), need: 'meals', who: '样例', from: '2026-01-01', look: today }],
      }),
    ])
    const of300 = () =>
      cared
        .today(today)
        .groups.flatMap((group) => group.stops)
        .find((one) => one.household === uuid(300))
    expect(of300()).toMatchObject({ because: 'care', on: today, overdue: 0 })
    cared.applyOwn([mutation('create', 'visit', 502, { ...met, at: `${today}T01:00:00.000Z` })])
    expect(of300()).toBeUndefined()
    expect(cared.today(today).met.has(uuid(300))).toBe(true)
  })

  it('leaves out who is not due, who has left, and where nobody lives any more', () => {
    const more = [
      household(305, 204, { endedOn: '2026-11-20' }),
      resident(405, 305, '己', aged),
      household(306, 204),
      resident(406, 306, '庚', { ...aged, movedOutOn: '2026-11-20' }),
      household(307, 204),
      household(308, 204),
      resident(408, 308, '辛'),
      household(309, 999),
      resident(409, 309, '壬', aged),
    ]
    const full = registerOf(page(gridA, [...homes, ...families, ...more]))
    expect(stops(full)).toEqual([304, 303, 300, 301, 302])
  })

  it('is of one grid where it is asked for', () => {
    const other = [
      building(110, '2幢', 1),
      dwelling(210, 110, '1', '101'),
      household(310, 210),
      resident(410, 310, '癸', aged),
    ]
    const both = registerOf(page(gridA, [...homes, ...families]), page(gridB, other))
    expect(stops(both)).toEqual([304, 303, 310, 300, 301, 302])
    expect(stops(both, friday, gridB)).toEqual([310])
    expect(both.today(friday, gridB).total).toBe(1)
    expect(stops(both, friday, gridA)).toEqual([304, 303, 300, 301, 302])
    expect(stops(both, friday, uuid(3))).toEqual([])
  })

  it('has two households of one room in the order in which they were made', () => {
    const shared = [household(306, 204), resident(406, 306, '庚', aged)]
    const one = registerOf(page(gridA, [...homes, ...families, ...shared]))
    const other = registerOf(page(gridA, [...shared, ...[...families].reverse(), ...homes]))
    expect(stops(one)).toEqual([304, 306, 303, 300, 301, 302])
    expect(stops(other)).toEqual(stops(one))
  })
})

describe('a visit', () => {
  const fields = (more: object = {}) => ({
    household: uuid(300),
    channel: 'door',
    outcome: 'met',
    unchanged: true,
    at: `${today}T01:00:00.000Z`,
    ...more,
  })
  const after = (more: object = {}) => {
    const register = registerOf(page(gridA, [...homes, ...families]))
    register.today(today)
    register.applyOwn([mutation('create', 'visit', 500, fields(more))])
    return register
  }

  it('takes the household off the list and counts as done', () => {
    const register = after()
    expect(stops(register, today)).toEqual([304, 303])
    expect(register.today(today)).toMatchObject({ done: 1, total: 3, overdue: 2 })
    expect(register.today(today).later.count).toBe(2)
    expect(register.due(uuid(300), today)).toMatchObject({ on: '2026-11-30', lastMet: today })
    expect(register.today('2026-11-24')).toMatchObject({ done: 0 })
  })

  it('with nobody met leaves it due', () => {
    for (const outcome of ['not-met', 'refused', 'vacant']) {
      expect(stops(after({ outcome }), today)).toContain(300)
    }
  })

  it('counts on its day in China', () => {
    expect(after({ at: '2026-11-22T16:00:00.000Z' }).today(today).done).toBe(1)
    expect(after({ at: '2026-11-22T15:59:59.000Z' }).today(today).done).toBe(0)
  })

  it('of a colleague counts as well, and one taken back no more', () => {
    const register = registerOf(page(gridA, [...homes, ...families]))
    expect(register.today(today).done).toBe(0)
    register.applyPages([page(gridA, [visit(600, 300, `${today}T02:00:00.000Z`)])])
    expect(register.today(today).done).toBe(1)
    register.applyOwn([mutation('remove', 'visit', 600)])
    expect(register.today(today)).toMatchObject({ done: 0, total: 3 })
  })

  it('out of turn counts as one of the day, and nobody due is put off for it', () => {
    // 302 is planned for tomorrow; the one of today that can wait is 303.
    const register = after({ household: uuid(302) })
    expect(stops(register, today)).toEqual([304, 300])
    expect(register.today(today)).toMatchObject({ done: 1, total: 3 })
    expect(idsOf(register.later(today))).toEqual([303, 301])
  })

  it('that verifies a household leaves the day as it was planned in the morning', () => {
    const unknown = Array.from({ length: 6 }, (_, n) => [
      household(320 + n, 204),
      resident(420 + n, 320 + n, '新', { verifiedOn: null }),
    ]).flat()
    const register = registerOf(page(gridA, [...homes, ...families, ...unknown]))
    // Grey is due within 30 days: on 1 December, and on its last working days there is room for one each.
    const day = '2026-11-30'
    const before = stops(register, day)
    const first = before[0] ?? 0
    register.applyOwn([
      mutation('create', 'visit', 502, {
        ...{ household: uuid(first), channel: 'door', outcome: 'met', unchanged: true },
        at: `${day}T01:00:00.000Z`,
      }),
    ])
    expect(stops(register, day)).toEqual(before.slice(1))
    expect(register.today(day).total).toBe(before.length)
  })
})

describe('colours on screen', () => {
  it('follow each change of what they are read from', () => {
    const register = registerOf(page(gridA, [...homes, ...families]))
    const colour = () => register.colourOfHousehold(uuid(303), today).colour
    expect(colour()).toBe('orange')
    register.applyOwn([mutation('patch', 'resident', 413, { movedOutOn: today })])
    expect(colour()).toBe('green')
    register.applyOwn([
      mutation('patch', 'dwelling', 203, {
        hazards: { add: [{ id: uuid(700), type: '02', found: today }] },
      }),
    ])
    expect(colour()).toBe('orange')
    register.applyOwn([
      mutation('patch', 'household', 303, {
        disputes: { add: [{ id: uuid(701), serious: true, found: today }] },
      }),
    ])
    expect(colour()).toBe('red')
    expect(register.colourOfResident(uuid(403), today).colour).toBe('red')
    expect(register.colourOfDwelling(uuid(203), today).colour).toBe('orange')
  })

  it('follow a household that moves to another room, in both buildings', () => {
    const register = registerOf(page(gridA, [...homes, ...families]))
    const inBuilding = (id: number) => register.distribution({ building: uuid(id) }, today).red
    expect([inBuilding(100), inBuilding(102)]).toEqual([1, 1])
    register.applyOwn([mutation('patch', 'household', 304, { dwelling: uuid(200) })])
    expect([inBuilding(100), inBuilding(102)]).toEqual([0, 2])
    expect(register.distribution({ grid: gridA }, today)).toMatchObject({ red: 2, orange: 4 })
  })

  it('follow the day', () => {
    const turning = resident(403, 303, '丁', { birth: '1946-11-24' })
    const register = registerOf(page(gridA, [...homes, household(303, 203), turning]))
    expect(register.colourOfResident(uuid(403), today).colour).toBe('yellow')
    expect(register.colourOfResident(uuid(403), '2026-11-24').colour).toBe('red')
    expect(register.colourOfResident(uuid(403), today).colour).toBe('yellow')
  })

  it('of what is not there are grey', () => {
    const register = registerOf()
    expect(register.colourOfResident(uuid(1), today)).toMatchObject({ colour: 'grey', until: null })
    expect(register.colourOfHousehold(uuid(1), today).colour).toBe('grey')
    expect(register.colourOfDwelling(uuid(1), today).colour).toBe('grey')
    expect(register.due(uuid(1), today)).toBeNull()
  })
})

describe('made ahead in slices', () => {
  const many = () =>
    registerOf(
      page(gridA, [
        ...homes,
        ...families,
        ...Array.from({ length: 300 }, (_, at) => [
          dwelling(1_000 + at, 102, '1', String(100 + at)),
          household(2_000 + at, 1_000 + at),
          resident(3_000 + at, 2_000 + at, '己', aged),
        ]).flat(),
      ]),
    )

  it('is the list that is made when somebody asks, and lets the screen have its turn between', async () => {
    const register = many()
    let turns = 0
    await register.planAhead(friday, undefined, () => {
      turns += 1
      return Promise.resolve()
    })
    expect(turns).toBeGreaterThan(5)
    const made = register.planned(friday, undefined)
    expect(made?.groups.length).toBeGreaterThan(0)
    expect(made).toEqual(many().today(friday, undefined))
  })

  it('is none where something changes meanwhile: the change is in the list that is made then', async () => {
    const register = many()
    let isChanged = false
    await register.planAhead(friday, undefined, () => {
      if (!isChanged) register.applyPages([page(gridA, [visit(9_000, 300, `${friday}T03:00:00Z`)])])
      isChanged = true
      return Promise.resolve()
    })
    expect(register.planned(friday, undefined)).toBeNull()
    expect(register.today(friday, undefined).done).toBe(1)
  })
})
