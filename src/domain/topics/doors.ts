/** Which doors a topic concerns: all of a building, of an entrance of it, or one alone. */
import type { TopicPart } from './topic.ts'

interface Door {
  readonly id: string
  readonly building: string
  readonly unit?: string | null | undefined
}

export function isConcerned(parts: readonly TopicPart[], { id, building, unit }: Door): boolean {
  return parts.some(
    (part) =>
      part.building === building &&
      (part.dwelling ? part.dwelling === id : part.unit ? part.unit === unit : true),
  )
}
