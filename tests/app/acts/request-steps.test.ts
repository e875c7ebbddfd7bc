/** Steps as they are made: what was filled in, the step that the screen showed last, one moment for all. */
import { expect, it } from 'vitest'
import { errandStep, fieldsOf, meantAgain, requestSteps } from '#app/acts/request-steps.ts'
import { uuid } from '../register/grid-of-samples.ts'

const at = '2026-11-23T05:00:00.000Z'
let made = 100
const app = { work: { newId: () => uuid((made += 1)) }, now: () => Date.parse(at) }
const view = (id: number, last: number | null) =>
  ({
    request: { id: uuid(id), stream: uuid(1) },
    steps: last === null ? [] : [{ step: { id: uuid(last) } }],
  }) as never

it('says nothing that was left empty, and days as a number', () => {
  expect(fieldsOf('extend', { days: '3', wordsForAsker: ' 样例 ', words: ' ' })).toEqual({
    ...{ days: 3, wordsForAsker: '样例' },
  })
  expect(fieldsOf('add-unit', { unit: uuid(30) })).toEqual({ coUnits: [uuid(30)] })
  expect(fieldsOf('supervise', {})).toEqual({ supervision: 1 })
})

it('makes one of each request, after the step that was shown of it', () => {
  const steps = requestSteps(app, [view(10, 11), view(20, null)], 'accept', {})
  expect(steps.map(({ fields }) => fields)).toEqual([
    { request: uuid(10), step: 'accept', at, after: uuid(11) },
    { request: uuid(20), step: 'accept', at, after: null },
  ])
  expect(new Set(steps.map(({ record }) => record)).size).toBe(2)
})

it('makes a unit’s step in the stream of its errand', () => {
  const errand = { id: uuid(70), stream: uuid(63), fields: { lastStep: uuid(71) } } as never
  expect(errandStep(app, { errand }, 'sign', {})).toMatchObject({
    ...{ kind: 'errand-step', stream: uuid(63) },
    fields: { errand: uuid(70), step: 'sign', after: uuid(71) },
  })
})

it('names in a unit’s step what was photographed with it', () => {
  const errand = { id: uuid(70), stream: uuid(63), fields: {} } as never
  const pictures = [{ record: uuid(80) }, { record: uuid(81) }]
  expect(errandStep(app, { errand }, 'answer', {}, pictures).fields).toMatchObject({
    photos: [uuid(80), uuid(81)],
  })
  expect(errandStep(app, { errand }, 'answer', {}).fields).not.toHaveProperty('photos')
})

it('means a step again on what stands now', () => {
  const before = { step: 'dispatch', unit: uuid(30), at: 'then', after: uuid(1) }
  expect(meantAgain(app, before, view(10, 14))).toEqual({ ...before, at, after: uuid(14) })
})
