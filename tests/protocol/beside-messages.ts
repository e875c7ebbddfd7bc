/**
 * Messages of routes that came after their version was released, and that no other message knows of: a server of before says
 * of such a route that there is none. They go along with the next version.
 */
import {
  pairsAnswerSchema,
  pairsRequestSchema,
  reviewFiguresSchema,
  reviewRequestSchema,
} from '#protocol/review.ts'
import {
  tableAnswerSchema,
  tableCountRequestSchema,
  tableCountSchema,
  tableRequestSchema,
} from '#protocol/table.ts'

export const beside = {
  'table-request': tableRequestSchema,
  'table-answer': tableAnswerSchema,
  'table-count-request': tableCountRequestSchema,
  'table-count': tableCountSchema,
  'review-request': reviewRequestSchema,
  'review-figures': reviewFiguresSchema,
  'pairs-request': pairsRequestSchema,
  'pairs-answer': pairsAnswerSchema,
}

/** The version beside which each stands. */
export const besideSince: Readonly<Record<string, number>> = Object.fromEntries(
  Object.keys(beside).map((name) => [name, 4]),
)

/** By version: an edit of one of these is a change of the version as well. */
export const besideHashes: Readonly<Record<number, string>> = {
  4: '990859aed63c91db8922a55ded15121c1fba9a94edab40249d28ec7ef0436284',
}
