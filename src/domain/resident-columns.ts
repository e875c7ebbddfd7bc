/** The table of residents: what the rosters of domain practice have in common, under the headers that they use. */
import { shortOfId } from './born-ids.ts'
import { isWithheld } from './consent.ts'
import { ageOn } from './day.ts'
import { maskDocument, maskName, maskPhone } from './mask.ts'
import { ageGroupOf } from './minor.ts'
import { careColumns, placeColumns } from './place-columns.ts'
import { isFloating, livesApartFromHukou } from './residence.ts'
import type { residentSchema } from './resident.ts'
import { careLookOf, type SheetColumn } from './sheet-columns.ts'

type FieldName = keyof (typeof residentSchema)['entries']

/** A column that holds a field of the resident as it is. */
function field(
  name: FieldName,
  header: string,
  en: string,
  more: Partial<SheetColumn> = {},
): SheetColumn {
  return {
    key: name,
    header,
    en,
    field: ['resident', name],
    type: 'text',
    width: 14,
    // What somebody restricted or withdrew stands in no table, and leaves in none.
    value: ({ resident }) =>
      resident && !isWithheld(name, resident)
        ? (resident[name] as ReturnType<SheetColumn['value']>)
        : null,
    ...more,
  }
}

const day = { type: 'day', width: 13 } as const

/** The same for all of a household, so that an import puts its people together again. */
export const householdNumber: SheetColumn = {
  key: 'householdNumber',
  header: '户编号',
  en: 'Household no.',
  aliases: ['户号编码', '户号'],
  type: 'plain',
  width: 16,
  value: (row) => row.householdId && shortOfId(row.householdId).toUpperCase(),
}

export const residentColumns: readonly SheetColumn[] = [
  field('name', '姓名', 'Name', { type: 'name', mask: maskName, width: 14 }),
  ...placeColumns,
  householdNumber,
  {
    key: 'headName',
    header: '户主姓名',
    en: 'Head',
    type: 'name',
    mask: maskName,
    width: 14,
    value: (row) => row.head?.name,
  },
  field('relation', '与户主关系', 'Relation to head', {
    aliases: ['与其他人员关系'],
    table: 'relation2',
  }),
  field('documentType', '证件类型', 'Document', { table: 'id_doc_type', width: 16 }),
  field('documentNumber', '证件号码', 'Document no.', {
    aliases: ['身份证号', '身份证号码', '公民身份号码'],
    type: 'plain',
    mask: maskDocument,
    width: 24,
  }),
  field('sex', '性别', 'Sex', { table: 'sex', width: 8 }),
  field('birth', '出生日期', 'Birth date', day),
  {
    key: 'age',
    header: '年龄',
    en: 'Age',
    type: 'number',
    width: 8,
    value: ({ resident, today }) =>
      resident?.birth ? ageOn(resident.birth, resident.diedOn ?? today) : null,
  },
  {
    key: 'minor',
    header: '是否未成年人',
    en: 'Minor',
    type: 'flag',
    width: 14,
    value: ({ resident, today }) =>
      resident?.birth ? ageGroupOf(resident, resident.diedOn ?? today) !== null : null,
  },
  field('phones', '联系电话', 'Telephone', {
    aliases: ['手机号', '联系方式', '电话', '手机'],
    type: 'plain',
    mask: maskPhone,
    width: 18,
  }),
  field('residence', '人户情况', 'Residence', { table: 'living_status', width: 14 }),
  {
    key: 'floating',
    header: '是否流动人口',
    en: 'Floating',
    type: 'flag',
    width: 14,
    value: ({ resident }) => (resident?.hukouDivision ? isFloating(resident) : null),
  },
  {
    key: 'apart',
    header: '是否人户分离',
    en: 'Lives apart from hukou',
    type: 'flag',
    width: 14,
    value: ({ resident }) => (resident?.residence ? livesApartFromHukou(resident) : null),
  },
  {
    key: 'tags',
    header: '关爱标签',
    en: 'Care tags',
    field: ['resident', 'tags'],
    type: 'tags',
    width: 20,
    value: () => null,
  },
  {
    key: 'cares',
    header: '照护安排',
    en: 'Care',
    type: 'cares',
    width: 28,
    value: () => null,
  },
  {
    key: 'careLook',
    header: '照护看一看',
    en: 'Look at care',
    ...day,
    value: careLookOf,
  },
  ...careColumns,
  field('hukouDivision', '户籍区划', 'Hukou division', { type: 'plain' }),
  field('hukouAddress', '户籍地址', 'Hukou address', { width: 30 }),
  field('arrivedOn', '入住时间', 'Arrived', { ...day, aliases: ['来本地日期'] }),
  field('arrivalReason', '流入原因', 'Reason of arrival', { table: 'inflow_reason' }),
  field('registeredOn', '申报登记日期', 'Registered', day),
  field('permitType', '居住证类型', 'Permit', { table: 'permit_type' }),
  field('permitExpires', '居住证签注到期', 'Permit endorsed by', day),
  field('ethnicity', '民族', 'Ethnic group', { table: 'nation' }),
  field('education', '文化程度', 'Education', { aliases: ['学历'], table: 'education' }),
  field('marriage', '婚姻状况', 'Marriage', { table: 'marriage' }),
  field('workplace', '工作单位', 'Workplace', { width: 24 }),
  field('contactName', '联系人', 'Contact', { type: 'name', mask: maskName }),
  field('contactPhone', '联系人电话', 'Contact’s telephone', {
    type: 'plain',
    mask: maskPhone,
    width: 18,
  }),
  field('guardianName', '监护人', 'Guardian', { type: 'name', mask: maskName }),
  field('guardianPhone', '监护人电话', 'Guardian’s telephone', {
    type: 'plain',
    mask: maskPhone,
    width: 18,
  }),
  field('guardianRelation', '监护人关系', 'Guardian is', { table: 'relation2' }),
  field('noticeOn', '告知日期', 'Notice given', day),
  field('verifiedOn', '核实日期', 'Verified', day),
  field('addressChangedOn', '住址变更日期', 'Address changed', day),
  field('movedOutOn', '迁出日期', 'Moved out', { ...day, aliases: ['迁出时间'] }),
  field('movedOutTo', '迁往地', 'Moved to', { width: 20 }),
  field('diedOn', '死亡日期', 'Died', day),
  field('note', '备注', 'Note', { width: 30 }),
]
