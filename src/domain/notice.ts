/**
 * What people are told about their data (PIPL, articles 7 and 17). The office writes the words; what a policy decides
 * stands in them as a placeholder and is filled in when the notice is shown, so that the two never say different things.
 */
import type { Policy } from './policy.ts'
import { daysKept } from './retention.ts'

/** By what fills them; the first is offered in the Chinese text, the second in the English one. */
export const placeholders = {
  owner: ['{主办单位}', '{owner}'],
  office: ['{单位}', '{office}'],
  officeContact: ['{电话}', '{contact}'],
  keepGoneDays: ['{保存天数}', '{days}'],
  keepVisitsDays: ['{走访保存天数}', '{visit days}'],
  keepAskersDays: ['{诉求联系方式保存天数}', '{asker days}'],
  keepRequestsDays: ['{诉求保存天数}', '{request days}'],
  answerDays: ['{答复天数}', '{answer days}'],
  kinds: ['{登记内容}', '{kinds}'],
} as const
export type Placeholder = keyof typeof placeholders

const known: ReadonlyMap<string, Placeholder> = new Map(
  Object.entries(placeholders).flatMap(([name, spellings]) =>
    spellings.map((spelling): [string, Placeholder] => [spelling, name as Placeholder]),
  ),
)
const inBraces = /\{[^{}\n]{1,40}\}/g

/** Braces of a text that stand for nothing. */
export function unknownPlaceholders(text: string): string[] {
  return [...new Set(text.match(inBraces))].filter((one) => !known.has(one))
}

/** Those that a policy's own texts name and the policy leaves empty; its notice cannot be told so. */
export function emptyPlaceholders(policy: Policy): Placeholder[] {
  const named = new Set(
    [policy.noticeText, policy.noticeTextEn]
      .flatMap((text) => text.match(inBraces) ?? [])
      .flatMap((one) => known.get(one) ?? []),
  )
  return [...named].filter((name) => name !== 'kinds' && valueOf(policy, name) === '')
}

function valueOf(policy: Policy, name: Exclude<Placeholder, 'kinds'>): string {
  switch (name) {
    case 'keepAskersDays':
      return String(daysKept(policy, 'asker'))
    case 'keepRequestsDays':
      return String(daysKept(policy, 'request'))
    default:
      return `${policy[name] ?? ''}`.trim()
  }
}

/**
 * The notice in paragraphs. `kinds`: what is asked, in words. `unnamed`: what stands for an office that has not said who
 * it is, in a policy that nobody saved.
 */
export function noticeLines(
  policy: Policy,
  language: 'zh' | 'en',
  kinds: readonly string[],
  unnamed: Readonly<Record<'owner' | 'office' | 'officeContact', string>>,
): string[] {
  const text = language === 'en' ? policy.noticeTextEn : policy.noticeText
  const filled = text.replace(inBraces, (one) => {
    const name = known.get(one)
    if (!name) return one
    if (name === 'kinds') return kinds.join(language === 'en' ? ', ' : '、')
    const value = valueOf(policy, name)
    return value === '' && name in unnamed ? unnamed[name as keyof typeof unnamed] : value
  })
  return filled.split('\n').filter((line) => line.trim() !== '')
}
