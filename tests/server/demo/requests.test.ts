/** The demo's requests: in all states, by the same law as real ones, and with nobody's data in what units get. */
import { describe, expect, it } from 'vitest'
import { courseOf, type JudgedStep } from '#domain/requests/course.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import { makeRequests, requestsPerDay } from '#server/demo/requests.ts'
import { makeUnits } from '#server/demo/units.ts'

const root = '0190f5c6-0000-7000-8000-000000000001'
const grid = '0190f5c6-0000-7000-8000-000000000002'
const units = makeUnits(7, root)
const { records } = makeRequests({
  ...{ seed: 7, now: Date.UTC(2026, 10, 23, 6, 32), perDay: 40 },
  grids: [
    {
      ...{ stream: grid, worker: root, staff: root },
      doors: [{ household: '0190f5c6-0000-7000-8000-000000000003', where: '样例苑3幢' }],
    },
  ],
  catalogue: units.catalogue.fields,
  handlers: new Map(units.accounts.map(({ id, places }) => [places[0] ?? '', id])),
})
const all = [...records.values()].flat()
const stepsOf = (request: string) =>
  all
    .filter(({ kind, fields }) => kind === 'request-step' && fields['request'] === request)
    .map(({ id, fields, by }) => ({ ...fields, id, doneBy: by }) as unknown as JudgedStep)

describe('the sample catalogue', () => {
  it('has some 40 kinds in 12 groups and more, a negative list, and says that it is nobody’s', () => {
    const { items, name } = units.catalogue.fields
    expect(items.length).toBeGreaterThanOrEqual(40)
    expect(new Set(items.map(({ group }) => group)).size).toBeGreaterThanOrEqual(12)
    expect(items.filter(({ insteadWords }) => insteadWords).length).toBeGreaterThan(0)
    expect(name).toContain('不是任何单位的正式清单')
    expect(problemsOfNew('catalogue', { ...units.catalogue.fields })).toEqual([])
  })
})

describe('sample requests', () => {
  it('stand in every state that a screen shows, each as its steps say', () => {
    const requests = all.filter(({ kind }) => kind === 'request')
    expect(requests).toHaveLength(15 * 40)
    const states = new Set(requests.map(({ id }) => courseOf(stepsOf(id)).state))
    for (const state of [
      ...['submitted', 'accepted', 'assigned', 'handling', 'suspended', 'handled'],
      ...['verifying', 'closed', 'outside', 'withdrawn', 'invalid'],
    ]) {
      expect(states, state).toContain(state)
    }
  })

  it('have the shape of records, and each its own number', () => {
    for (const { kind, fields } of all) expect(problemsOfNew(kind, fields), kind).toEqual([])
    const numbers = all
      .filter(({ kind }) => kind === 'request')
      .map(({ fields }) => fields['number'])
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('leave small demos as they were, and grow with the people', () => {
    expect(requestsPerDay(300)).toBe(0)
    expect(requestsPerDay(350_000)).toBe(430)
    expect(requestsPerDay(36_450)).toBeGreaterThan(40)
  })
})
