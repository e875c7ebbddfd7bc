/** A topic as a form has it, and what is saved of it. */
import { decisionRules, type DecisionRuleKey } from '#domain/topics/decision-rules.ts'
import { mostParts, type Topic, type TopicPart } from '#domain/topics/topic.ts'

export interface TopicDraft {
  readonly place: string
  readonly title: string
  readonly words: string
  readonly rule: DecisionRuleKey
  readonly parts: readonly TopicPart[]
}

export function draftOfTopic(
  topic: { readonly stream: string; readonly fields: Topic } | undefined,
  place: string,
  from: Partial<Pick<TopicDraft, 'title' | 'words' | 'parts'>> = {},
): TopicDraft {
  const fields = topic?.fields
  return {
    place: topic?.stream ?? place,
    title: fields?.title ?? from.title ?? '',
    words: fields?.words ?? from.words ?? '',
    rule: decisionRules.find(({ key }) => key === fields?.rule.key)?.key ?? 'fund-use',
    parts: fields?.parts ?? from.parts ?? [],
  }
}

export function faultsOfTopic(
  draft: TopicDraft,
): Partial<Record<'title' | 'parts', 'required' | 'too-many'>> {
  const { parts } = draft
  return {
    ...(draft.title.trim() === '' && { title: 'required' as const }),
    ...(parts.length === 0 && { parts: 'required' as const }),
    ...(parts.length > mostParts && { parts: 'too-many' as const }),
  }
}

/** The rule goes along whole: what a law says later changes nothing of what was asked before. */
export function topicOf(draft: TopicDraft): Pick<Topic, 'title' | 'words' | 'rule' | 'parts'> {
  const rule = decisionRules.find(({ key }) => key === draft.rule) ?? decisionRules[0]
  return {
    title: draft.title.trim(),
    words: draft.words.trim() || null,
    rule: { ...rule },
    parts: [...draft.parts],
  }
}

/** A building in or out as a whole; `unit` '' is all of its entrances. */
export function partsWith(
  parts: readonly TopicPart[],
  building: string,
  unit: string | null,
): readonly TopicPart[] {
  const others = parts.filter((part) => part.building !== building)
  if (unit === null) return others
  return [...others, unit === '' ? { building } : { building, unit }]
}
