/** A request that this device may not have, asked of the office. Online. */
import { foundRequestSchema, type FoundRequest } from '#protocol/requests.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { PlacesParts } from './places-acts.ts'

export async function findRequest(
  ask: PlacesParts['ask'],
  wanted: { readonly number: string } | { readonly hash: string },
): Promise<OfficeAnswer<FoundRequest['found']>> {
  const body = { protocol: protocolVersion, ...wanted }
  const answer = await ask('POST', '/api/requests/find', foundRequestSchema, body)
  return answer.ok ? { ok: true, value: answer.value.found } : answer
}
