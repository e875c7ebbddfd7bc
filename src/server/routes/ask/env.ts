/** What the routes of the resident's page hand to each other. */
import type { Context } from 'hono'
import type { PageProblem } from '#domain/ask/page-words.ts'
import type { Said } from './html.ts'

interface Variables {
  problem: PageProblem
  said: Said
}
export type AskEnv = { Variables: Variables }
export type AskContext = Context<AskEnv>
