/** The tables of households and of dwellings. */
import { maskName, maskPhone } from './mask.ts'
import { careColumns, placeColumns } from './place-columns.ts'
import { householdNumber, residentColumns } from './resident-columns.ts'
import type { SheetColumn, SheetRow } from './sheet-columns.ts'
import { sheets, type Sheet } from './sheet.ts'

const useOfDwelling: SheetColumn = {
  key: 'use',
  header: '房屋用途',
  en: 'Use',
  field: ['dwelling', 'use'],
  type: 'use',
  width: 10,
  value: (row) => row.dwelling?.use,
}

const people: SheetColumn = {
  key: 'people',
  header: '居住人数',
  en: 'People',
  type: 'number',
  width: 10,
  value: (row) => row.people.length,
}

const tagsOfPeople: SheetColumn = {
  key: 'tags',
  header: '关爱标签',
  en: 'Care tags',
  type: 'tags',
  width: 24,
  value: () => null,
}

const openHazards = ({ dwelling, today }: SheetRow) =>
  (dwelling?.hazards ?? []).filter(({ cleared }) => !cleared || cleared > today)

const hazards: SheetColumn = {
  key: 'hazards',
  header: '安全隐患',
  en: 'Open hazards',
  type: 'text',
  table: 'safety_hazard',
  width: 18,
  value: (row) => [...new Set(openHazards(row).map(({ type }) => type))],
}

export const householdColumns: readonly SheetColumn[] = [
  {
    key: 'head',
    header: '户主姓名',
    en: 'Head',
    type: 'name',
    mask: maskName,
    width: 14,
    value: (row) => (row.head ?? row.people[0])?.name,
  },
  ...placeColumns,
  householdNumber,
  people,
  {
    key: 'phones',
    header: '联系电话',
    en: 'Telephone',
    type: 'plain',
    mask: maskPhone,
    width: 18,
    value: (row) => row.people.flatMap(({ phones }) => phones ?? []).slice(0, 3),
  },
  tagsOfPeople,
  ...careColumns,
  useOfDwelling,
  hazards,
  {
    key: 'endedOn',
    header: '整户搬离日期',
    en: 'Left as a whole',
    field: ['household', 'endedOn'],
    type: 'day',
    width: 14,
    value: (row) => row.household?.endedOn,
  },
  {
    key: 'note',
    header: '备注',
    en: 'Note',
    field: ['household', 'note'],
    type: 'text',
    width: 30,
    value: (row) => row.household?.note,
  },
]

export const dwellingColumns: readonly SheetColumn[] = [
  ...placeColumns,
  useOfDwelling,
  {
    key: 'plates',
    header: '车牌',
    en: 'Plates',
    type: 'plain',
    width: 20,
    value: (row) => row.plates,
  },
  {
    key: 'households',
    header: '户数',
    en: 'Households',
    type: 'number',
    width: 10,
    value: (row) => row.households,
  },
  people,
  tagsOfPeople,
  ...careColumns.filter(({ key }) => key !== 'dueOn' && key !== 'overdue'),
  hazards,
  {
    key: 'landlordName',
    header: '房东',
    en: 'Landlord',
    aliases: ['房东姓名'],
    field: ['dwelling', 'landlordName'],
    type: 'name',
    mask: maskName,
    width: 14,
    value: (row) => row.dwelling?.landlordName,
  },
  {
    key: 'landlordPhone',
    header: '房东电话',
    en: 'Landlord’s telephone',
    field: ['dwelling', 'landlordPhone'],
    type: 'plain',
    mask: maskPhone,
    width: 18,
    value: (row) => row.dwelling?.landlordPhone,
  },
  {
    key: 'letSince',
    header: '出租起始',
    en: 'Let since',
    field: ['dwelling', 'letSince'],
    type: 'day',
    width: 13,
    value: (row) => row.dwelling?.letSince,
  },
  {
    key: 'note',
    header: '备注',
    en: 'Note',
    field: ['dwelling', 'note'],
    type: 'text',
    width: 30,
    value: (row) => row.dwelling?.note,
  },
]

const columns: Readonly<Record<Sheet, readonly SheetColumn[]>> = {
  residents: residentColumns,
  households: householdColumns,
  dwellings: dwellingColumns,
}

export function columnsOf(sheet: Sheet): readonly SheetColumn[] {
  return columns[sheet]
}

/** The columns of these keys, in this order; what this version does not have is left out. */
export function pickColumns(sheet: Sheet, keys: readonly string[]): readonly SheetColumn[] {
  return keys.flatMap((key) => columns[sheet].find((column) => column.key === key) ?? [])
}

const usual: Readonly<Record<Sheet, readonly string[]>> = {
  residents: ['name', 'colour', 'door', 'relation', 'sex', 'age', 'phones', 'tags', 'dueOn'],
  households: ['head', 'colour', 'door', 'people', 'phones', 'tags', 'dueOn', 'use'],
  dwellings: ['door', 'colour', 'use', 'households', 'people', 'tags'],
}

/** What is shown where nobody chose. */
export function usualColumns(sheet: Sheet): readonly string[] {
  return usual[sheet]
}

/** Whether a word is the name of a table. */
export function isSheet(text: unknown): text is Sheet {
  return (sheets as readonly unknown[]).includes(text)
}
