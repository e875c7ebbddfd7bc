/** Money in words: cents 分 as yuan with two digits, and back. Never a fraction in between. */
import { mostCents } from './fund.ts'

/** `1,234.05`; below nothing with a minus. */
export function formatCents(cents: number): string {
  const whole = Math.trunc(Math.abs(cents) / 100)
  const rest = Math.abs(cents) % 100
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${cents < 0 ? '−' : ''}${grouped}.${String(rest).padStart(2, '0')}`
}

/** What somebody types: `1234`, `1,234.5`, `￥1234.05元`; null of anything else, and of nothing. */
export function readCents(typed: string): number | null {
  const plain = typed
    .normalize('NFKC')
    .replace(/[\s,¥元]/g, '')
    .replace('。', '.')
  const [, whole, rest = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(plain) ?? []
  if (whole === undefined) return null
  const cents = Number(whole) * 100 + Number(rest.padEnd(2, '0'))
  return cents >= 1 && cents <= mostCents ? cents : null
}
