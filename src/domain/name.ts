/** Names of people in one form, wherever they come from, and what two spellings of one name have in common. */
import { plainText, settle } from './text.ts'

/** The dots that keyboards, standards and old registers put between the parts of a name; ours is U+00B7. */
const allDots = /[·•‧∙⋅●・･․‥⸱｡.]+/gu

/** Nearly every name: nothing in it could be written in another way. */
const ordinary = /^[\u4e00-\u9fff]+$/u

const isHanName = /^[\p{Script=Han}\s·〇]+$/u

/**
 * 张　三 → 张三, 古样丽•样提 → 古样丽·样提, ⾼样文 → 高样文; a name in other letters keeps its blanks, one at a time.
 * '' where nothing of a name is left.
 */
export function cleanName(text: string): string {
  return ordinary.test(text) ? text : settle(text, toOneForm)
}

function toOneForm(text: string): string {
  const name = plainText(text)
  const dotted = name.replace(allDots, '·')
  if (isHanName.test(dotted)) return dotted.replace(/\s/gu, '').replace(/^·+|·+$/gu, '')
  return name.replace(/[•‧∙⋅●・･⸱]/gu, '·')
}

/**
 * The same for every way to write one name: without dots and blanks, Latin letters large. Two keys that differ are two
 * names; what is shown and stored is `cleanName`.
 */
export function nameKey(name: string): string {
  if (ordinary.test(name)) return name
  return settle(name, (text) =>
    plainText(text)
      .replace(allDots, '')
      .replace(/[\s'’‘\-]/gu, '')
      .toUpperCase(),
  )
}
