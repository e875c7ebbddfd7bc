import { noticeLines } from '#domain/notice.ts'
import type { Policy } from '#domain/policy.ts'
import { purposes } from '#domain/purpose.ts'
import { policyOf } from '#app/views/policy-in-force.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useWords } from '../words/use-words.ts'
import { usePolicyInForceWords } from './policy-in-force-words.ts'

export function usePolicy(): Policy {
  return useRegister(useParts('register'), policyOf)
}

/** The notice as it is told, with all that the policy decides filled in. */
export function useNotice(): readonly string[] {
  const { facts, language } = useWords()
  const said = usePolicyInForceWords()
  const policy = usePolicy()
  const kinds = Object.keys(purposes).filter(
    (field) => !policy.off.includes(field) && !bookkeeping.includes(field),
  )
  const names = [...new Set(kinds.map((field) => facts.field[field] ?? field))]
  return noticeLines(policy, language === 'en' ? 'en' : 'zh', names, said)
}

/** Links between records and days that the office keeps by itself: of nobody anything is asked for them. */
const bookkeeping = [
  'consents',
  'restrictedOn',
  'mergedInto',
  'sameAs',
  'joinedOn',
  'addressChangedOn',
]
