/** What is true of photographs everywhere: never required, whatever an office sets; one id beside the request. */
import { expect, it } from 'vitest'
import { isBornIn } from '#domain/born-ids.ts'
import { isOfUnit } from '#domain/photo.ts'
import { policySchema } from '#domain/policy.ts'
import { catalogueSchema, itemSchema } from '#domain/requests/catalogue.ts'
import { errandStepSchema, photoOfRequest } from '#domain/requests/errand.ts'
import { requestSchema } from '#domain/requests/request.ts'
import { requestStepSchema } from '#domain/requests/step.ts'
import { schemas } from '#domain/schemas.ts'
import { schemeSchema } from '#domain/scheme.ts'
import { visitSchema } from '#domain/visit.ts'
import { stepForms } from '#app/views/step-fields.ts'
import * as v from 'valibot'

const saysPicture = (name: string) => /photo|picture|image/i.test(name)

it('is asked for by no setting of an office, and a step with none is a step', () => {
  const settings = [policySchema, catalogueSchema, itemSchema, schemeSchema]
  expect(settings.flatMap(({ entries }) => Object.keys(entries)).filter(saysPicture)).toEqual([])
  const hosts = [visitSchema, requestSchema, schemas.dwelling]
  const fields = hosts.flatMap((schema) =>
    'entries' in schema ? Object.keys(schema.entries) : ['no entries'],
  )
  expect(fields.filter(saysPicture)).toEqual([])
  expect(fields).not.toContain('no entries')
  for (const { entries } of [requestStepSchema, errandStepSchema]) {
    for (const nothing of [undefined, null, []]) {
      expect(v.is(entries.photos, nothing), String(nothing)).toBe(true)
    }
  }
  const needed = Object.values(stepForms).flatMap((form) => [...(form?.needed ?? [])])
  expect(needed.filter(saysPicture)).toEqual([])
})

it('of a unit has one id beside its request, made of both, whoever reckons it', () => {
  const unit = '00000000-0000-8000-8000-0000aaaaaaaa'
  const [one, other] = ['1', '2'].map((digit) => `00000000-0000-7000-8000-00000000000${digit}`)
  const id = photoOfRequest(one ?? '', unit)
  expect(id).toBe(photoOfRequest(one ?? '', unit.toUpperCase()))
  expect(id).not.toBe(photoOfRequest(other ?? '', unit))
  expect(id).not.toBe(unit)
  expect(isBornIn(id, one ?? '')).toBe(true)
})

it('is a unit’s own until it names one of the request, and once it came as its own', () => {
  const at = '2026-11-23T07:00:00.000Z'
  expect(isOfUnit({})).toBe(true)
  expect(isOfUnit({ photo: null, arrivedAt: at })).toBe(true)
  expect(isOfUnit({ photo: 'x', arrivedAt: at })).toBe(true)
  expect(isOfUnit({ photo: 'x' })).toBe(false)
})
