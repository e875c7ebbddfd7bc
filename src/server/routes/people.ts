/** `/api/people`: accounts as whoever runs an office keeps them. */
import { Hono } from 'hono'
import {
  accountActSchema,
  changeAccountSchema,
  handOverSchema,
  makeAccountSchema,
} from '#protocol/places.ts'
import { oneTimesSchema, type OneTimes } from '#protocol/place-book.ts'
import { makePassword, oneTimeMs } from '../acts/one-time-password.ts'
import {
  changeAccount,
  closeAccount,
  handOver,
  makeAccount,
  reopenAccount,
} from '../acts/people.ts'
import { resetPassword } from '../acts/passwords.ts'
import type { Performed } from '../acts/perform.ts'
import { resetFactor } from '../acts/second-factor.ts'
import { findAccountById } from '../db/accounts.ts'
import { actingOf, actRoute, answer, maxActBytes } from './acting.ts'
import { limitBody, readBody, refuse, type Env, type Office, type RouteContext } from './context.ts'

export function peopleRoutes(office: Office): Hono<Env> {
  const { db } = office
  const app = new Hono<Env>()
  app.use(limitBody(maxActBytes))
  /** The open event streams of the account look at once whether their sessions live on. */
  const lookAfter = async (account: string, act: Promise<Performed>): Promise<Performed> => {
    const performed = await act
    if (performed.ok) office.pokes.wake({ account: account.toLowerCase() })
    return performed
  }
  app.post('/make', async (context) => {
    const request = await readBody(context, makeAccountSchema)
    if (!request) return refuse(context, 'malformed')
    return withOneTime(office, context, (oneTime) =>
      makeAccount(db, actingOf(office, context, request.act), request, oneTime),
    )
  })
  app.post('/one-time', async (context) => {
    const request = await readBody(context, oneTimesSchema)
    if (!request) return refuse(context, 'malformed')
    return giveOneTimes(office, context, request.accounts, lookAfter)
  })
  app.post('/reset', async (context) => {
    const request = await readBody(context, accountActSchema)
    if (!request) return refuse(context, 'malformed')
    return withOneTime(office, context, (oneTime) =>
      lookAfter(
        request.account,
        resetPassword(db, actingOf(office, context, request.act), request.account, oneTime),
      ),
    )
  })
  app.post(
    '/change',
    actRoute(office, changeAccountSchema, ({ account, before: seen, ...given }, acting) =>
      lookAfter(account, changeAccount(db, acting, account, { ...given, seen })),
    ),
  )
  app.post(
    '/reopen',
    actRoute(office, changeAccountSchema, ({ account, ...given }, acting) =>
      reopenAccount(db, acting, account, given),
    ),
  )
  app.post(
    '/close',
    actRoute(office, accountActSchema, ({ account }, acting) =>
      lookAfter(account, closeAccount(db, acting, account)),
    ),
  )
  app.post(
    '/reset-factor',
    actRoute(office, accountActSchema, ({ account }, acting) => resetFactor(db, acting, account)),
  )
  app.post(
    '/hand-over',
    actRoute(office, handOverSchema, ({ account, to }, acting) =>
      lookAfter(account, handOver(db, acting, account, to)),
    ),
  )
  return app
}

/** Makes a password that is told in this answer alone. */
async function withOneTime(
  office: Office,
  context: RouteContext,
  work: (oneTime: { readonly hash: string; readonly until: Date }) => Promise<Performed>,
): Promise<Response> {
  const password = makePassword(office.randomBytes)
  const hash = await office.hasher.hash(password, office.randomBytes(16))
  const until = new Date(office.clock.now() + oneTimeMs)
  const performed = await work({ hash, until })
  return answer(office, context, performed, { password, until: until.toISOString() })
}

/**
 * One-time passwords for many who have not signed in yet, each an act of its own. Whoever has a password of their own
 * keeps it, and is left out of the answer.
 */
async function giveOneTimes(
  office: Office,
  context: RouteContext,
  accounts: OneTimes['accounts'],
  lookAfter: (account: string, act: Promise<Performed>) => Promise<Performed>,
): Promise<Response> {
  const until = new Date(office.clock.now() + oneTimeMs)
  const passwords: { account: string; password: string }[] = []
  for (const { account, act } of accounts) {
    // Asked under lock as well, by the act itself; here for nothing but the time of a hash.
    const isWaiting = (await findAccountById(office.db, account))?.one_time_until ?? null
    if (isWaiting === null) continue
    const password = makePassword(office.randomBytes)
    const hash = await office.hasher.hash(password, office.randomBytes(16))
    const acting = actingOf(office, context, act)
    const given = resetPassword(office.db, acting, account, { hash, until }, { onlyWaiting: true })
    if ((await lookAfter(account, given)).ok) passwords.push({ account, password })
  }
  context.header('Cache-Control', 'no-store')
  return context.json({ ok: true, passwords, until: until.toISOString() })
}
