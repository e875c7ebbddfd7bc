/**
 * `/open311/v2/…`: what an outside hotline (12345) speaks, as Open311 GeoReport v2 says it. It hands requests in, each
 * once under its own number, and asks how they stand; this server answers and never calls anybody. Only where the
 * setting HOTLINE is on; `open311-document.ts` is its description.
 */
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { courseOf } from '#domain/requests/course.ts'
import {
  fieldSentence,
  hotlineProblems,
  hotlineSentence,
  isOpenForAsker,
  otherService,
  readHotlineRequest,
  servicesOf,
  stateForAsker,
  toldToAsker,
  type HotlineProblem,
} from '#domain/requests/hotline.ts'
import type { Item } from '#domain/requests/catalogue.ts'
import type { RequestState, RequestStep } from '#domain/requests/step.ts'
import { requestNumberShape } from '#domain/requests/number.ts'
import { isStorableJson } from '#domain/storable.ts'
import { hotlineId } from '../db/audit.ts'
import {
  additionsOf,
  claimAddition,
  findCaller,
  noteCall,
  placeOfKey,
  receive,
  streamOfRequest,
  type HotlineCaller,
} from '../db/hotline.ts'
import { readOwn, type OwnRequest } from '../db/hotline-own.ts'
import { loadGoverning } from '../db/request-rules.ts'
import { isConnectionLost, isOutOfRoom, transact } from '../db/transact.ts'
import { sayAsAsker } from '../ledger/own-steps.ts'
import type { Office } from './context.ts'
import { createAllowance } from './allowance.ts'
import { open311Document } from './open311-document.ts'
import { readQuestion } from './open311-question.ts'

/** Far above what a call with all its words needs. */
const mostBytes = 64 * 1024

interface Variables {
  caller: HotlineCaller
}
type CallEnv = { Variables: Variables }
type Call = Context<CallEnv>

export const open311Path = '/open311/v2'

/** Long: the routes one after the other, each with its answer. */
export function open311Routes(office: Office): Hono<CallEnv> {
  const { db, clock, ids } = office
  const app = new Hono<CallEnv>()
  const allowance = createAllowance(clock, { most: 300, aSecond: 5 })

  app.use('*', async (context, next) => {
    context.header('Cache-Control', 'no-store')
    await next()
  })
  app.get('/openapi.json', (context) => context.json(open311Document))
  app.use(
    '*',
    bodyLimit({ maxSize: mostBytes, onError: (context) => refuse(context as Call, 'too-large') }),
  )
  const known: MiddlewareHandler<CallEnv> = async (context, next) => {
    // What stands in an address ends in the logs of every proxy on the way.
    if (context.req.query('api_key') !== undefined) return refuse(context, 'key-in-address')
    const key = /^Bearer ([\w-]{20,200})$/i.exec(context.req.header('authorization') ?? '')?.[1]
    const caller = key ? await findCaller(db, key) : undefined
    if (!caller) return refuse(context, 'no-key')
    const wait = allowance.take(caller.id)
    await noteCall(db, caller.id, clock.now(), wait > 0)
    if (wait > 0) {
      context.header('Retry-After', String(wait))
      return refuse(context, 'too-many')
    }
    context.set('caller', caller)
    return next()
  }
  app.use('*', known)

  const itemsAt = async (place: string): Promise<readonly Item[]> =>
    servicesOf((await loadGoverning(db, place)).catalogue?.items ?? [])

  /** The place that a call names, or the only one of its key; else the problem's name. */
  const placeOf = async (caller: HotlineCaller, named: string | null): Promise<string> => {
    if (named !== null) return (await placeOfKey(db, caller.places, named)) ?? 'place-unknown'
    const [only] = caller.places
    return caller.places.length === 1 && only ? only : 'place-needed'
  }

  app.get('/services.json', async (context) => {
    const place = await placeOf(context.get('caller'), context.req.query('jurisdiction_id') ?? null)
    if (isProblem(place)) return refuse(context, place)
    return context.json([...(await itemsAt(place)).map(toService), otherToService])
  })
  app.get('/services/:file{.+\\.json}', async (context) => {
    const place = await placeOf(context.get('caller'), context.req.query('jurisdiction_id') ?? null)
    if (isProblem(place)) return refuse(context, place)
    const code = context.req.param('file').replace(/\.json$/, '')
    const isKnown = code === otherService || (await itemsAt(place)).some(({ id }) => id === code)
    if (!isKnown) return refuse(context, 'service-unknown')
    return context.json({ service_code: code, attributes })
  })

  app.post('/requests.json', async (context) => {
    const caller = context.get('caller')
    if (!caller.mayWrite) return refuse(context, 'not-allowed')
    const body = await readCallBody(context)
    if (!body) return refuse(context, 'bad-body')
    if (body['api_key'] !== undefined) return refuse(context, 'key-in-address')
    const read = readHotlineRequest(body)
    if (!read.ok) return refuseFields(context, read.problems.map(fieldSentence))
    const said = read.request
    const place = await placeOf(caller, said.jurisdiction)
    if (isProblem(place)) return refuse(context, place)
    const item = (await itemsAt(place)).find(({ id }) => id === said.item)
    if (said.item !== null && !item) return refuse(context, 'service-unknown')
    const received = await transact(db, (trx) =>
      receive(trx, caller, said, {
        ...{ place, serviceName: item?.name ?? null, id: ids(), now: clock.now() },
      }),
    )
    if ('problem' in received) return refuse(context, received.problem)
    const { number, what, id, request } = received
    if (what === 'added' && request !== null && !(await passOn(id, request))) {
      return refuse(context, 'try-later')
    }
    const notice = stateForAsker.waiting
    return context.json(
      [
        {
          service_request_id: number,
          service_notice: what === 'first' ? notice : '',
          account_id: null,
        },
      ],
      what === 'first' ? 201 : 200,
    )
  })

  /** What a hotline adds to a request that stands in a stream is said there, once, as by whoever asked. */
  const passOn = async (id: string, request: string): Promise<boolean> => {
    let stream = await streamOfRequest(db, request)
    for (let before = null; stream !== null && stream !== before;) {
      for (const { hash, words } of await additionsOf(db, id)) {
        const at = new Date(clock.now()).toISOString()
        const step: RequestStep = { request, step: 'note', at, words, by: 'telephone' }
        const moved = await sayAsAsker(
          db,
          { stream, request },
          step,
          hotlineId,
          { now: clock.now(), ids },
          (trx) => claimAddition(trx, id, hash),
        )
        if (moved.length > 0) office.pokes.poke([...moved])
      }
      void office.requests.wake()
      if ((await additionsOf(db, id)).length === 0) return true
      // It went on with its door meanwhile: it is looked up once more.
      before = stream
      stream = await streamOfRequest(db, request)
    }
    return false
  }

  app.get('/requests.json', async (context) => {
    const question = readQuestion(context.req.query(), clock.now())
    if ('field' in question) {
      return refuseFields(context, [hotlineSentence('bad-query', question.field)])
    }
    const own = await readOwn(db, context.get('caller').id, question)
    const wanted = question.status
    const told = own.map(toReport).filter(({ status }) => !wanted || wanted.includes(status))
    return context.json(told)
  })
  app.get('/requests/:file{.+\\.json}', async (context) => {
    const number = context.req.param('file').replace(/\.json$/, '')
    if (!requestNumberShape.test(number)) return refuse(context, 'request-unknown')
    const [found] = await readOwn(db, context.get('caller').id, {
      ...{ numbers: [number], limit: 1, offset: 0 },
    })
    return found ? context.json([toReport(found)]) : refuse(context, 'request-unknown')
  })

  app.all('*', (context) => refuse(context, 'not-found'))
  app.onError((error, context) => {
    if (isConnectionLost(error) || isOutOfRoom(error)) return refuse(context, 'try-later')
    throw error
  })
  return app
}

const isProblem = (place: string): place is HotlineProblem => Object.hasOwn(hotlineProblems, place)

function refuse(context: Call, problem: HotlineProblem): Response {
  const [code] = hotlineProblems[problem]
  return refusal(context, code, [hotlineSentence(problem)])
}

function refuseFields(context: Call, sentences: readonly string[]): Response {
  return refusal(context, 400, sentences)
}

/** Errors as GeoReport v2 has them: a list, each with a code and a description. */
function refusal(context: Call, code: number, sentences: readonly string[]): Response {
  context.header('Cache-Control', 'no-store')
  const errors = sentences.map((description) => ({ code, description }))
  return context.json(errors, code as ContentfulStatusCode)
}

/** JSON, or a form as GeoReport v2 has it, where `attribute[x]` is named as `x`. Undefined of anything else. */
async function readCallBody(context: Call): Promise<Record<string, unknown> | undefined> {
  const type = context.req.header('content-type') ?? ''
  const text = await context.req.text()
  let body: unknown
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    body = Object.fromEntries(new URLSearchParams(text))
  } else {
    try {
      body = JSON.parse(text)
    } catch {
      return undefined
    }
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
  const flat: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(body)) {
    if (name === 'attribute' && typeof value === 'object') Object.assign(flat, value)
    else flat[/^attribute\[(\w+)\]$/.exec(name)?.[1] ?? name] = value
  }
  return isStorableJson(flat) ? flat : undefined
}

function toService({ id, name, nameEn, group, insteadWords }: Item) {
  return {
    ...{ service_code: id, service_name: name, description: insteadWords ?? nameEn },
    ...{ metadata: true, type: 'realtime', keywords: '', group },
  }
}

const otherToService = {
  ...{ service_code: otherService, service_name: '其他', description: 'Anything else' },
  ...{ metadata: true, type: 'realtime', keywords: '', group: '其他' },
}

const attributeOf = (code: string, order: number, required: boolean, description: string) => ({
  ...{ variable: true, code, datatype: 'string', required, datatype_description: '' },
  ...{ order, description },
})
/** What is asked for beside GeoReport's own parameters, of every service. */
const attributes = [
  attributeOf('outside_number', 1, true, '贵方编号 Your own number of the request'),
  attributeOf('answer_by', 2, false, '贵方承诺的答复日期 The day by which you promised an answer'),
  {
    ...attributeOf('call_allowed', 3, false, '办理单位可以致电本人 The unit may call the person'),
    datatype: 'singlevaluelist',
    values: [
      { key: 'yes', name: '可以' },
      { key: 'no', name: '不可以' },
    ],
  },
]

/** How one stands: nothing of what anybody else said, and no person. */
function toReport(own: OwnRequest) {
  const state = stateOf(own)
  const told = own.told
    ? [{ at: (own.decided_at ?? own.received_at).toISOString(), words: own.told }]
    : toldToAsker(own.steps)
  const words = [stateForAsker[state], told.at(-1)?.words].filter(Boolean).join('：')
  return {
    service_request_id: own.number,
    status: isOpenForAsker(own.survivor && state === 'merged' ? own.survivor : state)
      ? ('open' as const)
      : ('closed' as const),
    status_notes: words,
    service_code: own.service ?? otherService,
    service_name: own.service_name ?? otherToService.service_name,
    agency_responsible: own.unit_name,
    requested_datetime: own.asked_at.toISOString(),
    updated_datetime: own.updated.toISOString(),
    expected_datetime: own.promise?.toISOString() ?? null,
    outside_number: own.outside_number,
    answers: told,
  }
}

function stateOf({ state, steps, request }: OwnRequest): RequestState {
  if (state === 'turned-away') return 'invalid'
  if (state === 'waiting') return 'waiting'
  return courseOf(steps.filter((step) => step.request === request)).state
}
