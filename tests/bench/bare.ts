import { fileURLToPath } from 'node:url'
import type { Page, Request } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import type { BareSession } from './bare-page.ts'

let code: Promise<string> | null = null

/** Goes to a page of the server's that holds nothing of the app, and puts the baselines into it. */
export async function openBarePage(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/healthz`)
  await page.evaluate(await (code ??= bundle()))
}

/** Of the app's pull: a bare page has no session of its own. */
export async function sessionOf(pull: Request): Promise<BareSession> {
  const { device } = pull.postDataJSON() as { device: string }
  const { authorization } = await pull.allHeaders()
  if (authorization === undefined) throw new Error('the app asked without its pass')
  return { device, authorization }
}

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('bare-page.ts', import.meta.url))
  const built = (await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'barePage' } },
  })) as Rolldown.RolldownOutput[]
  const chunk = built[0]?.output[0]
  if (!chunk) throw new Error('nothing was built')
  return chunk.code
}
