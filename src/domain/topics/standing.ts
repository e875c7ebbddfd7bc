/** What the steps of a topic lead to: the same whatever the order in which they came. */
import type { Day, Instant } from '../day.ts'
import type { Tally, TopicOutcome, TopicStep } from './topic.ts'

export const topicStages = ['raised', 'asked', 'meeting', 'decided'] as const
export type TopicStage = (typeof topicStages)[number]

export interface TopicStanding {
  readonly stage: TopicStage
  /** From when doors are asked, and until which day as it was announced last. */
  readonly askedAt: Instant | null
  readonly openUntil: Day | null
  /** The cut: what doors said later does not count. Of two closings the one that the server got first. */
  readonly closedAt: Instant | null
  /** Null until it is final. */
  readonly tally: Tally | null
  readonly finalAt: Instant | null
  readonly outcome: TopicOutcome | null
  readonly words: string | null
}

/** Doors are asked: workers take what they say. */
export function isOpen({ askedAt, closedAt, stage }: TopicStanding): boolean {
  return askedAt !== null && closedAt === null && stage !== 'decided'
}

/** `steps` in any order; what cannot be, a tally without a closing, says nothing. */
export function standingOf(
  steps: Iterable<{ readonly id: string; readonly version?: number; readonly fields: TopicStep }>,
): TopicStanding {
  const sorted = [...steps].sort(
    (a, b) => byMoment(a.fields.at, b.fields.at) || (a.id < b.id ? -1 : 1),
  )
  const first = (name: TopicStep['step']) =>
    sorted.find(({ fields }) => fields.step === name)?.fields ?? null
  const last = (name: TopicStep['step']) =>
    sorted.findLast(({ fields }) => fields.step === name)?.fields ?? null
  const asked = first('ask')
  // The first that the server got: nobody moves the cut afterwards by what a device says of its clock.
  const closed =
    sorted
      .filter(({ fields }) => fields.step === 'close')
      .sort((a, b) => (a.version || Infinity) - (b.version || Infinity) || 0)[0]?.fields ?? null
  const tally = closed && first('tally')
  // Two people decided at once: the first one stands.
  const decided = first('decide')
  return {
    stage: decided ? 'decided' : last('meet') ? 'meeting' : asked ? 'asked' : 'raised',
    askedAt: asked?.at ?? null,
    openUntil: last('ask')?.openUntil ?? null,
    closedAt: closed?.at ?? null,
    tally: tally?.tally ?? null,
    finalAt: tally?.at ?? null,
    outcome: decided?.outcome ?? null,
    words: decided?.words ?? null,
  }
}

/** Moments may be written with an offset. */
function byMoment(a: Instant, b: Instant): number {
  return Date.parse(a) - Date.parse(b)
}
