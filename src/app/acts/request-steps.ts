/** Steps on requests and errands as somebody makes them: what the form asked for, and the step that the screen showed last. */
import type { ErrandStep } from '#domain/requests/errand.ts'
import type { StepName } from '#domain/requests/step.ts'
import type { StepValues } from '#app/views/step-fields.ts'
import type { ErrandView, RequestView } from '#app/views/requests.ts'
import type { DeviceParts } from './device-parts.ts'
import type { Intent } from './intent.ts'

interface Parts extends Pick<DeviceParts, 'now'> {
  readonly work: Pick<DeviceParts['work'], 'newId'>
}

/** The values as fields of a step: trimmed, numbers as numbers, nothing that was left empty. */
export function toStepFields(values: StepValues): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const tidied = typeof value === 'string' ? value.trim() : value
    if (tidied === '') continue
    fields[name] = name === 'days' ? Number(tidied) : tidied
  }
  return fields
}

/** What a form asked for, as fields of a step; more than one unit is named by a list. */
export function fieldsOf(step: StepName, values: StepValues): Record<string, unknown> {
  const fields = toStepFields(values)
  if (step === 'add-unit') return { coUnits: [fields['unit']] }
  return step === 'supervise' ? { ...fields, supervision: 1 } : fields
}

/** One step on each of these, all of one moment. `pictures`: what was photographed with it. */
export function requestSteps(
  { work, now }: Parts,
  views: readonly Pick<RequestView, 'request' | 'steps'>[],
  step: StepName,
  values: StepValues,
  pictures: readonly Pick<Intent, 'record'>[] = [],
): readonly Intent[] {
  const at = new Date(now()).toISOString()
  return views.map(({ request, steps }) => ({
    ...({ op: 'create', kind: 'request-step' } as const),
    ...{ record: work.newId(request.stream), stream: request.stream },
    fields: {
      ...fieldsOf(step, values),
      ...{ request: request.id, step, at, after: lastOf(steps) },
      ...named(pictures),
    },
  }))
}

const named = (pictures: readonly Pick<Intent, 'record'>[]) =>
  pictures.length > 0 ? { photos: pictures.map(({ record }) => record) } : {}

/** A unit's step. The form offers a unit's alone; the record's schema judges all of it again. */
export function errandStep(
  { work, now }: Parts,
  { errand }: Pick<ErrandView, 'errand'>,
  step: StepName,
  values: StepValues,
  pictures: readonly Pick<Intent, 'record'>[] = [],
): Intent {
  const { id, stream, fields } = errand
  const at = new Date(now()).toISOString()
  return {
    ...({ op: 'create', kind: 'errand-step' } as const),
    ...{ record: work.newId(stream), stream },
    fields: {
      ...fieldsOf(step, values),
      ...{ errand: id, step, at, after: fields.lastStep ?? null },
      ...named(pictures),
    } as ErrandStep,
  }
}

/** A step that the server did not take, meant again: on what stands now, and from this moment. */
export function meantAgain(
  { now }: Pick<Parts, 'now'>,
  fields: Readonly<Record<string, unknown>>,
  { steps }: Pick<RequestView, 'steps'>,
): Record<string, unknown> {
  return { ...fields, at: new Date(now()).toISOString(), after: lastOf(steps) }
}

function lastOf(steps: RequestView['steps']): string | null {
  return steps.at(-1)?.step.id ?? null
}
