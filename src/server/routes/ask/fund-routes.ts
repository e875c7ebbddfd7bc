/** The page of a stairwell's fund: its code stands in a body and never in an address, and nothing here changes anything. */
import type { Hono } from 'hono'
import type { PageProblem } from '#domain/ask/page-words.ts'
import type { Photo } from '#domain/photo.ts'
import { readFollowCode } from '#domain/requests/follow-code.ts'
import { openFund } from '#server/db/ask-fund.ts'
import { openPhoto } from '#server/db/photo-sealing.ts'
import { loadRecords } from '#server/db/records.ts'
import { readSealed } from '#server/ledger/photos.ts'
import type { Office } from '../context.ts'
import type { AskContext, AskEnv } from './env.ts'
import { fundForm, fundPage } from './fund-page.ts'
import type { Said } from './html.ts'

interface FundRoutes {
  readonly readForm: (context: AskContext) => Promise<Record<string, unknown> | undefined>
  readonly refuse: (context: AskContext, problem: PageProblem) => Response | Promise<Response>
  readonly spoken: (context: AskContext, form: Readonly<Record<string, unknown>>) => Said
}

/** Adds its routes to the page's. */
export function fundPages(
  app: Hono<AskEnv>,
  { db, chunks }: Office,
  { readForm, refuse, spoken }: FundRoutes,
): void {
  app.get('/fund', (context) => context.html(fundForm(context.get('said'))))

  app.post('/fund', async (context) => {
    const form = await readForm(context)
    if (!form) return refuse(context, 'unreadable')
    const said = spoken(context, form)
    const typed = typeof form['token'] === 'string' ? form['token'] : ''
    const token = readFollowCode(typed)
    if (token.kind !== 'code') {
      context.set('problem', 'code-mistyped')
      return context.html(fundForm(said, 'mistyped', typed), 400)
    }
    const opened = await openFund(db, token.code)
    if (!opened) {
      context.set('problem', 'unknown-code')
      return context.html(fundForm(said, 'unknown', typed), 404)
    }
    return context.html(fundPage(said, opened, token.code))
  })

  app.post('/voucher', async (context) => {
    const form = await readForm(context)
    if (!form) return refuse(context, 'unreadable')
    const token = readFollowCode(typeof form['token'] === 'string' ? form['token'] : '')
    if (token.kind !== 'code') return refuse(context, 'code-mistyped')
    const opened = await openFund(db, token.code)
    const photo = [...(opened?.vouchers.values() ?? [])]
      .flat()
      .find(({ id }) => id === form['photo'])
    if (!opened || !photo) return refuse(context, 'not-found')
    const [row] = await loadRecords(db, [opened.stream], [photo.id])
    const sealed = row && (await readSealed(db, { stream: row.stream, photo: row.id }, chunks))
    const picture = sealed && openPhoto(row.id, (row.fields as unknown as Photo).key, sealed)
    if (!picture) return refuse(context, 'not-found')
    return context.body(new Uint8Array(picture), 200, { 'Content-Type': 'image/jpeg' })
  })
}
