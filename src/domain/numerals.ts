/** Numbers in Chinese, as doors and grids have them: 十一, 二〇三, 廿三, 叁. */

const digits: Readonly<Record<string, number>> = {
  ...{ 〇: 0, 零: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 两: 2 },
  ...{ 壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 },
}
const tens: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100 }

/** The letters that such a number is made of; for the inside of brackets in a regular expression. */
export const numeralLetters = '〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖十拾百佰廿卅'

const runs = new RegExp(`[${numeralLetters}]+`, 'gu')

/** 三幢二单元五〇一 → 3幢2单元501: each run of numerals as the digits of its number. */
export function numeralsToDigits(text: string): string {
  return text.replace(runs, numeralToDigits)
}

function numeralToDigits(run: string): string {
  const plain = run.replace(/廿/g, '二十').replace(/卅/g, '三十')
  // 二〇三 is spelt, digit by digit; 一百零二 is counted.
  if (![...plain].some((letter) => letter in tens)) {
    return [...plain].map((letter) => String(digits[letter] ?? 0)).join('')
  }
  let [sum, last] = [0, 0]
  for (const letter of plain) {
    const ten = tens[letter]
    if (ten === undefined) {
      last = digits[letter] ?? 0
      continue
    }
    sum += (last === 0 ? 1 : last) * ten
    last = 0
  }
  return String(sum + last)
}
