import type { Scheme } from '#domain/scheme.ts'
import type { OverviewWords } from '#app/ui/words/overview-words.ts'

/** A rule of the scheme in its own words, of nobody in particular. */
export function nameOfRule(
  rule: string | null,
  own: OverviewWords,
  scheme: Scheme,
  language: 'zh-CN' | 'en',
): string {
  if (rule === null) return own.noRule
  if (rule === 'by-hand') return own.byHand
  const found = scheme.rules.find(({ key }) => key === rule)
  const words = language === 'en' ? found?.wordsEn : found?.words
  return words?.replace(/\{[\w.-]+\}/g, '…') ?? rule
}
