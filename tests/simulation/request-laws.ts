/** What must hold of requests once a village is quiet, whatever happened before. */
import { expect } from 'vitest'
import { afterStep, courseOf, type JudgedStep } from '#domain/requests/course.ts'
import { errandId } from '#domain/requests/errand.ts'
import { transitions } from '#domain/requests/transition.ts'
import type { Seat } from './village.ts'
import { stepsShown } from './request-village.ts'

interface Row {
  readonly id: string
  readonly stream: string
  readonly kind: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** Living records of grids and units as the office has them, and the steps of a request in their order. */
export interface OfficeNow {
  readonly records: readonly Row[]
  stepsOf(request: string): readonly JudgedStep[]
}

export function expectLawsOfRequests(office: OfficeNow, seats: readonly Seat[]): void {
  const of = (kind: string) => office.records.filter((row) => row.kind === kind)
  for (const { id } of of('request')) {
    const steps = office.stepsOf(id)
    expectMovesSeen(id, steps)
    expectOneLead(id, steps, of('errand'))
    for (const seat of seats) {
      const { register } = seat.tab.app
      if (!register.get('request', id)) continue
      expect(courseOf(stepsShown(seat.tab.app, id)), `${seat.worker.login} on ${id}`).toEqual(
        courseOf(steps),
      )
    }
  }
  expectTwins(office, of('errand-step'), of('errand'))
}

/** A note moves nothing, an act of the office moves nothing unseen, and whatever moves goes where its verdict says. */
function expectMovesSeen(id: string, steps: readonly JudgedStep[]): void {
  let course = courseOf([])
  for (const step of steps) {
    const { state } = course
    course = afterStep(course, step)
    const what = `${step.step} of ${String(step.actor)} on ${id}`
    if (step.step === 'submit') continue
    expect(step.from, what).toBe(state)
    expect(course.state, what).toBe(step.moved ? step.to : state)
    if (!step.moved) expect(step.why, `${what} says why it moved nothing`).toBeTruthy()
    if (!step.moved || step.fromRequest) continue
    expect(transitions[step.step].from, what).toContain(state)
    const { offline } = transitions[step.step]
    const isAct = step.actor === 'staff' || step.actor === 'admin'
    if (isAct && !offline.includes('staff')) expect(step.unseen, `${what} was seen`).toBe(0)
  }
}

/** Whose errand is open is who has the request; no unit's device goes on with what was recalled. */
function expectOneLead(id: string, steps: readonly JudgedStep[], errands: readonly Row[]): void {
  const course = courseOf(steps)
  const own = errands.filter(({ fields }) => fields['request'] === id)
  const open = own.filter(({ fields }) => !fields['endedAt'])
  const isWithUnit = ['assigned', 'handling', 'suspended', 'handled'].includes(course.state)
  const wanted = isWithUnit ? [course.lead, ...course.coUnits].filter((unit) => unit !== null) : []
  expect(
    open.map(({ id: errand }) => errand).sort(),
    `open errands of ${id}, ${course.state}`,
  ).toEqual([...new Set(wanted)].map((unit) => errandId(id, unit, course.round)).sort())
  expect(open.filter(({ fields }) => fields['isLead']).length).toBeLessThan(2)
  for (const { fields } of open) expect(fields['state']).toBe(course.state)
}

/** Each step of a unit stands once beside its request, with its words. */
function expectTwins(office: OfficeNow, steps: readonly Row[], errands: readonly Row[]): void {
  const beside = office.records.filter(
    ({ kind, fields }) => kind === 'request-step' && !fields['fromRequest'],
  )
  const requests = new Map(errands.map(({ id, fields }) => [id, fields['request']]))
  for (const { id, fields } of steps) {
    const twins = beside.filter((row) => row.fields['words'] === fields['words'])
    expect(twins.length, `twins of ${id}`).toBe(1)
    expect(twins[0]?.fields['moved']).toBe(fields['moved'])
    const request = requests.get(String(fields['errand']))
    if (request) expect(twins[0]?.fields['request']).toBe(request)
  }
}
