const digits = '零一二三四五六七八九'

/** 1 to 99 as it is written in names: 一, 十, 十二, 二十六. */
export function toChineseNumber(number: number): string {
  const tens = Math.floor(number / 10)
  const ones = number % 10
  const head = tens === 0 ? '' : `${tens > 1 ? (digits[tens] ?? '') : ''}十`
  return head + (ones > 0 || tens === 0 ? (digits[ones] ?? '') : '')
}
