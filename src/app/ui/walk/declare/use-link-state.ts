import { instantToDay } from '#domain/day.ts'
import { isAnswerMissing, isLinkOver, type LandlordLink } from '#domain/declaration.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'

/** What a landlord said last, or that this month's word is missing. */
export function useLinkState(): (link: LandlordLink) => {
  readonly words: string
  readonly isMissing: boolean
} {
  const own = useDeclarationWords()
  const words = useWords()
  const day = useStore(useParts('today').today, (store) => store.day)
  return (link) => {
    // Whether its door is let is said beside it.
    if (isLinkOver(link, 'rental', day)) return { words: own.linkExpired, isMissing: true }
    if (isAnswerMissing(link, day)) return { words: own.linkMissing, isMissing: true }
    const { answeredAt, says } = link
    if (!answeredAt || !says) return { words: own.linkNever, isMissing: false }
    const on = formatDay(words, instantToDay(answeredAt), day)
    return { words: own.linkAnswered(own.linkSays[says], on), isMissing: false }
  }
}
