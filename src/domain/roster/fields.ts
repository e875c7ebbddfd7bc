/** What a column of a roster can mean: the fields that the register takes, by the headers that are in use for them. */

export const rosterFields = [
  'name',
  'documentNumber',
  'documentType',
  'sex',
  'birth',
  'phones',
  'relation',
  'householdKey',
  'headName',
  'headNumber',
  'grid',
  'estate',
  'building',
  'unit',
  'floor',
  'room',
  'address',
  'residence',
  'apart',
  'hukouDivision',
  'hukouAddress',
  'arrivedOn',
  'arrivalReason',
  'registeredOn',
  'permitType',
  'permitExpires',
  'ethnicity',
  'education',
  'marriage',
  'workplace',
  'tags',
  'contactName',
  'contactPhone',
  'guardianName',
  'guardianPhone',
  'movedOut',
  'movedOutOn',
  'movedOutTo',
  'died',
  'diedOn',
  'note',
] as const
export type RosterField = (typeof rosterFields)[number]

/** `sure`: a header in use for it; `likely`: it contains one; `kept-out`: known, and the register does not take it. */
export type Confidence = 'sure' | 'likely' | 'kept-out' | 'unknown'

/** The headers seen in rosters, all for the same things. Of several columns for one field the first one counts. */
const aliases: Readonly<Record<RosterField, string>> = {
  name: '姓名 居民姓名 人员姓名 名字 成员姓名 家庭成员姓名 被登记人姓名 NAME',
  documentNumber:
    '身份证号 身份证号码 身份证 公民身份号码 公民身份证号码 居民身份证号码 证件号码 证件号 身份号码 证件编号',
  documentType: '证件类型 证件种类 证件类别',
  sex: '性别',
  birth: '出生日期 出生年月 出生年月日 生日 出生时间',
  phones:
    '联系电话 电话 手机号 手机号码 手机 联系方式 移动电话 电话号码 联系号码 本人电话 联系手机',
  relation: '与户主关系 与其他人员关系 户主关系 家庭关系 与户主的关系 关系 与房主关系',
  householdKey: '户编号 户号 户号编码 户籍编号 家庭编号 户编码 户序号 房间户号',
  headName: '户主姓名 户主',
  headNumber: '户主证件号码 户主身份证号 户主身份证号码 户主身份证 户主证件号',
  grid: '网格名称 所属网格 网格 网格编号 所在网格',
  estate: '小区名称 小区 现住小区/建筑 现住小区 所在小区 小区/自然村 自然村 路名 街路巷',
  building: '楼栋 楼幢 幢 栋 幢号 栋号 楼号 楼栋号 楼幢号 门牌号 号',
  unit: '单元 单元号 单元名称',
  floor: '楼层 层 所在楼层',
  room: '房间号 房号 室 室号 房间 户室 房间代码 房室号',
  address:
    '现居地地址 常住地址 门牌地址 现住址 现住地址 居住地址 现居住地址 实际居住地 实际居住地址 居住地 住址 家庭住址 地址 现居住地 详细地址',
  residence: '人户状态 居住状态 人户情况 居住情况',
  apart: '是否人户分离 人户分离 人户一致',
  hukouDivision: '户籍区划 户籍区划代码 户籍行政区划 户籍行政区划代码',
  hukouAddress: '户籍地址 户籍地 户籍所在地 户口所在地 户籍小区/建筑 户籍地详址 户籍详细地址',
  arrivedOn:
    '入住时间 入住日期 来本地日期 流入时间 流入日期 迁入时间 迁入日期 来杭日期 居住开始时间',
  arrivalReason: '流入原因 来杭事由 居住事由 流动原因 暂住事由',
  registeredOn: '登记日期 登记时间 申报日期 申报登记日期',
  permitType: '居住证类型 证照类型',
  permitExpires: '居住证到期日期 居住证有效期 居住证到期 签注到期日期 居住证签注到期',
  ethnicity: '民族',
  education: '文化程度 学历 受教育程度',
  marriage: '婚姻状况 婚姻 婚否 婚姻状态',
  workplace: '工作单位 单位 服务处所 工作学习单位 就业单位',
  tags: '重点类别 人员类型 人员类别 人员属性 人员标签 特殊人群 标签 关爱标签 关爱类别 困难类型',
  contactName: '联系人 联系人姓名 紧急联系人',
  contactPhone: '联系人电话 紧急联系人电话 联系人手机',
  guardianName: '监护人 监护人姓名',
  guardianPhone: '监护人电话 监护人联系方式 监护人手机',
  movedOut: '是否已迁出 是否迁出 是否搬离 迁出',
  movedOutOn: '迁出日期 迁出时间 搬离日期 搬离时间 离开日期',
  movedOutTo: '迁往地 迁往地址 迁出去向 搬往 去向',
  died: '是否已死亡 是否死亡 是否去世',
  diedOn: '死亡日期 死亡时间 去世日期',
  note: '备注 说明 备注信息',
}

/** Columns that rosters have and the register does not ask for: least collection, or worked out from others. */
const keptOut =
  '序号 编号 组 街道名称 街道 镇 镇街 村 社区 社区名称 村社区 县区 年龄 周岁 人员代码 政治面貌 户口性质 户别 职业 健康状况 工作学习情况 是否重点人员 宗教信仰 血型 身高 兵役状况 籍贯 照片 采集人 采集时间 填表人 更新时间 是否流动人口 五色 颜色原因 上次见面 应访日期 逾期天数 告知日期 核实日期 住址变更日期'

const fieldsByHeader = new Map<string, RosterField>()
for (const field of rosterFields) {
  for (const alias of aliases[field].split(' ')) fieldsByHeader.set(plainHeader(alias), field)
}
const keptOutHeaders = new Set(keptOut.split(' ').map(plainHeader))
/** Long ones first: 户主身份证号 is no 身份证号. Of two characters and more, since 号 and 组 stand in many words. */
const bySize = [...fieldsByHeader.keys()]
  .filter((alias) => alias.length > 1)
  .sort((a, b) => b.length - a.length)

/** Without blanks, marks of what is required, and what stands in brackets. */
export function plainHeader(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[（(【[].*?[)）】\]]/g, '')
    .replace(/[\s*:：★必填选]/g, '')
    .toUpperCase()
}

export interface HeaderGuess {
  readonly field: RosterField | null
  readonly confidence: Confidence
}

export function guessField(header: string): HeaderGuess {
  const plain = plainHeader(header)
  const sure = fieldsByHeader.get(plain)
  if (sure) return { field: sure, confidence: 'sure' }
  if (keptOutHeaders.has(plain)) return { field: null, confidence: 'kept-out' }
  const part = bySize.find((alias) => plain.includes(alias))
  const field = part && fieldsByHeader.get(part)
  return field ? { field, confidence: 'likely' } : { field: null, confidence: 'unknown' }
}
