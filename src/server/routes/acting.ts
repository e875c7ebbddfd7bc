/** What the routes of an office's acts share: who asks, the body, and the answer. */
import type * as v from 'valibot'
import type { Acting, Performed } from '../acts/perform.ts'
import { readBody, refuse, type Office, type RouteContext } from './context.ts'

/** The largest names some thousands of buildings. */
export const maxActBytes = 256 * 1024

/** Who asks for an act, as the acts take it. */
export function actingOf(office: Office, context: RouteContext, id: string): Acting {
  const { account, role, device } = context.get('session')
  return {
    id: id.toLowerCase(),
    account: { id: account, role },
    device,
    now: office.clock.now(),
    ids: office.ids,
  }
}

export function answer(
  office: Office,
  context: RouteContext,
  performed: Performed,
  more: object = {},
): Response {
  if (!performed.ok) return refuse(context, performed.problem)
  const moved = performed.value?.moved ?? []
  if (moved.length > 0) office.pokes.poke([...new Set(moved)])
  context.header('Cache-Control', 'no-store')
  return context.json({ ok: true, ...more })
}

/** A route that does one act: its body by a schema, its answer by what came of it. */
export function actRoute<T extends v.GenericSchema<unknown, { readonly act: string }>>(
  office: Office,
  schema: T,
  work: (request: v.InferOutput<T>, acting: Acting) => Promise<Performed>,
) {
  return async (context: RouteContext): Promise<Response> => {
    const request = await readBody(context, schema)
    if (!request) return refuse(context, 'malformed')
    return answer(office, context, await work(request, actingOf(office, context, request.act)))
  }
}
