/**
 * Labels of values that no national code table has, as rosters write them: a workbook speaks Chinese whatever the screen
 * does, since it goes to offices and comes back through the import.
 */
import type { Care, CareNeed } from './care.ts'
import type { DwellingUse } from './dwelling.ts'
import type { CareTag, Tag } from './resident.ts'

export const tagLabels: Readonly<Record<CareTag, string>> = {
  'living-alone': '独居',
  'empty-nest': '空巢',
  incapacitated: '失能',
  'no-carer': '无照护',
  'no-labour-capacity': '无劳动能力',
  disabled: '残疾',
  dibao: '低保',
  tekun: '特困',
  dibian: '低边',
  orphan: '孤儿',
  'unsupported-child': '事实无人抚养',
  'child-in-difficulty': '困境儿童',
  'left-behind-child': '留守儿童',
  pregnant: '孕产妇',
  veteran: '退役军人',
  'martyr-family': '烈属',
}

export const careLabels: Readonly<Record<CareNeed, string>> = {
  meals: '助餐',
  bathing: '助浴',
  clinic: '陪诊',
  visits: '探访',
  housework: '家务',
  nursery: '托育',
  'after-school': '课后',
  other: '其他',
}

export const useLabels: Readonly<Record<DwellingUse, string>> = {
  own: '自住',
  rental: '租赁',
  'group-rental': '群租',
  vacant: '空置',
  business: '经营',
}

const grades = '一二三四'

/** `助餐 街道助餐点`. */
export function careLabel({ need, who }: Pick<Care, 'need' | 'who'>): string {
  return `${careLabels[need]} ${who}`
}

/** `残疾二级`. */
export function tagLabel({ tag, grade }: Pick<Tag, 'tag' | 'grade'>): string {
  return tagLabels[tag] + (grade ? `${grades[grade - 1] ?? ''}级` : '')
}

/** The tag and grade of a label, also of `二级残疾` and `残疾(二级)`; null where it is none of the list. */
export function labelToTag(text: string): { tag: CareTag; grade: number | null } | null {
  const written = text.normalize('NFKC').replace(/[\s()]/g, '')
  const graded = /[一二三四1-4](?=级)/.exec(written)
  const bare = graded ? written.replace(`${graded[0]}级`, '') : written
  for (const [tag, label] of Object.entries(tagLabels) as [CareTag, string][]) {
    if (bare !== label) continue
    if (!graded) return { tag, grade: null }
    const grade = grades.indexOf(graded[0]) + 1 || Number(graded[0])
    return tag === 'disabled' ? { tag, grade } : null
  }
  return null
}
