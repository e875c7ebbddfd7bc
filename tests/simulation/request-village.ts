/**
 * A village with two units: two workers of one grid, an office with two tablets, two handlers of one unit and one of
 * another, each with the real code of the device; who asked acts by link, and the calendar by itself.
 */
import { courseOf, type Course, type JudgedStep } from '#domain/requests/course.ts'
import type { RequestStep, StepName } from '#domain/requests/step.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import type { OfficeAccount } from '#tests/support/model-office.ts'
import { createModelVillage } from './model-village.ts'
import { areCurrent, isQuiet } from './quiet.ts'
import { breathe, reopen, save, settleVillage, type Seat } from './village.ts'

/** The unit of the lamps, and the unit of the pipes. */
export const units = [
  '0000000a-0000-7000-8000-0000000000a1',
  '0000000a-0000-7000-8000-0000000000a2',
] as const
export const askerId = '0000000d-0000-7000-8000-0000000000ff'

const handler = (number: number, unit: string): OfficeAccount => ({
  id: `0000000d-0000-7000-8000-0000000000${number}`,
  login: `handler${number}`,
  password: `password-${number}`,
  name: `样本员${number}`,
  role: 'handler',
  scope: [unit],
})

export type RequestVillage = Awaited<ReturnType<typeof openRequestVillage>>
export type Who = 'worker' | 'colleague' | 'office' | 'tablet' | 'lamps' | 'lamps2' | 'pipes'
export const everybody: readonly Who[] = [
  ...(['worker', 'colleague', 'office', 'tablet', 'lamps', 'lamps2', 'pipes'] as const),
]

/** Words that nobody says twice: a law finds a step by them. */
let said = 0

export async function openRequestVillage() {
  const [lamps, pipes] = units
  const office = createModelVillage(
    [handler(21, lamps), handler(22, lamps), handler(23, pipes)],
    [0, 1, 3, 3, 4, 5, 6],
  )
  for (const unit of units) {
    office.model.seed(unit, 'place', unit, {
      placeKind: 'unit',
      name: unit === lamps ? '路灯所' : '水务所',
    })
  }
  const village = await settleVillage(office)
  const seatOf = (who: Who) => village.seats[everybody.indexOf(who)] as Seat
  const [grid = ''] = office.streams
  const iso = (app: DeviceParts) => new Date(app.now()).toISOString()
  const now = () => new Date(office.now()).toISOString()

  /** Time goes on for everybody. */
  const wait = (milliseconds: number) => {
    office.advance(milliseconds)
    for (const { clock } of village.seats) clock.advance(milliseconds)
  }

  const offline = (...who: readonly Who[]) => {
    for (const one of who) seatOf(one).tablet.network.disconnect()
  }

  /** Whoever is named is connected, and sends and fetches until nothing moves any more. */
  const meet = async (...who: readonly Who[]) => {
    const seats = who.map(seatOf)
    for (const seat of seats) seat.tablet.network.connect()
    for (let round = 0; round < 40; round += 1) {
      await breathe()
      for (const seat of seats) {
        seat.tab.touch()
        await reopen(seat)
        seat.tab.app.syncActs.syncNow()
      }
      wait(5_000)
      await breathe()
      if (round > 1 && seats.every(isQuiet) && (await areCurrent(office, seats))) break
    }
  }

  const saved = async (who: Who, intents: (app: DeviceParts) => readonly Intent[]) => {
    const seat = seatOf(who)
    await reopen(seat)
    await save(seat, intents(seat.tab.app))
  }

  /** A request of the first grid, about its household, with somebody who asked. */
  const take = async (who: Who = 'worker', words = '二楼灯不亮'): Promise<string> => {
    let id = ''
    await saved(who, (app) => {
      id = app.work.newId(grid)
      return takenIntents(app, grid, id, office.household(grid), words)
    })
    return id
  }

  /** What somebody does with a request as their screen shows it. */
  const does = (who: Who, request: string, step: StepName, more: object = {}) =>
    saved(who, (app) => stepIntents(app, request, step, more))

  /** Who asked, by link: seen what `after` says, and else everything. */
  const asks = (request: string, step: StepName, more: Partial<RequestStep> = {}) =>
    office.model.requests.stepAs('asker', askerId, {
      ...{ request, step, at: now(), after: stepsOf(request).at(-1)?.id ?? null, by: 'link' },
      ...more,
    })

  const stepsOf = (request: string) => office.model.requests.stepsOf(request)
  const courseNow = (request: string): Course => courseOf(stepsOf(request))
  /** As a device shows it. */
  const shownTo = (who: Who, request: string): Course =>
    courseOf(stepsShown(seatOf(who).tab.app, request))

  /** A request that the unit of the lamps has. */
  const dispatched = async () => {
    const request = await take()
    await meet('worker', 'office')
    await does('office', request, 'accept')
    await does('office', request, 'dispatch', { unit: lamps })
    await meet(...everybody)
    return request
  }

  /** One whose answer the office released. */
  const released = async () => {
    const request = await dispatched()
    await does('lamps', request, 'answer', { ending: 'solved', wordsForAsker: '灯已换好' })
    await meet(...everybody)
    await does('office', request, 'release')
    await meet(...everybody)
    return request
  }

  return {
    ...{ office, village, seatOf, grid, lamps, pipes, now, iso, wait, offline, meet, take, does },
    ...{ asks, stepsOf, courseNow, shownTo, dispatched, released, saved },
    errandAt: (who: Who, request: string) =>
      [...seatOf(who).tab.app.register.all('errand')].find(
        ({ fields }) => fields.request === request,
      ),
    close: () => village.close(),
  }
}

/** Steps of a request as a device holds them, in the order of the stream. */
export function stepsShown(
  app: Pick<DeviceParts, 'register'>,
  request: string,
): readonly JudgedStep[] {
  return [...app.register.all('request-step')]
    .filter(({ fields, version }) => fields.request === request && version > 0)
    .sort((a, b) => a.version - b.version)
    .map(({ id, by, fields }) => ({ ...fields, id, doneBy: by ?? '' }))
}

export function takenIntents(
  app: Pick<DeviceParts, 'work' | 'now'>,
  stream: string,
  id: string,
  household: string,
  words: string,
): readonly Intent[] {
  const at = new Date(app.now()).toISOString()
  const create = (kind: Intent['kind'], record: string, fields: object) =>
    ({ op: 'create', kind, record, stream, fields }) as Intent
  return [
    create('request', id, {
      ...{ number: 'YSQ-261123-01-01', words, level: 'ordinary', source: 'door', at },
      ...{ site: household, siteKind: 'household' },
    }),
    create('request-step', app.work.newId(stream), {
      ...{ request: id, step: 'submit', level: 'ordinary', at },
    }),
    create('asker', app.work.newId(stream), {
      ...{ request: id, name: '样例居民', telephone: '10012340078', isToldToUnit: true },
    }),
  ]
}

/** Of a unit's device a step of its errand, of all others one of the request; nothing where it shows neither. */
export function stepIntents(
  app: Pick<DeviceParts, 'work' | 'register' | 'now'>,
  request: string,
  step: StepName,
  more: object = {},
): readonly Intent[] {
  const { register, work } = app
  said += 1
  const common = { step, at: new Date(app.now()).toISOString(), words: `第${said}句`, ...more }
  const errand = [...register.all('errand')]
    .filter(({ fields }) => fields.request === request)
    .sort((a, b) => a.fields.round - b.fields.round)
    .at(-1)
  if (errand) {
    const fields = { errand: errand.id, after: errand.fields.lastStep ?? null, ...common }
    const { stream } = errand
    return [
      { op: 'create', kind: 'errand-step', record: work.newId(stream), stream, fields } as Intent,
    ]
  }
  const held = register.get('request', request)
  if (!held) return []
  const { stream } = held
  const own = [...register.all('request-step')]
    .filter(({ fields }) => fields.request === request)
    .sort((a, b) => (a.version || Infinity) - (b.version || Infinity))
  const fields = { request, after: own.at(-1)?.id ?? null, ...common }
  return [{ op: 'create', kind: 'request-step', record: work.newId(stream), stream, fields }]
}
