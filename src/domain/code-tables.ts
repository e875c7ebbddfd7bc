/**
 * The national code tables that the register uses, as the project's own data. Codes travel and are stored; labels are
 * for people. Rosters are mapped by label, never by number, since editions differ. The three long tables have files of
 * their own in `codes/`, so that a screen which needs one alone can fetch it alone.
 */
import { education } from './codes/education.ts'
import { nation } from './codes/nation.ts'
import { relation } from './codes/relation.ts'
import { readTable, type CodeTableData } from './codes/table.ts'

export const codeTables = {
  sex: readTable('GB/T 2261.1-2003', '0 未知的性别 1 男 2 女 9 未说明的性别'),
  marriage: readTable(
    'GB/T 2261.2-2003',
    '10 未婚 20 已婚 21 初婚 22 再婚 23 复婚 30 丧偶 40 离婚 90 未说明的婚姻状况',
  ),
  education,
  relation2: relation,
  nation,
  politics: readTable(
    'GB/T 4762',
    `
    01 中共党员 02 中共预备党员 03 共青团员 04 民革会员 05 民盟盟员 06 民建会员 07 民进会员 08 农工党党员
    09 致公党党员 10 九三学社社员 11 台盟盟员 12 无党派民主人士 13 群众
    `,
  ),
  // The last one is not of the standard (see domain/document.ts).
  id_doc_type: readTable(
    'GA/T 517',
    `
    111 居民身份证 112 临时居民身份证 113 户口簿 114 中国人民解放军军官证 115 中国人民武装警察部队警官证 116 暂住证
    117 出生医学证明 217 残疾证 411 外交护照 412 公务护照 414 普通护照 511 台湾居民来往大陆通行证
    513 往来港澳通行证 516 港澳居民来往内地通行证 552 台湾居民定居证 553 外国人永久居留证 554 外国人居留证
    555 外国人临时居留证 GAT 港澳台居民居住证
    `,
  ),
  household_consistent: readTable('GB/T 31000-2015 (as implemented)', '01 一致 02 不一致'),
  inflow_reason: readTable(
    'GB/T 31000-2015 (as implemented)',
    '01 务工 02 务农 03 经商 04 学习培训 05 婚嫁 06 随迁 07 治病疗养 08 投亲靠友 09 工作调动 99 其他',
  ),
  dwelling_type: readTable(
    'GB/T 31000-2015 (as implemented)',
    '01 自购房屋 02 租赁房屋 03 寄居 04 借住 05 单位宿舍 06 临时性宿舍 07 农民工公寓 99 其他',
  ),
  permit_type: readTable('GB/T 31000-2015 (as implemented)', '01 居住证 02 暂住证 99 其他'),
  rental_use: readTable(
    'GB/T 31000-2015 (as implemented)',
    '01 宿舍 02 住房 03 商铺 04 办公 05 仓库 06 厂房 99 其他',
  ),
  relation_to_owner: readTable(
    'GB/T 31000-2015 (as implemented)',
    '01 夫妻 02 父子 03 父女 04 母子 05 母女 06 祖孙 07 亲戚 08 朋友 09 租户 99 其他',
  ),
  safety_hazard: readTable(
    'GB/T 31000-2015 (as implemented)',
    '00 无 01 治安隐患 02 消防隐患 03 矛盾纠纷隐患 04 劳资纠纷隐患 99 其他',
  ),
  living_status: readTable('practice', '1 人在户在 2 人在户不在 3 人不在户在 4 人不在户不在'),
  event_scale: readTable('practice', '1 个体性事件 2 一般群体性事件 3 重大群体性事件'),
  event_source: readTable('practice', '1 APP 2 二维码 3 PC 4 小程序 5 自动生成'),
  house_use: readTable('practice', '0 自住 1 租赁 2 群租'),
  building_type: readTable(
    'practice',
    '0 居民楼 1 平房 2 商品房 3 房改房 4 小产权 5 单位用房 6 商品门头房 7 住改商 8 商业体 9 经济体',
  ),
} as const satisfies Readonly<Record<string, CodeTableData>>

export type CodeTable = keyof typeof codeTables

const labels = new Map<CodeTable, ReadonlyMap<string, string>>()

function labelsOf(table: CodeTable): ReadonlyMap<string, string> {
  const known = labels.get(table)
  if (known) return known
  const made = new Map<string, string>(codeTables[table].codes)
  labels.set(table, made)
  return made
}

/** The label of a code; null where this edition of the table does not have it. */
export function codeLabel(table: CodeTable, code: string): string | null {
  return labelsOf(table).get(code) ?? null
}

export interface CodeOption {
  readonly value: string
  readonly label: string
}

/** Relations to the head that nearly every household has, before the long rest of GB/T 4761. */
const commonRelations = ['02', '10', '20', '30', '51', '52', '38', '28', '41', '42', '99']

/** All codes of a table as a form offers them: the frequent ones first. */
export function codeOptions(table: CodeTable): readonly CodeOption[] {
  const options = codeTables[table].codes.map(([value, label]) => ({ value, label }))
  if (table !== 'relation2') return options
  const rank = (option: CodeOption) => {
    const index = commonRelations.indexOf(option.value)
    return index === -1 ? commonRelations.length : index
  }
  return options.sort((a, b) => rank(a) - rank(b))
}
