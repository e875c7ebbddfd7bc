/** `POST /api/session/password`: one's own password, by whoever knows the one of before. */
import { Hono } from 'hono'
import { changePasswordSchema } from '#protocol/places.ts'
import { exchangePassword, findAccountById } from '../db/accounts.ts'
import { findAct, recordAct } from '../db/acts.ts'
import { endSessionsOf } from '../db/sessions.ts'
import { isGuessable } from '../db/guessable.ts'
import { limitBody, readBody, refuse, type Env, type Office } from './context.ts'

export function ownPasswordRoutes(office: Office): Hono<Env> {
  const { db, clock, ids } = office
  const app = new Hono<Env>()
  app.post('/', limitBody(4 * 1024), async (context) => {
    const request = await readBody(context, changePasswordSchema)
    if (!request) return refuse(context, 'malformed')
    const { device, account: id } = context.get('session')
    const account = await findAccountById(db, id)
    if (!account) return refuse(context, 'session-ended')
    const done = () => {
      context.header('Cache-Control', 'no-store')
      return context.json({ ok: true })
    }
    const act = request.act?.toLowerCase() ?? ids()
    const before = await findAct(db, act)
    if (before) {
      // Changed a moment ago, and the answer was lost: the device's own id says so, and nothing is guessed.
      const isOwn = before.account === id && before.act === 'password-changed'
      return isOwn ? done() : refuse(context, 'malformed')
    }
    // Counted together with the device's sign-ins: an unattended one is no way to guess without end.
    const who = { login: account.login, address: office.caller.addressOf(context), device }
    const answer = await office.pace.inTurn(who, async (turn) => {
      if (turn.wait > 0) return refuse(context, 'too-many-attempts', turn.wait)
      const { password, newPassword } = request
      if (!(await office.hasher.verify(password, account.password, true))) {
        await turn.fail()
        return refuse(context, 'wrong-password')
      }
      await turn.succeed()
      if (newPassword === password || isGuessable(newPassword, account.login, [account.name])) {
        return refuse(context, 'weak-password')
      }
      const hash = await office.hasher.hash(newPassword, office.randomBytes(16))
      const isChanged = await db.transaction().execute(async (trx) => {
        if (!(await exchangePassword(trx, account.id, account.password, hash))) return false
        await endSessionsOf(trx, account.id, context.get('session').id)
        await recordAct(trx, {
          id: act,
          account: account.id,
          role: account.role,
          device,
          at: new Date(clock.now()),
          act: 'password-changed',
          subject: account.id,
          details: {},
        })
        return true
      })
      if (!isChanged) return refuse(context, 'wrong-password')
      // Open event streams of the sessions that ended look at once whether they may go on.
      office.pokes.wake({ account: account.id })
      return done()
    })
    return answer ?? refuse(context, 'too-many-attempts', 1)
  })
  return app
}
