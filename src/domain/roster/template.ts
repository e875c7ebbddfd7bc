/** A roster to hand out: its columns, what to write into each, and a household as an example. */

/** Of sheets that show how to fill in a roster: nobody in them is real. */
export const exampleSheet = /示例|填写说明/

export interface TemplateColumn {
  readonly header: string
  readonly hint: string
  /** Of two people of one household who do not exist: document numbers of no division, telephones of no network. */
  readonly examples: readonly [string, string]
  readonly width: number
}

const column = (
  header: string,
  hint: string,
  first: string,
  second: string,
  width = 14,
): TemplateColumn => ({ header, hint, examples: [first, second], width })

export const templateColumns: readonly TemplateColumn[] = [
  column('所属网格', '如：第一网格', '第一网格', '第一网格'),
  column('小区名称', '必填，和楼栋分开写', '样例苑', '样例苑'),
  column('楼栋', '如：3幢；独门独户写门牌，如：12号', '3幢', '3幢'),
  column('单元', '没有就不填', '1单元', '1单元', 10),
  column('房间号', '如：302', '302', '302', 10),
  column('户编号', '一户一个号，同住的人写一样的', '1', '1', 10),
  column('姓名', '必填', '样例甲', '样例乙'),
  column('与户主关系', '如：户主、配偶、子、女、租户', '户主', '配偶'),
  column('证件类型', '不填就当居民身份证', '居民身份证', '居民身份证'),
  column('身份证号', '先把格子设成文本再填', '200101199001010017', '20010119910202002X', 24),
  column('性别', '有身份证号可以不填', '男', '女', 8),
  column('出生日期', '有身份证号可以不填，如：1990-01-01', '1990-01-01', '1991-02-02'),
  column('联系电话', '几个号码用；隔开', '10012345678', '10012345679；10012345680', 26),
  column(
    '户籍地址',
    '写到省、市、县',
    '浙江省杭州市富阳区富春街道',
    '浙江省杭州市富阳区富春街道',
    32,
  ),
  column('来本地日期', '外来的填，如：2024-03-01', '', ''),
  column('流入原因', '外来的填，如：务工', '', ''),
  column('工作单位', '可不填', '', '样例制衣厂', 18),
  column('关爱标签', '如：独居、残疾二级、低保；几个用；隔开', '', '', 18),
  column('备注', '可不填', '', '', 18),
]
