/** What happens in a simulated day of requests, done on the devices of a village. */
import { addDays, dayAt } from '#domain/day.ts'
import { courseOf } from '#domain/requests/course.ts'
import type { StepName } from '#domain/requests/step.ts'
import { stepsFor, type Actor } from '#domain/requests/transition.ts'
import type { RequestHappening } from './request-happenings.ts'
import { everybody, stepsShown, type RequestVillage, type Who } from './request-village.ts'
import { breathe } from './village.ts'

const actors: Readonly<Record<Who, Actor>> = {
  ...{ worker: 'worker', colleague: 'worker', office: 'staff', tablet: 'staff' },
  ...{ lamps: 'handler', lamps2: 'handler', pipes: 'handler' },
}
/** Steps that a unit's screen has; the others of its role say the same of the request itself. */
const ofErrand: readonly StepName[] = [
  ...(['sign', 'note', 'answer', 'resume', 'ask-return', 'ask-suspension'] as const),
  ...(['ask-extension', 'withdraw-ask'] as const),
]
const ofAsker: readonly StepName[] = ['note', 'rate', 'rate', 'not-solved', 'withdraw', 'undo']

/** What carries a request on is tapped more often than what ends it. */
const often: ReadonlySet<StepName> = new Set([
  ...(['accept', 'dispatch', 'sign', 'answer', 'release', 'call-back', 'not-solved'] as const),
  ...(['recall', 'ask-suspension', 'ask-return', 'suspend', 'grant-return', 'send-back'] as const),
  ...(['resume', 'add-unit', 'merge', 'part', 'undo'] as const),
])

const among = <T>(list: readonly T[], number: number): T | undefined =>
  list[number % Math.max(1, list.length)]

export async function liveRequests(
  village: RequestVillage,
  happening: RequestHappening,
): Promise<void> {
  const { office } = village
  switch (happening.do) {
    case 'take':
      await village.take(among(everybody, happening.device) ?? 'worker')
      break
    case 'step':
      await tap(village, happening)
      break
    case 'asker': {
      const request = among(requestsOf(village), happening.pick)
      const step = among(ofAsker, happening.choice)
      if (!request || !step) break
      const more = step === 'rate' ? { solved: happening.choice % 2 === 0 } : {}
      village.asks(request, step, { ...more, ...(happening.seen ? {} : { after: null }) })
      break
    }
    case 'move-home': {
      const dwelling = office.dwelling(among(office.streams, happening.to) ?? '')
      await village.saved('office', ({ register }) =>
        register.get('dwelling', dwelling) &&
        register.get('household', office.household(village.grid))
          ? [
              {
                op: 'patch',
                kind: 'household',
                record: office.household(village.grid),
                fields: { dwelling },
              },
            ]
          : [],
      )
      break
    }
    case 'meet':
      await village.meet(...everybody.filter((_, index) => (happening.who & (1 << index)) !== 0))
      return
    case 'calendar':
      office.model.requests.runCalendar()
      break
    default:
      await village.village.act(happening)
      return
  }
  await breathe()
}

const requestsOf = ({ office }: RequestVillage): readonly string[] =>
  office.streams
    .flatMap((stream) => office.model.records(stream, 'request'))
    .filter(({ removed }) => !removed)
    .map(({ id }) => id)
    .sort()

/** One of the buttons that the screen of a device has for a request. */
async function tap(
  village: RequestVillage,
  { device, pick, choice, value }: Extract<RequestHappening, { readonly do: 'step' }>,
): Promise<void> {
  const who = among(everybody, device) ?? 'worker'
  const actor = actors[who]
  const { app } = village.seatOf(who).tab
  const isUnit = actor === 'handler'
  const shown = isUnit
    ? [...app.register.all('errand')].map(({ fields }) => fields.request)
    : [...app.register.all('request')].map(({ id }) => id)
  const request = among([...new Set(shown)].sort(), pick)
  if (!request) return
  const state = isUnit
    ? village.errandAt(who, request)?.fields.state
    : courseOf(stepsShown(app, request)).state
  if (!state) return
  const offered = stepsFor(actor, state).filter((step) =>
    isUnit ? ofErrand.includes(step) : step !== 'supervise',
  )
  const step = among(
    offered.flatMap((one) => (often.has(one) ? [one, one, one, one] : [one])),
    choice,
  )
  if (!step) return
  const other = among(shown.filter((one) => one !== request).sort(), value)
  await village.does(who, request, step, {
    unit: value % 2 === 0 ? village.lamps : village.pipes,
    coUnits: value % 3 === 0 ? [value % 2 === 0 ? village.pipes : village.lamps] : [],
    ...(step === 'merge' ? { into: other ?? request } : {}),
    ...{ reason: '等配件', until: addDays(dayAt(app.now()), (value % 4) + 1), days: value + 1 },
    ...{ wordsForAsker: '给您回话', ending: 'solved', level: value % 2 === 0 ? 'urgent' : 'major' },
    ...{
      reached: value !== 3,
      solved: value % 2 === 0,
      by: value % 2 === 0 ? 'door' : 'telephone',
    },
  })
}
