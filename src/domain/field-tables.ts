import type { CodeTable } from './code-tables.ts'

/** Which national code table a field's code is of. */
export const fieldTables = {
  documentType: 'id_doc_type',
  relation: 'relation2',
  guardianRelation: 'relation2',
  arrivalReason: 'inflow_reason',
  permitType: 'permit_type',
  ethnicity: 'nation',
  education: 'education',
  marriage: 'marriage',
  sex: 'sex',
  buildingKind: 'building_type',
} as const satisfies Readonly<Record<string, CodeTable>>
