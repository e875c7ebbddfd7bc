/** Requests of help by and for a resident as this device has them: what colours ask for, worked out as on the server. */
import { helpOf } from '#domain/requests/help.ts'
import type { HelpRequest } from '#domain/requests/help-facts.ts'
import type { JudgedStep } from '#domain/requests/course.ts'
import { transitions } from '#domain/requests/transition.ts'
import type { HelpSource, Rec } from './register.ts'
import { rulesHere } from './request-rules.ts'

const none: readonly HelpRequest[] = []

export function helpFor(source: HelpSource, resident: string): readonly HelpRequest[] {
  const about = source.requestsAbout(resident)
  const asks = source.asksOf(resident)
  if (about.length + asks.length === 0) return none
  const requests = new Map(about.map((request) => [request.id, request]))
  for (const { fields } of asks) {
    const request = source.request(fields.request)
    if (request) requests.set(request.id, request)
  }
  const { itemOf } = rulesHere(source.deciding)
  return [...requests.values()].flatMap((request) => {
    const found = helpOf(request.fields, source.steps(request.id).map(stepHere), itemOf)
    return found ? [found] : []
  })
}

/** What the server has not judged yet is taken as it was meant: a withdrawal counts at once. */
function stepHere({ id, by, fields }: Rec<'request-step'>): JudgedStep {
  const step = { ...fields, id, doneBy: by ?? '' }
  if (step.moved !== undefined && step.moved !== null) return step
  const { to } = transitions[step.step]
  return to === null ? step : { ...step, moved: true, to }
}
