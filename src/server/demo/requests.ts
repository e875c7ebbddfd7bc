/**
 * Sample requests of the last two weeks in all states, with what their units have of them. Each step is judged by the
 * same law as a real one; nobody's own chance is touched, so that the people of a demo stay who they are.
 */
import { createWorkingTime, defaultCalendar } from '#domain/calendar.ts'
import { instantToDay } from '#domain/day.ts'
import type { Catalogue, Item } from '#domain/requests/catalogue.ts'
import { errandDueOf, inTimeOf } from '#domain/requests/clocks.ts'
import { courseOf, type JudgedStep } from '#domain/requests/course.ts'
import { errandOf, namedUnits } from '#domain/requests/errand-of.ts'
import { errandId } from '#domain/requests/errand.ts'
import { judgeStep } from '#domain/requests/judge.ts'
import { requestNumber } from '#domain/requests/number.ts'
import type { Request } from '#domain/requests/request.ts'
import { createRequestRules } from '#domain/requests/rules.ts'
import type { RequestStep, StepName } from '#domain/requests/step.ts'
import type { Actor } from '#domain/requests/transition.ts'
import { createRandom, type Random } from './random.ts'

/** A record as it is filled in: what it is, and when and by whom it was made. */
export interface SampleRecord {
  readonly kind: 'request' | 'request-step' | 'errand' | 'errand-step'
  readonly id: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly at: string
  readonly by: string
}

/** A door at which somebody may ask for something. */
export interface SampleDoor {
  readonly household: string
  /** In words, without a name. */
  readonly where: string
}

export interface SampleGrid {
  readonly stream: string
  readonly doors: readonly SampleDoor[]
  readonly worker: string
  readonly staff: string
}

export interface SampleRequests {
  /** By stream, in the order in which they are written. */
  readonly records: ReadonlyMap<string, readonly SampleRecord[]>
}

/** 430 a day among 350,000 people, over two weeks; fewer than ten a day are none, so that small demos stay plain. */
export function requestsPerDay(residents: number): number {
  const count = Math.floor((residents * 430) / 350_000)
  return count < 10 ? 0 : count
}

const days = 14
const hourMs = 3_600_000
const dayMs = 24 * hourMs

type Told = readonly [actor: Actor, step: StepName, hoursLater: number, more?: Partial<RequestStep>]

const answered = { words: '已处理', wordsForAsker: '已处理好，谢谢提醒' }

/** Ways that requests go; each is told as far as today has come. */
const ways: readonly {
  readonly weight: number
  readonly needsUnit: boolean
  readonly steps: readonly Told[]
}[] = [
  {
    ...{ weight: 3, needsUnit: false },
    steps: [['worker', 'settle', 0, { words: '当场处理好了' }]],
  },
  {
    ...{ weight: 9, needsUnit: true },
    steps: [
      ['staff', 'accept', 1],
      ['staff', 'dispatch', 2],
      ['handler', 'sign', 4],
      ['handler', 'answer', 50, { ...answered, ending: 'solved' }],
      ['staff', 'release', 54],
      ['worker', 'call-back', 76, { reached: true, solved: true, content: 'content', by: 'door' }],
    ],
  },
  {
    ...{ weight: 2, needsUnit: true },
    steps: [
      ['staff', 'accept', 2],
      ['staff', 'dispatch', 3],
      ['handler', 'sign', 5],
      ['handler', 'answer', 70, { ...answered, ending: 'partly' }],
      ['staff', 'release', 74],
      ['worker', 'not-solved', 98, { words: '还没有完全好', by: 'door' }],
    ],
  },
  {
    ...{ weight: 2, needsUnit: true },
    steps: [
      ['staff', 'accept', 1],
      ['staff', 'dispatch', 2],
      ['handler', 'sign', 3],
      ['handler', 'ask-suspension', 20, { reason: '等配件' }],
      ['staff', 'suspend', 22, { reason: '等配件', wordsForAsker: '配件到了再修' }],
    ],
  },
  {
    ...{ weight: 2, needsUnit: true },
    steps: [
      ['staff', 'accept', 1],
      ['staff', 'dispatch', 2],
      ['handler', 'ask-return', 5, { reason: '不归我们' }],
    ],
  },
  {
    ...{ weight: 1, needsUnit: false },
    steps: [
      ['staff', 'accept', 1],
      ['staff', 'hand-outside', 4, { wordsForAsker: '已转给供电公司', outsideNumber: '样例-001' }],
    ],
  },
  {
    ...{ weight: 2, needsUnit: false },
    steps: [
      ['staff', 'accept', 1],
      ['staff', 'answer-self', 20, { ending: 'explained', wordsForAsker: '按规定这样办理' }],
      [
        'worker',
        'call-back',
        45,
        { reached: true, solved: true, content: 'partly', by: 'telephone' },
      ],
    ],
  },
  {
    ...{ weight: 1, needsUnit: false },
    steps: [['worker', 'withdraw', 6, { words: '居民说不用了', by: 'door' }]],
  },
  {
    ...{ weight: 1, needsUnit: false },
    steps: [
      ['staff', 'invalidate', 3, { reason: 'no-matter', wordsForAsker: '没有具体事项，欢迎再说' }],
    ],
  },
  {
    weight: 1,
    needsUnit: true,
    steps: [
      ['staff', 'accept', 30],
      ['staff', 'dispatch', 60],
    ],
  },
]

export function makeRequests(options: {
  readonly seed: number
  readonly now: number
  readonly perDay: number
  readonly grids: readonly SampleGrid[]
  readonly catalogue: Catalogue
  /** Account that acts for a unit. */
  readonly handlers: ReadonlyMap<string, string>
}): SampleRequests {
  const random = createRandom(options.seed * 11 + 3)
  const rules = createRequestRules(options.catalogue, null)
  const records = new Map<string, SampleRecord[]>()
  const add = (stream: string, record: SampleRecord) => {
    const list = records.get(stream)
    if (list) list.push(record)
    else records.set(stream, [record])
  }
  const counts = new Map<string, number>()
  const items = options.catalogue.items.filter(
    ({ isStaffOnly, insteadWords }) => !isStaffOnly && !insteadWords,
  )
  for (let back = days; back >= 0; back -= 1) {
    for (let n = 0; n < options.perDay; n += 1) {
      const grid = random.pick(options.grids)
      const begun = options.now - back * dayMs - random.between(1, 9) * hourMs
      const day = instantToDay(new Date(begun).toISOString())
      const count = (counts.get(day) ?? 0) + 1
      counts.set(day, count)
      const way = pickWay(random)
      const fitting = way.needsUnit ? items.filter(({ unit }) => unit) : items
      makeOne({
        random,
        rules,
        add,
        grid,
        begun,
        count,
        way,
        item: random.pick(fitting),
        ...options,
      })
    }
  }
  return { records }
}

function pickWay(random: Random): (typeof ways)[number] {
  const all = ways.flatMap((way) => Array.from({ length: way.weight }, () => way))
  return random.pick(all)
}

function makeOne({
  random,
  rules,
  add,
  grid,
  begun,
  count,
  way,
  item,
  now,
  handlers,
}: {
  readonly random: Random
  readonly rules: ReturnType<typeof createRequestRules>
  readonly add: (stream: string, record: SampleRecord) => void
  readonly grid: SampleGrid
  readonly begun: number
  readonly count: number
  readonly way: (typeof ways)[number]
  readonly item: Item
  readonly now: number
  readonly handlers: ReadonlyMap<string, string>
}): void {
  const id = random.id()
  const at = (ms: number) => new Date(ms).toISOString()
  const door = random.pick(grid.doors)
  const isAtDoor = random.chance(0.8)
  const fields: Request = {
    number: requestNumber({ letters: 'YLJ', at: at(begun), tag: 'S0', count }),
    ...(isAtDoor
      ? { site: door.household, siteKind: 'household' as const }
      : { where: door.where }),
    words: `${item.name}，请来看看`,
    item: item.id,
    itemName: item.name,
    level: item.level,
    source: isAtDoor ? 'door' : random.pick(['desk', 'telephone'] as const),
    at: at(begun),
  }
  add(grid.stream, { kind: 'request', id, fields, at: at(begun), by: grid.worker })
  const steps: JudgedStep[] = []
  const put = (step: JudgedStep) => {
    steps.push(step)
    const { id: record, doneBy, ...said } = step
    add(grid.stream, { kind: 'request-step', id: record, fields: said, at: step.at, by: doneBy })
  }
  put({
    ...{ id: random.id(), doneBy: grid.worker, request: id, step: 'submit', at: at(begun) },
    ...{ level: item.level, actor: 'worker', received: at(begun), moved: true, to: 'submitted' },
    unseen: 0,
  })
  for (const [actor, step, hours, more] of way.steps) {
    const moment = begun + (hours + 0.1) * hourMs
    if (moment > now) break
    const course = courseOf(steps)
    const unit = actor === 'handler' ? course.lead : null
    const until = step === 'suspend' || step === 'ask-suspension' || step === 'hand-outside'
    const said: RequestStep = {
      ...{ request: id, step, at: at(moment), after: course.lastStep },
      ...(step === 'dispatch' && item.unit ? { unit: item.unit } : {}),
      ...(unit ? { unit } : {}),
      ...(until ? { until: instantToDay(at(moment + 6 * dayMs)) } : {}),
      ...more,
    }
    const limits = rules.limitsOf(item.id)
    const by =
      actor === 'worker' ? grid.worker : actor === 'staff' ? grid.staff : handlers.get(unit ?? '')
    if (!by) break
    const verdict = judgeStep(said, {
      ...{ steps, course, actor, by, unit, now: moment, time },
      due: errandDueOf(steps, limits, time),
    })
    if (!verdict.ok || !verdict.moved) break
    const inTime = inTimeOf(said, steps, limits, time, moment)
    put({
      ...said,
      ...{ id: random.id(), doneBy: by, actor, received: at(moment), moved: true },
      ...{ from: verdict.from, to: verdict.to, unseen: verdict.unseen },
      ...(inTime === undefined ? {} : { inTime }),
    })
    if (actor === 'handler' && unit) {
      const { request: _, unit: __, ...own } = said
      const errand = errandId(id, unit, course.round)
      add(unit, {
        ...{ kind: 'errand-step', id: random.id(), at: at(moment), by },
        fields: { ...own, errand, moved: true },
      })
    }
  }
  const course = courseOf(steps)
  const units = new Set(
    steps.filter(({ step }) => step === 'dispatch').flatMap((s) => namedUnits(s)),
  )
  for (const unit of units) {
    const round = course.round
    const errand = errandOf({ id, stream: grid.stream, unit, fields }, steps, null, rules, now)
    // Of an earlier round it is the one that the unit ended.
    const record = errandId(id, unit, round > 1 ? 1 : round)
    add(unit, {
      ...{ kind: 'errand', id: record, at: errand.dispatchedAt, by: grid.staff },
      fields: round > 1 ? { ...errand, round: 1 } : errand,
    })
  }
}

const time = createWorkingTime(defaultCalendar)
