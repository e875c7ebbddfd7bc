/**
 * The resident's page: an origin of its own for whoever scans a code on a wall. No session, no cookie, nothing of the
 * office's own API; every page works without a script, and whatever comes in has an answer in words.
 */
import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { readSticker } from '#domain/ask/sticker.ts'
import { readSubmission } from '#domain/ask/said.ts'
import type { PageProblem } from '#domain/ask/page-words.ts'
import { readFollowCode } from '#domain/requests/follow-code.ts'
import { promiseOf } from '#domain/requests/clocks.ts'
import { isStorableJson } from '#domain/storable.ts'
import { hashOfText } from '#server/db/hashing-text.ts'
import { askPlaceOf, type AskPlace } from '#server/db/ask-place.ts'
import { servicesOf } from '#server/db/ask-nearby.ts'
import { openByToken } from '#server/db/ask-follow.ts'
import { findSticker, type Sticker } from '#server/db/ask.ts'
import { isConnectionLost, isOutOfRoom } from '#server/db/transact.ts'
import { receiveAsked } from '#server/ledger/receive-asked.ts'
import type { Office } from '../context.ts'
import type { Log } from '../log.ts'
import { staticFiles } from '../static-files.ts'
import { createChallenges } from './challenge.ts'
import { codePage, sentPage, type Typed } from './code-page.ts'
import type { AskContext, AskEnv } from './env.ts'
import { readAskFiles } from './files.ts'
import { fundPages } from './fund-routes.ts'
import { followForm, followPage } from './follow-page.ts'
import { languageOf, problemPage, saidIn, type Html, type Said } from './html.ts'
import { landlordPages } from './landlord.ts'
import { photoPages } from './photos.ts'
import { readSaying, sayOfAsked } from './say.ts'

/** 1,000 Chinese characters as a form sends them take 9 kB; a proof some hundred bytes more. */
const mostBytes = 32 * 1024

const policy = [
  `default-src 'none'`,
  ...[`script-src 'self'`, `style-src 'self'`, `img-src 'self' data: blob:`, `connect-src 'self'`],
  ...[`worker-src 'self'`, `form-action 'self'`, `base-uri 'none'`, `frame-ancestors 'none'`],
].join('; ')

const statuses: Readonly<Record<PageProblem, ContentfulStatusCode>> = {
  ...{ 'not-ours': 404, stopped: 410, unreadable: 400, 'too-large': 413, 'room-full': 429 },
  ...{ 'additions-full': 429, 'not-yours': 409, 'unknown-code': 404, 'code-mistyped': 400 },
  ...{ 'code-ended': 410, 'no-words': 400, 'cannot-now': 409, 'not-found': 404, 'try-later': 503 },
  ...{ 'photos-full': 429, 'photo-unreadable': 422 },
}

export interface AskDeps {
  /** Folder of the built page; null where there is none. */
  readonly dir: string | null
  readonly log: Log
  readonly isSecure: boolean
  readonly onFault: (fault: unknown) => void
}

/** Long: the routes one after the other, each with its answer. */
export function askApp(office: Office, { dir, log, isSecure, onFault }: AskDeps): Hono<AskEnv> {
  const { db, clock, ids } = office
  const files = readAskFiles(dir)
  const challenges = createChallenges(office)
  const app = new Hono<AskEnv>()

  app.use(noted(office, log))
  app.use(headers(isSecure))
  app.use(async (context, next) => {
    const accepted = context.req.header('accept-language')
    context.set('said', saidIn(languageOf(context.req.query('l'), accepted), files))
    await next()
  })
  app.use(
    bodyLimit({
      maxSize: mostBytes,
      onError: (context) => refuse(context as AskContext, 'too-large'),
    }),
  )
  app.use(ownPagesOnly)

  app.get('/robots.txt', (context) => context.text('User-agent: *\nDisallow: /\n'))
  app.get('/', (context) => show(context, followForm(context.get('said'))))
  app.get('/follow', (context) => show(context, followForm(context.get('said'))))

  app.post('/follow', async (context) => {
    const form = await readForm(context)
    if (!form) return refuse(context, 'unreadable')
    const typed = typeof form['token'] === 'string' ? form['token'] : ''
    const said = spoken(context, form)
    const token = readFollowCode(typed)
    if (token.kind !== 'code') return wrongCode(context, said, 'code-mistyped', typed)
    const opened = await openByToken(db, hashOfText(token.code), clock.now())
    if (opened.is === 'unknown') return wrongCode(context, said, 'unknown-code', typed)
    if (opened.is === 'ended') return wrongCode(context, said, 'code-ended', typed)
    return show(context, followPage(said, opened, token.code))
  })

  app.post('/say', async (context) => {
    const form = await readForm(context)
    if (!form) return refuse(context, 'unreadable')
    const said = spoken(context, form)
    const token = readFollowCode(typeof form['token'] === 'string' ? form['token'] : '')
    if (token.kind !== 'code') return wrongCode(context, said, 'code-mistyped', '')
    const hash = hashOfText(token.code)
    const saying = readSaying(form)
    const came =
      saying === null
        ? { problem: 'unreadable' as const }
        : 'problem' in saying
          ? saying
          : await sayOfAsked(office, hash, saying)
    const opened = await openByToken(db, hash, clock.now())
    if (opened.is === 'unknown') return wrongCode(context, said, 'unknown-code', token.code)
    if (opened.is === 'ended') return wrongCode(context, said, 'code-ended', token.code)
    const { words } = said
    if ('problem' in came) {
      context.set('problem', came.problem)
      const heard = { notice: words.problems[came.problem], isAlarm: true }
      return show(context, followPage(said, opened, token.code, heard), statuses[came.problem])
    }
    const notice = came.said === 'same' ? words.actedSame : words.acted
    return show(context, followPage(said, opened, token.code, { notice }))
  })

  app.post('/challenge', async (context) => {
    const form = await readForm(context)
    const code = readSticker(typeof form?.['code'] === 'string' ? form['code'] : '')
    if (code === null) return refuse(context, 'unreadable')
    return context.json(await challenges.make(code, office.caller.addressOf(context)))
  })

  app.post('/submit', async (context) => {
    const form = await readForm(context)
    if (!form) return refuse(context, 'unreadable')
    const said = spoken(context, form)
    const found = await stickerOf(typeof form['code'] === 'string' ? form['code'] : '')
    if (!found) return refuse(context, 'not-ours')
    const { sticker, home } = found
    const { name, code } = sticker.fields
    const back = { telephone: home.telephone, back: `/${code}?l=${said.language}`, title: name }
    if (sticker.fields.stopped) return refuse(context, 'stopped', back)
    const read = readSubmission(withProof(form))
    if (!read.ok) {
      context.set('problem', 'unreadable')
      const id = typeof form['id'] === 'string' ? form['id'] : ids()
      const shown = { sticker, home, id, problems: read.problems, typed: form as Typed }
      return show(context, codePage(said, shown), 422)
    }
    const { submission } = read
    const isProven = await challenges.holds(submission.proof, code)
    const now = clock.now()
    const received = await receiveAsked(db, sticker, home, submission, isProven, { now, ids })
    if ('problem' in received) return refuse(context, received.problem, back)
    let { what } = received
    const { row } = received
    if (received.what === 'to-say') {
      const note = { act: 'note' as const, words: received.words, after: null }
      const came = await sayOfAsked(office, row, note)
      if ('problem' in came) return refuse(context, came.problem, back)
      what = came.said === 'same' ? 'same' : 'added'
    } else if (received.moved.length > 0) {
      office.pokes.poke([...received.moved])
      void office.requests.wake()
    }
    const isWaiting = row.state === 'waiting'
    const told = { number: row.number, what: what === 'to-say' ? 'added' : what, isWaiting }
    const promise = isWaiting ? null : promiseAt(home, submission.said.item, row.received_at)
    return show(context, sentPage(said, found, { ...told, promise }))
  })

  photoPages(app, office, { readForm, refuse })
  fundPages(app, office, { readForm, refuse, spoken })
  landlordPages(app, office, { readForm, refuse, spoken })

  app.get('/:code', async (context) => {
    const said = context.get('said')
    const found = await stickerOf(context.req.param('code'))
    if (!found) return refuse(context, 'not-ours')
    const { sticker, home } = found
    const { telephone } = home
    const title = said.words.stoppedTitle
    if (sticker.fields.stopped) return refuse(context, 'stopped', { telephone, title })
    const services = await servicesOf(db, home.place)
    return show(context, codePage(said, { ...found, id: ids(), services }))
  })

  if (dir !== null) app.route('/', assetsOf(dir))
  app.notFound((context) => refuse(context as AskContext, 'not-found'))
  app.onError((error, context) => {
    if (!isConnectionLost(error) && !isOutOfRoom(error)) onFault(error)
    return refuse(context as AskContext, 'try-later')
  })

  const stickerOf = async (
    given: string,
  ): Promise<{ readonly sticker: Sticker; readonly home: AskPlace } | null> => {
    const code = readSticker(given)
    const sticker = code === null ? undefined : await findSticker(db, code)
    return sticker ? { sticker, home: await askPlaceOf(db, sticker.stream) } : null
  }
  return app
}

/** The built files alone: a page of the folder is none of these. */
function assetsOf(dir: string): Hono {
  const app = new Hono()
  const files = staticFiles(dir, { hasPages: false })
  app.get('/assets/*', (context) => files.fetch(context.req.raw))
  return app
}

const show = (context: AskContext, page: Html, status: ContentfulStatusCode = 200) =>
  context.html(page, status)

function refuse(
  context: AskContext,
  problem: PageProblem,
  more: Parameters<typeof problemPage>[2] = {},
): Response | Promise<Response> {
  context.set('problem', problem)
  return show(context, problemPage(context.get('said'), problem, more), statuses[problem])
}

function wrongCode(context: AskContext, said: Said, problem: PageProblem, typed: string) {
  context.set('problem', problem)
  return show(context, followForm(said, said.words.problems[problem], typed), statuses[problem])
}

/** The language that a form was written in. */
function spoken(context: AskContext, form: Readonly<Record<string, unknown>>): Said {
  const said = context.get('said')
  const { l } = form
  if (l !== 'en' && l !== 'zh-CN') return said
  const now = saidIn(l, said.files)
  context.set('said', now)
  return now
}

/** A form of this page; undefined of anything else. A field that comes twice is the last one. */
async function readForm(context: AskContext): Promise<Record<string, unknown> | undefined> {
  const type = context.req.header('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return undefined
  const form = Object.fromEntries(new URLSearchParams(await context.req.text()))
  return isStorableJson(form) ? form : undefined
}

/** The script sends its proof as one field. */
function withProof(form: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (typeof form['proof'] !== 'string') return form
  try {
    return { ...form, proof: JSON.parse(form['proof']) as unknown }
  } catch {
    return { ...form, proof: null }
  }
}

function promiseAt(home: AskPlace, item: string | null, at: Date): number | null {
  const { rules } = home
  if (!rules) return null
  const level = rules.itemOf(item)?.level ?? 'ordinary'
  const submit = { step: 'submit', at: at.toISOString(), level, moved: true } as const
  const steps = [{ ...submit, request: '', id: '', doneBy: '' }]
  return promiseOf(steps, rules.limitsOf(item), rules.time)?.at ?? null
}

function headers(isSecure: boolean): MiddlewareHandler {
  return async (context, next) => {
    await next()
    context.header('Content-Security-Policy', policy)
    context.header('X-Content-Type-Options', 'nosniff')
    context.header('Referrer-Policy', 'no-referrer')
    context.header('X-Robots-Tag', 'noindex, nofollow')
    context.header('Cross-Origin-Opener-Policy', 'same-origin')
    context.header('Cross-Origin-Resource-Policy', 'same-origin')
    context.header('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()')
    if (isSecure) context.header('Strict-Transport-Security', 'max-age=31536000')
    if (!context.res.headers.has('cache-control')) context.header('Cache-Control', 'no-store')
  }
}

/** A foreign page may not send through the browser of whoever reads it. */
const ownPagesOnly: MiddlewareHandler<AskEnv> = async (context, next) => {
  const site = context.req.header('sec-fetch-site')
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (context.req.method === 'POST' && isForeign) return refuse(context, 'unreadable')
  return next()
}

/** Which page, and what came of it; no address, no code of anybody, nothing that was typed. */
function noted({ clock, metrics }: Office, log: Log): MiddlewareHandler<AskEnv> {
  return async (context, next) => {
    const began = clock.now()
    await next()
    const { method, path } = context.req
    const route = pages.has(path)
      ? path
      : (groups.find((one) => path.startsWith(`${one}/`)) ?? '/:code')
    const { status } = context.res
    const problem = context.get('problem')
    const ms = clock.now() - began
    log.write('ask', { method, route, status, ms, ...(problem ? { problem } : {}) })
    metrics.add('ask_requests_total', { method, route, status }, 1)
  }
}
const pages: ReadonlySet<string> = new Set([
  ...['/', '/follow', '/say', '/challenge', '/submit', '/photo', '/picture', '/robots.txt'],
  ...['/fund', '/voucher'],
  ...['/let', '/let/say'],
])
/** Of whose addresses the rest is a file's or a photograph's own. */
const groups = ['/assets', '/photo']
