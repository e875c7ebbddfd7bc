/** `/api/purge`: what is purged next, for the office to see, to keep and to mend; and what waits for a decision. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { dayAt } from '#domain/day.ts'
import type { Problem } from '#protocol/problem.ts'
import {
  agreeRequestSchema,
  keepRequestSchema,
  withdrawRequestSchema,
  type ListedHold,
} from '#protocol/purge.ts'
import {
  agreeToPurge,
  keepListed,
  letGo,
  withdrawFromPurge,
  type Answering,
} from '../acts/purge.ts'
import {
  countOthers,
  countRequests,
  countVisits,
  readNamed,
  readGuards,
  readKept,
  readPeople,
  readRequests,
  readVisits,
  rootsOf,
} from '../db/purge-read.ts'
import { streamsOf } from '../db/streams.ts'
import { noticeDays } from '../ledger/purge-list.ts'
import { limitBody, readBody, refuse, type Env, type Office, type RouteContext } from './context.ts'

const isUuid = (text: string) => v.safeParse(v.pipe(v.string(), v.uuid()), text).success

export function purgeRoutes(office: Office): Hono<Env> {
  const { db } = office
  const app = new Hono<Env>()
  app.use(limitBody(4 * 1024))

  /** The own streams of whoever asks, the offices that they are of, and how long each notice still has to stand. */
  const look = async (account: string) => {
    const streams = (await streamsOf(db, account)).filter(({ own }) => own).map(({ id }) => id)
    const roots = await rootsOf(db, streams)
    const guards = await readGuards(db, [...new Set(roots.values())])
    const runs = new Map(guards.map(({ stream, run }) => [stream, run]))
    const daysLeft = ({ stream, listedRun }: { stream: string; listedRun: number }) => {
      const run = runs.get(roots.get(stream) ?? '') ?? 0
      return Math.min(noticeDays, Math.max(0, noticeDays - (run - listedRun)))
    }
    return { streams, guards, daysLeft }
  }

  app.get('/', async (context) => {
    const { streams, guards, daysLeft } = await look(context.get('session').account)
    const now = office.clock.now()
    const holds = guards.flatMap(
      ({ stream, held, first_by, second_by, firstName }): ListedHold[] => {
        // Agreed by two: it goes on by itself at the next pass.
        if (held === null || second_by !== null) return []
        const firstBy = first_by === null ? null : { id: first_by, name: firstName ?? '' }
        const common = { place: stream, firstBy }
        return held.why === 'clock'
          ? [{ ...held, ...common, now: new Date(now).toISOString() }]
          : [{ ...held, ...common, due: { ...held.due }, usual: { ...held.usual } }]
      },
    )
    const { people, inAll } = await readPeople(db, streams, daysLeft)
    context.header('Cache-Control', 'no-store')
    return context.json({
      ok: true,
      today: dayAt(now),
      holds,
      people,
      peopleInAll: inAll,
      visits: await countVisits(db, streams),
      requests: await countRequests(db, streams),
      ...(await readNamed(db, streams, daysLeft)),
      others: await countOthers(db, streams),
      kept: await readKept(db, streams),
    })
  })
  const oneGrid =
    (read: typeof readVisits | typeof readRequests) =>
    async (context: RouteContext): Promise<Response> => {
      const stream = (context.req.param('stream') ?? '').toLowerCase()
      if (!isUuid(stream)) return refuse(context, 'malformed')
      const { streams, daysLeft } = await look(context.get('session').account)
      if (!streams.includes(stream)) return refuse(context, 'not-found')
      context.header('Cache-Control', 'no-store')
      return context.json({ ok: true, ...(await read(db, stream, daysLeft)) })
    }
  app.get('/:stream', oneGrid(readVisits))
  app.get('/:stream/requests', oneGrid(readRequests))

  const answer = <T extends v.GenericSchema>(
    schema: T,
    act: (answering: Answering, request: v.InferOutput<T>) => Promise<Problem | null>,
  ) => {
    return async (context: RouteContext): Promise<Response> => {
      const request = await readBody(context, schema)
      if (!request) return refuse(context, 'malformed')
      const { account, role, device } = context.get('session')
      const answering = { account: { id: account, role }, device, now: office.clock.now() }
      const problem = await act(answering, request)
      if (problem) return refuse(context, problem)
      context.header('Cache-Control', 'no-store')
      return context.json({ ok: true })
    }
  }
  app.post(
    '/keep',
    answer(keepRequestSchema, (by, request) => keepListed(db, by, request)),
  )
  app.post(
    '/let-go',
    answer(keepRequestSchema, (by, request) => letGo(db, by, request)),
  )
  app.post(
    '/agree',
    answer(agreeRequestSchema, (by, request) => agreeToPurge(db, by, request)),
  )
  app.post(
    '/withdraw',
    answer(withdrawRequestSchema, (by, request) => withdrawFromPurge(db, by, request)),
  )
  return app
}
