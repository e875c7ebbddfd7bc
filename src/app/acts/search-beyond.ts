/** Who and which door, asked of the office over all places of the account. Online, with a purpose, and on record there. */
import type { RevealPurpose } from '#domain/reveal.ts'
import { searchAnswerSchema, searchPath, type SearchAnswer } from '#protocol/search.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { PlacesParts } from './places-acts.ts'

export function searchBeyond(
  ask: PlacesParts['ask'],
  asked: string,
  purpose: RevealPurpose,
): Promise<OfficeAnswer<SearchAnswer>> {
  const body = { protocol: protocolVersion, asked, purpose }
  return ask('POST', searchPath, searchAnswerSchema, body)
}
