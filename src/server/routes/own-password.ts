/** `POST /api/session/password`: one's own password, by whoever knows the one of before. */
import { Hono } from 'hono'
import { isWeakPassword } from '#domain/password.ts'
import { changePasswordSchema } from '#protocol/places.ts'
import { exchangePassword, findAccountById } from '../db/accounts.ts'
import { recordAct } from '../db/acts.ts'
import { forgetAttempt, noteAttempt } from '../db/attempts.ts'
import { hashPassword, isPassword } from '../db/passwords.ts'
import { endSessionsOf } from '../db/sessions.ts'
import { limitBody, readBody, refuse, type Env, type Office } from './context.ts'
import { hashOf, mostPerLogin, windowMs } from './session.ts'

export function ownPasswordRoutes(office: Office): Hono<Env> {
  const { db, clock, ids } = office
  const app = new Hono<Env>()
  app.post('/', limitBody(4 * 1024), async (context) => {
    const request = await readBody(context, changePasswordSchema)
    if (!request) return refuse(context, 'malformed')
    const session = context.get('session')
    const account = await findAccountById(db, session.account)
    if (!account) return refuse(context, 'session-ended')
    const now = new Date(clock.now())
    // Counted together with the sign-ins: an unattended device is no way to guess without end.
    const attempt = ids()
    const key = `login/${hashOf(account.login)}`
    const since = new Date(now.getTime() - windowMs)
    const counts = await noteAttempt(db, attempt, [key], now, since)
    if ((counts.get(key) ?? 0) > mostPerLogin) {
      await forgetAttempt(db, attempt)
      return refuse(context, 'too-many-attempts', windowMs / 1000)
    }
    const { password, newPassword } = request
    // Changed a moment ago, and the answer was lost.
    const isDone = await isPassword(newPassword, account.password)
    if (!isDone && !(await isPassword(password, account.password))) {
      return refuse(context, 'wrong-password')
    }
    await forgetAttempt(db, attempt)
    if (!isDone) {
      if (isWeakPassword(newPassword, account.login)) return refuse(context, 'weak-password')
      const hash = await hashPassword(newPassword, office.randomBytes(16))
      await db.transaction().execute(async (trx) => {
        if (!(await exchangePassword(trx, account.id, account.password, hash))) return
        await endSessionsOf(trx, account.id, context.get('sessionHash'))
        await recordAct(trx, {
          id: ids(),
          account: account.id,
          role: account.role,
          device: session.device,
          at: now,
          act: 'password-changed',
          subject: account.id,
          details: {},
        })
      })
      // Open event streams of the sessions that ended look at once whether they may go on.
      office.pokes.poke([])
    }
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true })
  })
  return app
}
