/** What a column of a roster can mean: the fields that the register takes, by the headers that are in use for them. */
import { careTags, type CareTag } from '../resident.ts'
import { tagLabels } from './tag-labels.ts'
import { plainText } from '../text.ts'

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
  'hukouProvince',
  'hukouCity',
  'hukouCounty',
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
  'disabilityGrade',
  'landlordName',
  'landlordPhone',
  'contactName',
  'contactPhone',
  'guardianName',
  'guardianPhone',
  'guardianRelation',
  'movedOut',
  'movedOutOn',
  'movedOutTo',
  'died',
  'diedOn',
  'note',
  ...careTags.map((tag) => `tag.${tag}` as const),
] as const
export type RosterField = (typeof rosterFields)[number]

/** The tag of a column that says yes or no to it: 是否独居, 低保. */
export function tagOfField(field: RosterField): CareTag | null {
  return field.startsWith('tag.') ? (field.slice(4) as CareTag) : null
}

/** Which together say where a row's people live. */
export const doorFields: ReadonlySet<RosterField> = new Set([
  'grid',
  'estate',
  'building',
  'unit',
  'floor',
  'room',
  'address',
])

/** `sure`: a header in use for it; `likely`: it contains one; `kept-out`: known, and the register does not take it. */
export type Confidence = 'sure' | 'likely' | 'kept-out' | 'unknown'

/** The headers seen in rosters, all for the same things. Of several columns for one field the first one counts. */
const aliases: Readonly<Record<Exclude<RosterField, `tag.${string}`>, string>> = {
  name: '姓名 居民姓名 人员姓名 名字 成员姓名 家庭成员姓名 被登记人姓名 承租人姓名 承租人 租客姓名 租户姓名 住户姓名 入住人姓名 NAME',
  documentNumber:
    '身份证号 身份证号码 身份证 公民身份号码 公民身份证号码 居民身份证号码 证件号码 证件号 身份号码 证件编号',
  documentType: '证件类型 证件种类 证件类别',
  sex: '性别',
  birth: '出生日期 出生年月 出生年月日 生日 出生时间',
  phones:
    '联系电话 电话 手机号 手机号码 手机 联系方式 移动电话 电话号码 联系号码 本人电话 联系手机 本人手机 本人手机号 本人联系电话 承租人电话 租客电话 手机电话',
  relation: '与户主关系 与其他人员关系 户主关系 家庭关系 与户主的关系 关系 与房主关系',
  householdKey: '户编号 户号 户号编码 户籍编号 家庭编号 户编码 户序号 房间户号',
  headName: '户主姓名 户主',
  headNumber: '户主证件号码 户主身份证号 户主身份证号码 户主身份证 户主证件号',
  grid: '网格名称 所属网格 网格 网格编号 所在网格',
  estate: '小区名称 小区 现住小区/建筑 现住小区 所在小区 小区/自然村 自然村 路名 街路巷',
  building: '楼栋 楼幢 幢 栋 幢号 栋号 楼号 楼栋号 楼幢号 门牌号 门牌 号',
  unit: '单元 单元号 单元名称',
  floor: '楼层 层 所在楼层',
  room: '房间号 房号 室 室号 房间 户室 房间代码 房室号',
  address:
    '现居地地址 常住地址 门牌地址 现住址 现住地址 居住地址 现居住地址 实际居住地 实际居住地址 居住地 住址 家庭住址 地址 现居住地 详细地址 房屋地址 出租房地址 出租房屋地址 房屋坐落 暂住地址 暂住地 现居住详细地址 居住详细地址 现住门楼详址 现住门（楼）详址',
  residence: '人户状态 居住状态 人户情况 居住情况',
  apart: '是否人户分离 人户分离',
  hukouDivision: '户籍区划 户籍区划代码 户籍行政区划 户籍行政区划代码 户籍地代码',
  hukouProvince:
    '户籍省 户籍省份 户籍所在省 户籍省市 户籍省市县 户籍省市区 户籍地省市县 户籍地省市区 户口所在省',
  hukouCity: '户籍市 户籍地市 户籍所在市',
  hukouCounty: '户籍县 户籍区 户籍县区 户籍区县 户籍县市区 户籍所在县',
  hukouAddress:
    '户籍地址 户籍地 户籍所在地 户口所在地 户籍小区/建筑 户籍地详址 户籍详细地址 户籍门楼详址 户籍门（楼）详址',
  arrivedOn:
    '入住时间 入住日期 来本地日期 流入时间 流入日期 迁入时间 迁入日期 来杭日期 来杭时间 来杭州时间 来富时间 来富日期 来富阳时间 来浙时间 到杭时间 来本地时间 居住开始时间 租住时间 起租时间',
  arrivalReason: '流入原因 来杭事由 居住事由 流动原因 暂住事由 来杭原因 事由',
  registeredOn: '登记日期 登记时间 申报日期 申报登记日期',
  permitType: '居住证类型 证照类型 办证类型',
  permitExpires:
    '居住证到期日期 居住证有效期 居住证到期 居住证有效期至 居住证有效期限 签注到期日期 居住证签注到期',
  ethnicity: '民族',
  education: '文化程度 学历 受教育程度',
  marriage: '婚姻状况 婚姻 婚否 婚姻状态',
  workplace: '工作单位 单位 单位名称 工作单位名称 服务处所 工作学习单位 就业单位',
  tags: '重点类别 人员类型 人员类别 人员属性 人员标签 特殊人群 标签 关爱标签 关爱类别 困难类型',
  disabilityGrade: '残疾等级 残疾级别 残疾证等级',
  landlordName:
    '房东 房东姓名 房主 房主姓名 业主 业主姓名 出租人 出租人姓名 产权人 产权人姓名 房屋所有人',
  landlordPhone:
    '房东电话 房东手机 房东手机号 房东联系电话 房东联系方式 房主电话 房主联系电话 业主电话 业主联系电话 业主手机 出租人电话 出租人联系电话 产权人电话',
  contactName: '联系人 联系人姓名 紧急联系人 紧急联系人姓名',
  contactPhone:
    '联系人电话 紧急联系人电话 联系人手机 紧急联系电话 紧急电话 紧急联系人联系电话 紧急联系人手机',
  guardianName: '监护人 监护人姓名',
  guardianPhone: '监护人电话 监护人联系方式 监护人手机',
  guardianRelation: '监护人关系 与监护人关系',
  movedOut: '是否已迁出 是否迁出 是否搬离 迁出',
  movedOutOn: '迁出日期 迁出时间 搬离日期 搬离时间 离开日期',
  movedOutTo: '迁往地 迁往地址 迁出去向 搬往 去向',
  died: '是否已死亡 是否死亡 是否去世',
  diedOn: '死亡日期 死亡时间 去世日期',
  note: '备注 说明 备注信息',
}

/** Columns that rosters have and the register does not ask for: least collection, or worked out from others. */
const keptOut =
  '序号 编号 组 街道名称 街道 镇 镇街 村 社区 社区名称 村社区 县区 年龄 周岁 人员代码 政治面貌 户口性质 户别 职业 健康状况 工作学习情况 是否重点人员 宗教信仰 血型 身高 兵役状况 籍贯 照片 采集人 采集时间 填表人 更新时间 是否流动人口 是否未成年人 五色 颜色原因 上次见面 应访日期 逾期天数 照护安排 照护看一看 车牌 告知日期 核实日期 住址变更日期 居住证编号 居住证号 居住证号码 从业状况 就业状况 就业情况 出生地 曾用名 籍贯地 房屋性质 身份证有效期 证件有效期 人户一致标识 人户一致 是否人户一致'

const fieldsByHeader = new Map<string, RosterField>()
for (const [field, headers] of Object.entries(aliases)) {
  for (const alias of headers.split(' '))
    fieldsByHeader.set(plainHeader(alias), field as RosterField)
}
// A column of its own for one tag: 独居, 是否独居, 低保户.
for (const tag of careTags) {
  for (const label of tagLabels[tag].split(' ')) {
    for (const header of [label, `是否${label}`, `是否为${label}`, `是否是${label}`]) {
      fieldsByHeader.set(header, `tag.${tag}`)
    }
  }
}
/** Of a table in the standard's form (`standard-table.ts`) the labels are read, and not the codes beside them. */
const codesBeside =
  '与户主关系 证件类型 性别 民族 学历 婚姻状况 流入原因 办证类型 人户情况 人户一致标识'
const keptOutHeaders = new Set([
  ...keptOut.split(' ').map(plainHeader),
  ...codesBeside.split(' ').map((name) => `${name}代码`),
])
/** Long ones first: 户主身份证号 is no 身份证号. Of two characters and more, since 号 and 组 stand in many words. */
const bySize = [...fieldsByHeader.keys()]
  .filter((alias) => alias.length > 1)
  .sort((a, b) => b.length - a.length)

/**
 * Words that make another thing of what follows: another person's telephone, a day that is only planned, an address of
 * before. A header that holds one means a field only where it is known word for word.
 */
const ofSomebodyElse =
  /房东|房主|业主|产权人|出租|中介|紧急|应急|配偶|爱人|丈夫|妻子|父亲|母亲|父母|子女|儿子|女儿|家属|亲属|监护|单位|公司|学校|工作|雇主|老板|担保|户主|代办|经办|网格员|网格长|登记人|填表|填报|采集|审核|责任人|负责人|民警|包保|走访|联络员|志愿者|医生|社工|车辆|车牌|银行/u
const notNow =
  /拟|预计|预期|计划|打算|准备|将要|曾|以前|之前|前次|上次|历史|变更前|^前|^旧|^原(?!因)/u

/** Without blanks, marks of what is required, and what stands in brackets. */
export function plainHeader(text: string): string {
  return plainText(text)
    .replace(/[（(【[].*?[)）】\]]/g, '')
    .replace(/[\s*:：★必填选'"“”]/g, '')
    .toUpperCase()
}

export interface HeaderGuess {
  readonly field: RosterField | null
  readonly confidence: Confidence
}

/** What stands over several columns, and what the columns under it then are. Blank: whatever their own names say. */
const groups: readonly (readonly [group: RegExp, ...under: (readonly [RegExp, RosterField])[]])[] =
  [
    [
      /户籍|户口/,
      [/^(?:省|省份|省市县|省市区|省市区县|省市|行政区划|区划|所在地|籍贯)$/, 'hukouProvince'],
      [/^(?:市|地市|城市)$/, 'hukouCity'],
      [/^(?:县|区|区县|县区|县市区)$/, 'hukouCounty'],
      [/^(?:详细地址|详址|地址|门牌|街路巷|乡镇街道)$/, 'hukouAddress'],
    ],
    [
      /^(?:现)?(?:居住地?|住址|住房|住所|住处|房屋|暂住地)|现居|现住|居住地址|常住/,
      [/^(?:小区|弄|小区弄|小区\/弄|村|自然村|路|街路巷|路名)$/, 'estate'],
      [/^(?:门牌|门牌号|幢|楼栋|楼幢|栋|号)$/, 'building'],
      [/^(?:室|室号|房号|房间|房间号)$/, 'room'],
      [/^(?:地址|详细地址|详址)$/, 'address'],
    ],
    [
      /房东|房主|业主|出租人|产权人/,
      [/^(?:姓名|名字|名称)$/, 'landlordName'],
      [/^(?:电话|手机|手机号|手机号码|联系电话|联系方式)$/, 'landlordPhone'],
    ],
    [
      /紧急|^联系人/,
      [/^(?:姓名|名字)$/, 'contactName'],
      [/^(?:电话|手机|手机号|手机号码|联系电话|联系方式)$/, 'contactPhone'],
    ],
    [
      /监护/,
      [/^(?:姓名|名字)$/, 'guardianName'],
      [/^(?:电话|手机|手机号|手机号码|联系电话|联系方式)$/, 'guardianPhone'],
    ],
    [
      /^户主/,
      [/^(?:姓名|名字)$/, 'headName'],
      [/^(?:身份证|身份证号|身份证号码|证件号码|公民身份号码)$/, 'headNumber'],
    ],
    [
      /居住证/,
      [/^(?:类型|证照类型)$/, 'permitType'],
      [/^(?:有效期|有效期至|有效期限|到期|到期日期|到期时间|签注到期)$/, 'permitExpires'],
    ],
  ]

/** 居住证 over 编号 and 有效期至 is one thing; of a group with a qualifier only what is named above is taken. */
export function guessField(header: string, group = ''): HeaderGuess {
  const own = plainHeader(header)
  const over = plainHeader(group)
  if (over !== '' && over !== own) {
    const together = fieldsByHeader.get(over + own)
    if (together) return { field: together, confidence: 'sure' }
    // (弄) beside 小区 says the same once more; plainHeader has taken it out.
    const found = groups.find(([pattern]) => pattern.test(over))
    const under = found?.slice(1) as readonly (readonly [RegExp, RosterField])[] | undefined
    const named = under?.find(([pattern]) => pattern.test(own))
    if (named) return { field: named[1], confidence: 'sure' }
    if (isQualified(over) || (found && /户籍|户口|居住证/.test(over) && !fieldsByHeader.has(own))) {
      return { field: null, confidence: 'kept-out' }
    }
    if (found && /户籍|户口|居住证/.test(over)) return { field: null, confidence: 'unknown' }
  }
  const sure = fieldsByHeader.get(own)
  if (sure) return { field: sure, confidence: 'sure' }
  if (keptOutHeaders.has(own) || isQualified(own)) return { field: null, confidence: 'kept-out' }
  const part = bySize.find((alias) => own.includes(alias))
  const field = part && fieldsByHeader.get(part)
  return field ? { field, confidence: 'likely' } : { field: null, confidence: 'unknown' }
}

function isQualified(plain: string): boolean {
  return ofSomebodyElse.test(plain) || notNow.test(plain)
}

/**
 * Of two columns for one field the one counts that stands further up in the list of headers, wherever it stands in the
 * sheet: a roster whose columns are in another order says the same.
 */
export function headerRank(header: string, group = ''): number {
  const all = [...fieldsByHeader.keys()]
  const [own, over] = [plainHeader(header), plainHeader(group)]
  const together = over === '' ? -1 : all.indexOf(over + own)
  if (together !== -1) return together
  const at = all.indexOf(own)
  return at === -1 ? all.length : at
}

/** 有效期至 means the residence permit's where it stands behind a column of that permit, else nobody knows whose. */
export const isBareExpiry = (header: string) =>
  /^(?:有效期|有效期至|有效期限|有效期止|到期日期|到期时间|证件到期日期)$/.test(plainHeader(header))
export const isOfPermit = (header: string) => /居住证|^办证类型$/.test(plainHeader(header))
