/** The fund that came of a topic on which neighbours decided, and what its form begins with. */
import { instantToDay, type Day } from '#domain/day.ts'
import type { Tally } from '#domain/topics/topic.ts'
import type { Register } from '#app/register/register.ts'
import type { FundDraft } from './funds.ts'
import type { Rec } from './records.ts'
import { topicView } from './topics.ts'

type Read = Pick<Register, 'all' | 'get'>

export function fundsOfTopic(register: Pick<Read, 'all'>, topic: string): readonly Rec<'fund'>[] {
  return [...register.all('fund')].filter(({ fields }) => fields.topic === topic)
}

export interface TopicBehind {
  readonly id: string
  readonly start: Pick<FundDraft, 'place' | 'building' | 'unit' | 'name'>
  /** What the doors said, and when that was final; null where nobody counted. */
  readonly counted: { readonly tally: Tally; readonly on: Day } | null
}

const longestName = 40

/** Null of a topic that is not here, or that did not become a project. */
export function topicBehind(register: Read, id: string): TopicBehind | null {
  const view = topicView(register, id)
  if (view?.standing.outcome !== 'project') return null
  const { topic, standing } = view
  const { title, parts } = topic.fields
  // Of one building, or one entrance of it, the fund goes along with that.
  const [only] = parts.length === 1 ? parts : []
  const { tally, finalAt } = standing
  return {
    id,
    start: {
      place: topic.stream,
      building: only?.building ?? '',
      unit: only?.unit ?? '',
      name: title.slice(0, longestName),
    },
    counted: tally && finalAt ? { tally, on: instantToDay(finalAt) } : null,
  }
}
