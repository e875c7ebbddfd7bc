/**
 * Messages of routes that came after their version was released, and that no other message knows of: a server of before says
 * of such a route that there is none. They go along with the next version.
 */
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
}

/** The version beside which each stands. */
export const besideSince: Readonly<Record<string, number>> = Object.fromEntries(
  Object.keys(beside).map((name) => [name, 4]),
)

/** By version: an edit of one of these is a change of the version as well. */
export const besideHashes: Readonly<Record<number, string>> = {
  4: 'ae7b21c4c5233dc1fe3a17037f21f4b2b713517f73cac6f42c25b2e9b93ea6ba',
}
