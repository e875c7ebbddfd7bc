/** What a column of an office's ledger 台账 of open requests can mean, by the headers that are in use for it. */
import { plainHeader, type Confidence } from '../roster/fields.ts'

export const ledgerFields = [
  'number',
  'item',
  'words',
  'place',
  'estate',
  'building',
  'unitOfDoor',
  'room',
  'grid',
  'name',
  'telephone',
  'reported',
  'promised',
  'holder',
  'level',
  'source',
  'status',
] as const
export type LedgerField = (typeof ledgerFields)[number]

const headers: Readonly<Record<LedgerField, string>> = {
  number: '编号 工单编号 工单号 台账编号 诉求编号 受理编号 单号 事件编号',
  item: '事项 诉求类别 诉求类型 事项类别 事件类别 事件类型 问题类别 问题类型 类别 分类 诉求分类',
  words: '诉求内容 内容 问题描述 事件描述 反映内容 反映问题 主要内容 具体内容 事由 诉求',
  place: '地点 地址 事发地点 事发地址 发生地点 诉求地点 详细地址 位置 问题地点',
  estate: '小区 小区名称 所在小区',
  building: '楼栋 楼幢 幢 栋 幢号 楼号',
  unitOfDoor: '单元 单元号',
  room: '房间号 房号 室号 室',
  grid: '网格 所属网格 网格名称',
  name: '诉求人 诉求人姓名 反映人 来电人 联系人 姓名 申请人 报事人',
  telephone: '联系电话 电话 诉求人电话 联系方式 手机 手机号 手机号码 来电号码 反映人电话',
  reported: '登记日期 登记时间 受理日期 受理时间 反映时间 反映日期 来电时间 上报时间 报事日期 日期',
  promised:
    '承诺日期 承诺办结日期 承诺时限 办理期限 办结期限 截止日期 截止时间 要求办结时间 应办结日期 答复期限 到期日期',
  holder: '承办单位 办理单位 责任单位 承办部门 责任部门 主办单位 办理部门 在谁手里',
  level: '紧急程度 等级 级别 优先级',
  source: '来源 诉求来源 受理渠道 渠道',
  status: '状态 办理状态 办理情况 进度 办结情况 是否办结',
}

const byHeader = new Map<string, LedgerField>()
for (const field of ledgerFields) {
  for (const header of headers[field].split(' ')) byHeader.set(header, field)
}
/** Long ones first: 诉求人电话 is no 诉求. Of two characters and more. */
const bySize = [...byHeader.keys()]
  .filter((header) => header.length > 1)
  .sort((a, b) => b.length - a.length)

/** Known, and not taken: who in the office wrote it down is no part of a request. */
const keptOut = /^(?:序号|经办人|登记人|受理人|填表人|接待人|备注|满意度|回访.*|身份证.*|证件.*)$/

export function guessLedgerField(header: string): {
  readonly field: LedgerField | null
  readonly confidence: Confidence
} {
  const plain = plainHeader(header)
  const sure = byHeader.get(plain)
  if (sure) return { field: sure, confidence: 'sure' }
  if (plain === '' || keptOut.test(plain)) return { field: null, confidence: 'kept-out' }
  const part = bySize.find((known) => plain.includes(known))
  const field = part === undefined ? undefined : byHeader.get(part)
  return field ? { field, confidence: 'likely' } : { field: null, confidence: 'unknown' }
}

/** The ledger that is handed out empty: what stands above each column, what to write, and an example. */
export const ledgerTemplate: readonly {
  readonly header: string
  readonly hint: string
  readonly example: string
  readonly width: number
}[] = [
  { header: '工单编号', hint: '原来台账的编号，可不填', example: 'TZ-001', width: 14 },
  { header: '事项', hint: '和事项清单写得一样', example: '楼道灯不亮', width: 18 },
  { header: '诉求内容', hint: '事项和内容至少填一个', example: '样例：二楼楼道灯不亮', width: 36 },
  { header: '小区', hint: '和登记的小区写得一样', example: '样例苑', width: 16 },
  { header: '楼栋', hint: '如：3幢', example: '3幢', width: 10 },
  { header: '单元', hint: '没有就不填', example: '1单元', width: 10 },
  { header: '房间号', hint: '公共的地方不填', example: '', width: 10 },
  { header: '地点', hint: '没有门牌的写在这里', example: '2楼楼道', width: 24 },
  { header: '诉求人', hint: '可不填', example: '样例甲', width: 12 },
  { header: '联系电话', hint: '可不填，先把格子设成文本', example: '10012345678', width: 18 },
  { header: '登记日期', hint: '必填，如：2026-11-20', example: '2026-11-20', width: 14 },
  { header: '承诺办结日期', hint: '答应过哪天就填哪天', example: '2026-11-27', width: 16 },
  { header: '承办单位', hint: '已经交给谁办的才填', example: '', width: 18 },
]
