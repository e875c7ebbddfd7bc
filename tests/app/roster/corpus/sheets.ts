/** Rosters of sample people in every form that `domain.md` of the project's notes lists, and in the dirt seen in the field. */
import { sampleNumber } from '../workbooks.ts'

/** A date as a spreadsheet keeps it: a number (1 is 1900-01-01) and the parts that are shown. */
export interface DateValue {
  readonly serial: number
  readonly shown: 'day' | 'month-day' | 'month'
}
export type CorpusCell = string | number | null | DateValue

export interface CorpusSheet {
  readonly name: string
  /** Rows above the header. */
  readonly titles: number
  readonly merged?: readonly string[]
  readonly rows: readonly (readonly CorpusCell[])[]
}

const day = (iso: string): DateValue => ({ serial: serialOf(iso), shown: 'day' })
const serialOf = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000 + 25_569

export const numbers = {
  oldMan: sampleNumber('1958-03-02', 1),
  wife: sampleNumber('1960-11-20', 2),
  child: sampleNumber('2015-06-01', 3),
  tenant: sampleNumber('1990-01-01', 5),
  other: sampleNumber('1988-08-18', 7),
  third: sampleNumber('1979-12-31', 9),
}

export const corpus: readonly CorpusSheet[] = [
  {
    name: '总表',
    titles: 1,
    merged: ['A1:F1'],
    rows: [
      ['样例社区人口信息总表'],
      '姓名 与其他人员关系 身份证号 性别 出生日期 联系电话 现住小区/建筑 门牌地址 所属网格 人员类型 是否重点人员 重点类别 户籍小区/建筑 户籍地址 户编号 是否人户分离 实际居住地 是否已迁出 迁出日期 迁往地 是否已死亡 死亡日期 民族 政治面貌 婚姻状况 文化程度 工作学习情况 健康状况 备注'.split(
        ' ',
      ),
      [
        '必填',
        '与户主关系',
        '18位身份证号',
        '男/女',
        'yyyy-MM-dd',
        '多个用；隔开',
        '必填',
        '如：3幢1单元101',
        '必填',
      ],
      // prettier-ignore
      ['样甲一', '户主', `${numbers.oldMan} `, '男', day('1958-03-02'), '10012340001；10012340002', '样例苑', '3幢2单元601室', '第一网格', '户籍人口', '否', '独居', null, '浙江省杭州市富阳区富春街道样例村8号', '0001', '否', null, '否', null, null, '否', null, '汉族', '群众', '已婚', '初中', '务农', '健康', '无'],
      // prettier-ignore
      ['样甲二', '配偶', `'${numbers.wife.toLowerCase()}`, '女', '19601120', '10012340003、10012340004', '样例苑', '3栋2单元601', '第一网格', null, '否', null, null, '安徽阜阳太和', '0001', '是', null, '否', null, null, '否', null, '汉', null, '初婚', '小学', null, null, '腿脚不便'],
      // prettier-ignore
      ['样甲三', '孙子', numbers.child, '男', '2015.6.1', null, '样例苑', '3#2-601', '第一网格', null, null, null, null, '西湖区', '0001', null, null, '是', '2026/9/1', '样例市', '否', null, null, null, '未婚', null, null, null, null],
    ],
  },
  {
    name: '网格',
    titles: 0,
    rows: [
      '街道名称 社区名称 网格名称 小区名称 楼栋 单元 房间号 姓名 身份证号 性别 人员属性'.split(' '),
      [
        '样例街道',
        '样例社区',
        '1网格',
        '样例苑',
        '三号楼',
        '二单元',
        '0501',
        '样乙一',
        numbers.tenant,
        '男',
        '流动人口',
      ],
      [
        '样例街道',
        '样例社区',
        '第二网格',
        '新样苑',
        'A座',
        '1',
        '101',
        '样乙二',
        numbers.other,
        '女',
        '低保；残疾二级',
      ],
      ['样例街道', '样例社区', '第五网格', '远样苑', '1', '1', '101', '样乙三', null, '女', '普通'],
      [
        '样例街道',
        '样例社区',
        '第一网格',
        '样例苑',
        '3幢',
        '甲',
        '501',
        '样乙四',
        null,
        '男',
        null,
      ],
      ['样例街道', '样例社区', '第一网格', '秋丰路', '12号', '无', '无', '赵 样', null, '男', null],
    ],
  },
  {
    name: '村民',
    titles: 2,
    merged: ['A1:T1', 'D4:D5'],
    rows: [
      ['样例村村民花名册'],
      ['填表日期：2026年11月1日'],
      '镇 村 组 户号编码 户主姓名 户主证件号码 与户主关系 姓名 证件号码 性别 年龄 民族 婚姻状况 户口性质 文化程度 职业 联系方式 户籍地址 常住地址 备注'.split(
        ' ',
      ),
      // prettier-ignore
      ['样例镇', '样例村', '3组', 'H07', '样丙一', numbers.oldMan, '本人', '样丙一', numbers.oldMan, '男', 68, '汉族', '丧偶', '农业', '文盲', '务农', '00000001转8012', '本村', '秋丰路15号', null],
      // prettier-ignore
      ['样例镇', '样例村', '3组', null, '样丙一', numbers.oldMan, '长子', '样丙二', numbers.third, '男', 46, '汉族', '离异', '农业', '高中', null, '10012340005（短号660001）', '本村', '秋丰路15号', '在外\n打工'],
      // prettier-ignore
      ['样例镇', '样例村', '3组', 'H08', '样丙三', null, '户主', '样丙三', '200101450101001', '男', 81, '畲族', '已婚', null, '小学', null, '10012340006', '本村', '秋丰路17号', null],
      // prettier-ignore
      ['样例镇', '样例村', '3组', 'H09', '样丙四', null, '户主', '样丙四', 2.00101195801011e17, '男', 68, null, null, null, null, null, null, null, '秋丰路18号', null],
    ],
  },
  {
    name: '公寓',
    titles: 0,
    rows: [
      '人员代码 小区名称 房间代码 姓名 人员类型 手机号 性别 出生日期 民族 证件类型 证件号码 户籍地址 婚姻状况 政治面貌 学历 职业 入住时间 与户主关系 现居地地址 工作单位 迁出时间'.split(
        ' ',
      ),
      // prettier-ignore
      ['P001', '样例苑', '3-1-303', '样丁一', '租客', 10012340007, '女', '1990/1/2', '苗族', '护照', 'E00000001', '贵州省黔东南州', '未婚', null, '本科', null, '2026-10-01', null, null, '样例制衣厂', null],
      // prettier-ignore
      ['P002', '样例苑', '3幢1单元304', '古样丽•样提', null, '+86 10012340008', '女', 1990.03, '维吾尔族', '居民身份证', null, '新疆', null, null, '大学本科', null, 2019, null, null, null, null],
      // prettier-ignore
      ['P003', '样例苑', '302 303', '样丁三', null, '10012340009', '男', '1991年5月6日', null, null, null, null, null, null, null, null, day('2026-05-06'), null, null, null, null],
      // prettier-ignore
      ['P004', '样例苑', '3幢1单元305', '样丁四', null, null, null, null, null, '港澳台居民居住证', '810000198001010014', null, null, null, null, null, null, null, null, null, null],
    ],
  },
  {
    name: '出租房',
    titles: 0,
    rows: [
      '序号 房屋地址 房东 房东电话 承租人姓名 身份证号 紧急电话 联系电话 户籍地址 来杭时间 拟离开日期 是否独居 低保 退伍军人 残疾等级 居住证有效期'.split(
        ' ',
      ),
      // prettier-ignore
      [1, '样例苑3幢1单元306', '样房东', '10080000001', '样戊一(租)', numbers.tenant, '10090000001', '10012340010', '安徽省阜阳市太和县样例镇', '2026年3月15日', '2026-01-01', '是', '否', '是', '二级', '2027-03-15'],
      // prettier-ignore
      [2, '样例苑３幢１单元３０７室', '样房东', '10080000001', '样戊二', `${numbers.other}（已核）`, null, '0571-00000000', '河南', '20260401', null, '否', '是', null, null, null],
      // prettier-ignore
      [3, '样例苑3幢501-1', null, null, '样戊三', null, null, null, '朝阳区', null, null, null, null, null, null, null],
      // prettier-ignore
      [4, '样例苑3楼东头那家', null, null, '样戊四', null, null, null, null, null, null, null, null, null, null, null],
    ],
  },
  {
    name: '两行表头',
    titles: 0,
    merged: ['A1:A2', 'B1:B2', 'C1:D1', 'E1:H1'],
    rows: [
      ['姓名', '性别', '户籍地址', null, '现居住地', null, null, null],
      [null, null, '省市县', '详细地址', '小区（弄）', '门牌', '室号', '详细地址'],
      ['样己一', '女', '安徽省阜阳市太和县', '样例村12号', '秋丰十一弄', '1号', '305', null],
      ['样己二', '男', '四川省', '样例乡', '秋丰11弄', '1号', '306', null],
    ],
  },
  {
    name: '日期门牌',
    titles: 0,
    rows: [
      ['姓名', '出生日期', '小区', '楼栋', '单元', '房间号'],
      ['样庚一', '1990年3月', '样例苑', null, null, { serial: 46_083, shown: 'month-day' }],
      [
        '样庚二',
        { serial: 32_933, shown: 'month' },
        '样例苑',
        { serial: 46_082, shown: 'month-day' },
        null,
        '602',
      ],
      ['样庚三', '1.1', '样例苑', '3.0', '1.0', '603.0'],
      ['样庚四', null, '样例苑', day('2026-03-02'), null, '604'],
      ["'样庚五", null, "'样例苑", "'3幢", '1', "'605"],
      ['样\u200b庚六', null, '样例苑\u200b', '3幢', '1', '606'],
      ['样*七', null, '样例苑', '3幢', '1', '607'],
    ],
  },
]
