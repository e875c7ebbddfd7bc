/** What the office counts before a catalogue or a calendar is saved. Online. */
import { rulesPreviewSchema, type RulesPreview } from '#protocol/rules-preview.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { PlacesParts } from './places-acts.ts'

export interface RulesDraft {
  readonly place: string
  readonly catalogue?: object
  readonly calendar?: object
}

export function previewRules(
  ask: PlacesParts['ask'],
  draft: RulesDraft,
): Promise<OfficeAnswer<RulesPreview>> {
  const body = { protocol: protocolVersion, ...draft }
  return ask('POST', '/api/requests/preview', rulesPreviewSchema, body)
}
