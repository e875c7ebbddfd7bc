/**
 * What GB/T 31000-2015 (社会治安综合治理基础数据规范) calls the columns of the register. A column that it has no term for
 * keeps the register's own header.
 */
import type { Sheet } from './sheet.ts'

export const standard = {
  number: 'GB/T 31000',
  edition: '2015',
  title: '社会治安综合治理基础数据规范',
} as const

/** By key of the column. The one of a table of codes is the name of its label; the code's is the same with 代码 behind it. */
const residentTerms = {
  name: '姓名',
  documentType: '证件类型',
  documentNumber: '证件号码',
  sex: '性别',
  birth: '出生日期',
  ethnicity: '民族',
  marriage: '婚姻状况',
  education: '学历',
  workplace: '服务处所',
  phones: '联系方式',
  hukouDivision: '户籍地',
  hukouAddress: '户籍门（楼）详址',
  door: '现住门（楼）详址',
  householdNumber: '户号',
  headName: '户主姓名',
  relation: '与户主关系',
  arrivalReason: '流入原因',
  permitType: '办证类型',
  permitExpires: '证件到期日期',
  registeredOn: '登记日期',
} as const

const dwellingTerms = {
  door: '房屋地址',
  landlordName: '房主姓名',
  landlordPhone: '房主联系方式',
  hazards: '隐患类型',
} as const

const terms: Readonly<Record<Sheet, Readonly<Record<string, string>>>> = {
  residents: residentTerms,
  households: {
    door: residentTerms.door,
    householdNumber: residentTerms.householdNumber,
    head: residentTerms.headName,
    phones: residentTerms.phones,
    hazards: dwellingTerms.hazards,
  },
  dwellings: dwellingTerms,
}

/** Null where the standard has none. */
export function standardTerm(sheet: Sheet, key: string): string | null {
  const known = terms[sheet]
  return Object.hasOwn(known, key) ? (known[key] ?? null) : null
}
