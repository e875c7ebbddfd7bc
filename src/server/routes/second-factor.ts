/** The second factor: asked for at sign-in, set up there or under 我的, and ended by its owner where the policy lets them. */
import { Hono } from 'hono'
import type { Role } from '#domain/account.ts'
import type { Problem } from '#protocol/problem.ts'
import { beginFactorSchema, factorCodeSchema, type FactorToSet } from '#protocol/second-factor.ts'
import type { SignInRequest } from '#protocol/session.ts'
import { findAccountById, type AccountRow } from '../db/accounts.ts'
import { recordAct, type ActName } from '../db/acts.ts'
import { isFactorRequired } from '../db/policies.ts'
import {
  beginFactor,
  bytesToSecret,
  confirmFactor,
  dropFactor,
  findFactor,
  makeRecoveryCode,
  recoveryCodes,
  secretBytes,
  setRecovery,
  uriOf,
  useCode,
} from '../db/second-factors.ts'
import type { Database } from '../db/schema.ts'
import { limitBody, readBody, refuse, type Env, type Office, type RouteContext } from './context.ts'
import type { Transaction } from 'kysely'

/** Since this version an app asks for a code. */
const sinceProtocol = 3

export type FactorChecked =
  | { readonly by: 'code' | 'recovery' | null; readonly codes?: readonly string[] }
  | { readonly problem: Problem; readonly more?: { readonly factor: FactorToSet } }

/** At a sign-in whose password was right. */
export async function checkFactor(
  office: Office,
  account: AccountRow,
  { protocol, code, device }: SignInRequest,
): Promise<FactorChecked> {
  const { db } = office
  const now = office.clock.now()
  const factor = await findFactor(db, account.id)
  if (factor?.confirmed_at) {
    if (protocol < sinceProtocol) return { problem: 'app-too-old' }
    if (code === undefined) return { problem: 'code-needed' }
    const by = await db.transaction().execute((trx) => useCode(trx, account.id, code, now))
    return by === null ? { problem: 'wrong-code' } : { by }
  }
  if (!(await isFactorRequired(db, account))) return { by: null }
  if (protocol < sinceProtocol) return { problem: 'app-too-old' }
  if (code === undefined) {
    return { problem: 'factor-to-set', more: { factor: await toSet(office, account) } }
  }
  const actor = { account: account.id, role: account.role, device }
  const codes = await confirmed(office, actor, code)
  return codes === null ? { problem: 'wrong-code' } : { by: 'code', codes }
}

async function toSet(office: Office, { id, login }: AccountRow): Promise<FactorToSet> {
  const fresh = bytesToSecret(office.randomBytes(secretBytes))
  const secret = await beginFactor(office.db, id, fresh, new Date(office.clock.now()))
  return { secret, uri: uriOf(secret, login) }
}

interface Actor {
  readonly account: string
  readonly role: Role
  readonly device: string
}

/** The recovery codes of a factor that its first code has put in force; null where the code is wrong. */
async function confirmed(
  office: Office,
  actor: Actor,
  code: string,
): Promise<readonly string[] | null> {
  const codes = newCodes(office)
  const isSet = await office.db.transaction().execute(async (trx) => {
    if (!(await confirmFactor(trx, actor.account, code, codes, office.clock.now()))) return false
    await record(trx, office, actor, 'factor-set')
    return true
  })
  return isSet ? codes : null
}

function newCodes(office: Office): readonly string[] {
  return Array.from({ length: recoveryCodes }, () => makeRecoveryCode(office.randomBytes))
}

async function record(
  trx: Transaction<Database>,
  office: Office,
  { account, role, device }: Actor,
  act: ActName,
): Promise<void> {
  await recordAct(trx, {
    ...{ id: office.ids(), account, role, device, at: new Date(office.clock.now()) },
    ...{ act, subject: account, details: {} },
  })
}

export function secondFactorRoutes(office: Office): Hono<Env> {
  const { db } = office
  const app = new Hono<Env>()
  app.use(limitBody(4 * 1024))
  app.get('/', async (context) => {
    const { account, role } = context.get('session')
    const factor = await findFactor(db, account)
    const isOn = Boolean(factor?.confirmed_at)
    const isRequired = await isFactorRequired(db, { id: account, role })
    context.header('Cache-Control', 'no-store')
    return context.json({
      ok: true,
      isOn,
      isRequired,
      codesLeft: isOn ? (factor?.recovery.length ?? 0) : 0,
    })
  })
  app.post('/begin', async (context) => {
    const request = await readBody(context, beginFactorSchema)
    if (!request) return refuse(context, 'malformed')
    return paced(office, context, async (account) => {
      const isRight = await office.hasher.verify(request.password, account.password, true)
      if (!isRight) return 'wrong-password'
      if ((await findFactor(db, account.id))?.confirmed_at) return 'not-allowed'
      return toSet(office, account)
    })
  })
  app.post('/confirm', async (context) => {
    const request = await readBody(context, factorCodeSchema)
    if (!request) return refuse(context, 'malformed')
    return paced(office, context, async () => {
      const codes = await confirmed(office, context.get('session'), request.code)
      return codes === null ? 'wrong-code' : { codes }
    })
  })
  app.post('/codes', (context) =>
    byCode(office, context, 'recovery-codes-made', async (trx, account) => {
      const codes = newCodes(office)
      await setRecovery(trx, account, codes)
      return { codes }
    }),
  )
  app.post('/end', async (context) => {
    const { account: id, role } = context.get('session')
    if (await isFactorRequired(db, { id, role })) return refuse(context, 'not-allowed')
    return byCode(office, context, 'factor-ended', async (trx, account) => {
      await dropFactor(trx, account)
      return {}
    })
  })
  return app
}

/** What somebody does to the own factor with a code of it. */
async function byCode(
  office: Office,
  context: RouteContext,
  act: ActName,
  work: (trx: Transaction<Database>, account: string) => Promise<object>,
): Promise<Response> {
  const request = await readBody(context, factorCodeSchema)
  if (!request) return refuse(context, 'malformed')
  const actor = context.get('session')
  return paced(office, context, () =>
    office.db.transaction().execute(async (trx) => {
      const by = await useCode(trx, actor.account, request.code, office.clock.now())
      if (by === null) return 'wrong-code'
      const more = await work(trx, actor.account)
      await record(trx, office, actor, act)
      return more
    }),
  )
}

/** An unattended device is no way to guess without end: counted as the device's sign-ins are. */
async function paced(
  office: Office,
  context: RouteContext,
  work: (account: AccountRow) => Promise<object | Problem>,
): Promise<Response> {
  const { account: id, device } = context.get('session')
  const account = await findAccountById(office.db, id)
  if (!account) return refuse(context, 'session-ended')
  const who = { login: account.login, address: office.caller.addressOf(context), device }
  const answer = await office.pace.inTurn(who, async (turn) => {
    if (turn.wait > 0) return refuse(context, 'too-many-attempts', turn.wait)
    const done = await work(account)
    if (typeof done === 'string') {
      if (done === 'wrong-code' || done === 'wrong-password') await turn.fail()
      return refuse(context, done)
    }
    await turn.succeed()
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, ...done })
  })
  return answer ?? refuse(context, 'too-many-attempts', 1)
}
