/** The landlord's link: opened by its code in a body, and three answers; a GET shows an empty form and acts on nothing. */
import type { Hono } from 'hono'
import { landlordWords } from '#domain/ask/landlord-words.ts'
import type { PageProblem } from '#domain/ask/page-words.ts'
import { addDays, dayAt, isDay } from '#domain/day.ts'
import { isLinkOver, landlordSays } from '#domain/declaration.ts'
import { id as uuid } from '#domain/field.ts'
import { readFollowCode } from '#domain/requests/follow-code.ts'
import { cleanText } from '#domain/text.ts'
import * as v from 'valibot'
import { askPlaceOf } from '#server/db/ask-place.ts'
import { hashOfText } from '#server/db/hashing-text.ts'
import { linkByHash, openLink } from '#server/db/landlord-links.ts'
import { sayAsLandlord, type LandlordSaying } from '#server/ledger/landlord-says.ts'
import type { Office } from '../context.ts'
import type { AskContext, AskEnv } from './env.ts'
import type { Said } from './html.ts'
import { landlordForm, landlordPage, type LandlordHeard } from './landlord-page.ts'

type Form = Readonly<Record<string, unknown>>

interface LandlordRoutes {
  readonly readForm: (context: AskContext) => Promise<Form | undefined>
  readonly refuse: (context: AskContext, problem: PageProblem) => Response | Promise<Response>
  readonly spoken: (context: AskContext, form: Form) => Said
}

const sayingSchema = v.object({
  says: v.picklist(landlordSays),
  id: uuid,
  name: v.optional(v.string(), ''),
  count: v.optional(v.pipe(v.string(), v.regex(/^\d{0,6}$/)), ''),
  from: v.optional(v.string(), ''),
  telephone: v.optional(v.string(), ''),
})

/** Somebody is said to come at most so far ahead. */
const mostDaysAhead = 60

/** Adds its routes to the page's. */
export function landlordPages(
  app: Hono<AskEnv>,
  office: Office,
  { readForm, refuse, spoken }: LandlordRoutes,
): void {
  const { db, clock, ids } = office

  const wrong = (context: AskContext, problem: PageProblem, said: Said, typed: string) => {
    context.set('problem', problem)
    const own = landlordWords[said.language]
    const words =
      problem === 'code-ended'
        ? own.ended
        : problem === 'unknown-code'
          ? own.unknown
          : said.words.problems[problem]
    const status = problem === 'code-ended' ? 410 : problem === 'unknown-code' ? 404 : 400
    return context.html(landlordForm(said, words, typed), status)
  }

  const shown = async (
    context: AskContext,
    said: Said,
    token: string,
    heard: LandlordHeard | null,
    status: 200 | 409 | 422 | 429 = 200,
  ) => {
    const link = await linkByHash(db, hashOfText(token))
    if (!link) return wrong(context, 'unknown-code', said, token)
    const opened = await openLink(db, link)
    if (!opened) return wrong(context, 'unknown-code', said, token)
    if (isLinkOver(link.fields, opened.dwelling.use, dayAt(clock.now()))) {
      return wrong(context, 'code-ended', said, token)
    }
    const home = await askPlaceOf(db, link.stream)
    const page = { opened, home, token, now: clock.now(), ids, heard }
    return context.html(landlordPage(said, page), status)
  }

  app.get('/let', (context) => context.html(landlordForm(context.get('said'))))

  app.post('/let', async (context) => {
    const form = await readForm(context)
    if (!form) return refuse(context, 'unreadable')
    const said = spoken(context, form)
    const typed = typeof form['token'] === 'string' ? form['token'] : ''
    const token = readFollowCode(typed)
    if (token.kind !== 'code') return wrong(context, 'code-mistyped', said, typed)
    return shown(context, said, token.code, null)
  })

  app.post('/let/say', async (context) => {
    const form = await readForm(context)
    if (!form) return refuse(context, 'unreadable')
    const said = spoken(context, form)
    const own = landlordWords[said.language]
    const token = readFollowCode(typeof form['token'] === 'string' ? form['token'] : '')
    if (token.kind !== 'code') return wrong(context, 'code-mistyped', said, '')
    const saying = readSaying(form)
    if (!saying) return refuse(context, 'unreadable')
    const today = dayAt(clock.now())
    const isFar = isDay(saying.from) && saying.from > addDays(today, mostDaysAhead)
    const came = isFar
      ? { fields: [{ field: 'from', problem: 'day-in-future' as const }] }
      : await sayAsLandlord(db, hashOfText(token.code), saying, { now: clock.now(), ids })
    if ('fields' in came) {
      const heard = { notice: own.fix, isAlarm: true, problems: came.fields, typed: form }
      return shown(context, said, token.code, heard, 422)
    }
    if ('problem' in came) {
      if (came.problem === 'unknown-code' || came.problem === 'code-ended') {
        return wrong(context, came.problem, said, token.code)
      }
      const isFull = came.problem === 'additions-full'
      context.set('problem', isFull ? 'additions-full' : 'cannot-now')
      const notice = isFull ? own.full : said.words.problems['cannot-now']
      return shown(context, said, token.code, { notice, isAlarm: true }, isFull ? 429 : 409)
    }
    if (came.moved.length > 0) office.pokes.poke([...came.moved])
    const notice = came.said === 'same' ? own.same : own.done[saying.says]
    return shown(context, said, token.code, { notice })
  })
}

/** Null of what no form of this page sends. */
function readSaying(form: Form): LandlordSaying | null {
  const read = v.safeParse(sayingSchema, form)
  if (!read.success) return null
  const { says, id, from } = read.output
  const [name, telephone] = [cleanText(read.output.name), cleanText(read.output.telephone)]
  return {
    ...{ says, id, from, count: Number(read.output.count) },
    ...{ name: name === '' ? null : name, telephone: telephone === '' ? null : telephone },
  }
}
