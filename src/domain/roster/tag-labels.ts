/** The words by which rosters know the care tags, in their cells and as columns of their own. */
import type { CareTag } from '../resident.ts'

export const tagLabels: Readonly<Record<CareTag, string>> = {
  'living-alone': '独居 独居老人 孤寡老人 独居人员',
  'empty-nest': '空巢 空巢老人 空巢家庭',
  incapacitated: '失能 失能老人 半失能 失能人员',
  'no-carer': '无照护 无人照护 无人照料',
  'no-labour-capacity': '无劳动能力 丧失劳动能力',
  disabled: '残疾 残疾人 残疾人员',
  dibao: '低保 低保户 低保对象 最低生活保障',
  tekun: '特困 特困人员 五保 五保户 特困供养',
  dibian: '低边 低保边缘 低保边缘户 低边户',
  orphan: '孤儿',
  'unsupported-child': '事实无人抚养儿童 事实孤儿',
  'child-in-difficulty': '困境儿童',
  'left-behind-child': '留守儿童',
  pregnant: '孕产妇 孕妇 产妇',
  veteran: '退役军人 退伍军人 复员军人',
  'martyr-family': '烈属 烈士家属 军烈属',
}
