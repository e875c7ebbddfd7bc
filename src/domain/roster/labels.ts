/** Codes by their labels, whatever edition of a table a roster was filled in by: mapped by label, never by number. */
import { codeTables, type CodeTable } from '../code-tables.ts'
import type { CareTag } from '../resident.ts'
import { numeralsToDigits } from '../numerals.ts'
import { plainText } from '../text.ts'
import { tagLabels } from './tag-labels.ts'

const byLabel = new Map<CodeTable, ReadonlyMap<string, string>>()

/** Labels of practice and of other editions, beside those of the standard. */
const others: Readonly<Partial<Record<CodeTable, string>>> = {
  sex: '1 男性 2 女性',
  id_doc_type: `111 身份证 111 二代身份证 111 居民身份证号 111 居民身份证号码 112 临时身份证 113 户口本 113 居民户口簿 113 户口簿 GAT 港澳居民居住证 GAT 台湾居民居住证 GAT 港澳台居住证 GAT 港澳台居民居住证 553 外国人永久居留身份证件 553 外国人永居证 414 外国护照 414 护照 516 港澳通行证 516 港澳居民通行证 511 台胞证
    511 台湾通行证 553 外国人永久居留身份证 553 永久居留证 117 出生证 117 出生证明 114 军官证`,
  relation2: `02 本人 02 户主本人 10 夫妻 10 爱人 11 丈夫 11 夫 12 妻子 12 老婆 20 儿子 30 女儿 38 媳妇 51 父 52 母 51 爸爸 52 妈妈
    28 女婿 41 孙 40 外孙 61 爷爷 62 奶奶 63 外公 64 外婆 55 丈人 56 丈母娘 71 哥哥 73 弟弟 77 妹 75 姐 70 兄弟 70 姐妹
    97 亲属 97 亲戚 99 朋友 99 同事 99 租户 99 承租人 99 合租 99 房客 99 其他人员 99 非亲属关系`,
  nation: '97 其他 97 未提供',
  education: `10 研究生 10 硕士 10 硕士研究生 11 博士 11 博士研究生 20 本科 20 大学 20 大学本科 30 大专 30 专科 30 大学专科 40 中专
    41 中等专科 44 职高 47 技校 60 高中 70 初中 80 小学 90 文盲 90 文盲或半文盲 90 学龄前 90 学龄前儿童 90 幼儿`,
  marriage: '20 已婚 30 丧偶 40 离婚 40 离异 10 未婚 22 再婚 21 初婚',
  inflow_reason:
    '01 打工 01 工作 01 就业 04 读书 04 上学 04 求学 05 结婚 05 婚姻 06 随同 06 随迁家属 08 投靠亲友 07 看病 99 其它',
  permit_type: '01 浙江省居住证 01 居住证件 02 暂住证件',
  living_status: '1 人户一致 1 常住户籍 4 人户均不在',
}

function labelsOf(table: CodeTable): ReadonlyMap<string, string> {
  const known = byLabel.get(table)
  if (known) return known
  const made = new Map<string, string>()
  for (const [code, label] of codeTables[table].codes) {
    made.set(plain(label), code)
    // 汉 for 汉族, 初中 for 初中毕业.
    if (table === 'nation' && label.endsWith('族')) made.set(label.slice(0, -1), code)
  }
  // 本人 beside a head's household is the head, whatever the standard's 01 is meant for.
  const words = (others[table] ?? '').trim().split(/\s+/).filter(Boolean)
  for (let at = 0; at + 1 < words.length; at += 2) made.set(words[at + 1] ?? '', words[at] ?? '')
  byLabel.set(table, made)
  return made
}

const plain = (text: string) => plainText(text).replace(/[\s()（）'‘’]/g, '')

/** Null where no edition that we know has such a label. */
export function labelToCode(table: CodeTable, text: string): string | null {
  return labelsOf(table).get(plain(text)) ?? null
}

const tagsByLabel = new Map<string, CareTag>(
  Object.entries(tagLabels).flatMap(([tag, all]) =>
    all.split(' ').map((label) => [label, tag as CareTag] as const),
  ),
)

/** What such columns also hold, and what says nothing that the register keeps here. */
const ordinary = new Set(
  '常住 常住人口 常住人员 户籍 户籍人口 户籍人员 流动 流动人口 流动人员 外来人口 一般 一般人员 普通 普通人员 普通居民 居民 正常 本地 外地 租户 租客 承租人 房客 业主 户主 否 是 非重点'.split(
    ' ',
  ),
)

export interface FoundTag {
  readonly tag: CareTag
  readonly grade: number | null
}

/** A care tag by its label, `残疾二级` with its grade; `ordinary` where there is nothing to tag; null where it is none. */
export function labelToTag(text: string): FoundTag | 'ordinary' | null {
  const label = plain(text)
  if (ordinary.has(label)) return 'ordinary'
  const bare = label.replace(/[一二三四壹贰叁肆1-4]级/, '')
  const tag = tagsByLabel.get(bare) ?? (/残疾/.test(bare) ? 'disabled' : null)
  if (!tag) return null
  return { tag, grade: tag === 'disabled' ? labelToGrade(text) : null }
}

/** 二级, 2级, 肢体贰级, II级, 2: the grade of a disability; null where none is named. */
export function labelToGrade(text: string): number | null {
  const label = numeralsToDigits(plain(text))
    .replace(/IV/i, '4')
    .replace(/III/i, '3')
    .replace(/II/i, '2')
    .replace(/\bI\b/i, '1')
  const found = /([1-4])级/.exec(label)?.[1] ?? /^([1-4])$/.exec(label)?.[1]
  return found === undefined ? null : Number(found)
}

/** 是 and its kind; null where it says neither. */
export function labelToFlag(text: string): boolean | null {
  if (/^(是|有|1|√|✓|☑|✔|Y|YES|TRUE|已.*|享受|属于)$/i.test(text)) return true
  return /^(否|不是|无|没有|0|×|✗|✘|N|NO|FALSE|未.*|不享受|不属于|不|)$/i.test(text) ? false : null
}
