/** Landlords' links: where one makes sense, who has not answered this month, and what handing one out or stopping it saves. */
import { describe, expect, it } from 'vitest'
import { linkGiven, linksStopped } from '#app/acts/landlord-link-intents.ts'
import { createRegister } from '#app/register/create-register.ts'
import { landlordsSilent, linksHeld, takesLandlordLink } from '#app/views/landlord-links.ts'
import * as of from '../register/grid-of-samples.ts'

const { gridA, today, uuid } = of
const link = (id: number, dwelling: number, made: string, more: object = {}) =>
  of.record('landlord-link', id, {
    ...{ dwelling: uuid(dwelling), hash: 'a'.repeat(64), made },
    ...more,
  })

function stage(...links: readonly ReturnType<typeof of.record>[]) {
  const register = createRegister()
  const room = (id: number, name: string, use: string) => {
    const { fields, ...rest } = of.dwelling(id, 10, '1', name)
    return { ...rest, fields: { ...fields, use } }
  }
  register.applyPages([
    of.page(gridA, [
      of.building(10, '3幢', 1),
      ...[room(20, '1001', 'rental'), room(21, '201', 'self'), room(22, '301', 'group-rental')],
      ...links,
    ]),
  ])
  return register
}

describe('a landlord’s link', () => {
  it('makes sense where a door is let, and where its landlord has one already', () => {
    const takes = (register: ReturnType<typeof stage>) =>
      [20, 21, 22, 77].map((id) => takesLandlordLink(register, uuid(id)))
    expect(takes(stage())).toEqual([true, false, true, false])
    expect(takes(stage(link(30, 21, '2026-11-01')))).toEqual([true, true, true, false])
    expect(takes(stage(link(30, 21, '2026-11-01', { stopped: today })))[1]).toBe(false)
  })

  it('that holds is the newest of those that nobody stopped', () => {
    const register = stage(
      link(30, 20, '2026-10-01'),
      link(31, 20, '2026-11-01'),
      link(32, 20, '2026-11-02', { stopped: today }),
      link(33, 22, '2026-11-03'),
    )
    expect(linksHeld(register, uuid(20)).map(({ id }) => id)).toEqual([uuid(31), uuid(30)])
  })

  it('is silent from the month after it was handed out until its landlord answers in this one', () => {
    const doors = (...links: readonly ReturnType<typeof link>[]) =>
      landlordsSilent(stage(...links), today).map(({ door }) => door)
    expect(doors(link(30, 20, '2026-11-01'))).toEqual([])
    expect(doors(link(30, 20, '2026-10-01'))).toHaveLength(1)
    const answeredAt = '2026-11-02T01:00:00.000Z'
    expect(doors(link(30, 20, '2026-10-01', { answeredAt }))).toEqual([])
    // What opens no more is nobody's to be reminded of: a year old, or of a door that is not let.
    expect(doors(link(30, 20, '2025-10-01'))).toEqual([])
    expect(doors(link(30, 21, '2026-10-01'))).toEqual([])
    // Two colleagues gave one each: an answer by either is one.
    expect(doors(link(30, 20, '2026-10-01'), link(31, 20, '2026-10-02', { answeredAt }))).toEqual(
      [],
    )
    const order = doors(link(30, 20, '2026-10-01'), link(31, 22, '2026-10-01'))
    expect(order.map((door) => /\d+室/.exec(door)?.[0])).toEqual(['301室', '1001室'])
  })

  it('handed out anew stops those before it, and stopping one says on which day', () => {
    const held = linksHeld(stage(link(30, 20, '2026-10-01')), uuid(20))
    const app = { work: { newId: () => uuid(99) } }
    const given = linkGiven(app, { id: uuid(20), stream: gridA }, held, 'b'.repeat(64), today)
    expect(given).toMatchObject([
      { op: 'patch', record: uuid(30), fields: { stopped: today } },
      {
        ...{ op: 'create', kind: 'landlord-link', record: uuid(99), stream: gridA },
        fields: { dwelling: uuid(20), hash: 'b'.repeat(64), made: today },
      },
    ])
    expect(linksStopped([], today)).toEqual([])
  })
})
