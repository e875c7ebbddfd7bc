/** `GET /api/filing`: what the law wants shown to whoever opens the page, also before they sign in; nothing else of the policy. */
import { Hono } from 'hono'
import { filingPath, type FilingAnswer } from '#protocol/filing.ts'
import { newestPolicies } from '../db/policies.ts'
import type { Env, Office } from './context.ts'

export function filingRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.get(filingPath, async (context) => {
    const policies = await newestPolicies(office.db)
    const filingNumber = policies.find((policy) => policy.filingNumber)?.filingNumber ?? null
    const owner = policies.find((policy) => policy.owner)?.owner ?? null
    context.header('Cache-Control', 'no-store')
    return context.json({
      ok: true,
      filingNumber,
      owner,
      isDemo: office.isDemo,
    } satisfies FilingAnswer)
  })
  return app
}
