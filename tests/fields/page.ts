/**
 * The catalogue of fields 数据目录: each field of a record about people and dwellings with its Chinese term, its type, its
 * code table, why it is asked, on which ground, and whether it is sensitive. A province asks for it field by field.
 */
import { codeTables, type CodeTable } from '#domain/code-tables.ts'
import { isDay } from '#domain/day.ts'
import { fieldTables } from '#domain/field-tables.ts'
import { purposes, requestPurposes, type Purpose } from '#domain/purpose.ts'
import { schemas } from '#domain/schemas.ts'
import { standardTerm } from '#domain/standard-terms.ts'
import { facts } from '#app/ui/words/zh-CN/facts.ts'

export const listedKinds = [
  'resident',
  'household',
  'dwelling',
  'building',
  'visit',
  'request',
  'asker',
] as const

const kindNames: Readonly<Record<(typeof listedKinds)[number], string>> = {
  resident: '居民',
  household: '住户',
  dwelling: '房屋',
  building: '楼栋',
  visit: '走访',
  request: '诉求',
  asker: '诉求人',
}

const grounds = { duty: '法定职责', consent: '本人同意', emergency: '紧急情况' } as const

/** Bases of a schema: the wrapped one of what may be absent, the first of a pipe. */
interface Piece {
  readonly type: string
  readonly kind?: string
  readonly wrapped?: Piece
  readonly pipe?: readonly Piece[]
  readonly item?: Piece
  readonly options?: readonly unknown[]
  readonly entries?: Readonly<Record<string, Piece>>
  readonly requirement?: unknown
}

/** 文本 ≤40, 日期, 选项 a/b, 列表（≤5）of … in words. */
export function typeOf(schema: Piece): string {
  if (schema.wrapped) return typeOf(schema.wrapped)
  const checks = schema.pipe ?? []
  const requirementOf = (type: string) => checks.find((one) => one.type === type)?.requirement
  switch (schema.type) {
    case 'string': {
      if (checks.some(({ type }) => type === 'uuid')) return '编号（UUID）'
      if (checks.some(({ requirement }) => requirement === isDay)) return '日期（YYYY-MM-DD）'
      if (checks.some(({ type }) => type === 'iso_timestamp')) return '时刻（ISO 8601）'
      const most = requirementOf('max_length')
      return typeof most === 'number' ? `文本，最长 ${most}` : '文本'
    }
    case 'number': {
      const [least, most] = [requirementOf('min_value'), requirementOf('max_value')]
      return typeof least === 'number' && typeof most === 'number'
        ? `数，${least} 到 ${most}`
        : '数'
    }
    case 'boolean':
      return '是或否'
    case 'picklist':
      return `选项：${(schema.options ?? []).map(String).join('、')}`
    case 'array': {
      const most = requirementOf('max_length')
      const item = schema.item ? typeOf(schema.item) : '值'
      return `列表${typeof most === 'number' ? `，最多 ${most} 项` : ''}：${item}`
    }
    case 'loose_object':
      return `一组：${Object.keys(schema.entries ?? {}).join('、')}`
    default:
      return '值'
  }
}

const isNeeded = (schema: Piece) => schema.type !== 'nullish' && schema.type !== 'optional'

export interface FieldRow {
  readonly field: string
  readonly cells: readonly string[]
}

/** A row for each field of a kind. */
export function rowsOf(kind: (typeof listedKinds)[number]): readonly FieldRow[] {
  const known: Readonly<Record<string, Purpose>> =
    kind === 'resident' ? purposes : kind === 'request' || kind === 'asker' ? requestPurposes : {}
  const entries = schemas[kind].entries as unknown as Readonly<Record<string, Piece>>
  const terms: Readonly<Record<string, string>> = facts.field
  const tables: Readonly<Record<string, CodeTable | undefined>> = fieldTables
  const sheet = kind === 'resident' ? 'residents' : kind === 'dwelling' ? 'dwellings' : null
  return Object.entries(entries).map(([field, schema]) => {
    const purpose = Object.hasOwn(known, field) ? known[field] : undefined
    const table = tables[field]
    return {
      field,
      cells: [
        `\`${field}\``,
        terms[field] ?? '–',
        typeOf(schema),
        isNeeded(schema) ? '必填' : '–',
        table ? codeTables[table].standard : field === 'hukouDivision' ? 'GB/T 2260' : '–',
        purpose?.zh ?? '–',
        purpose ? groundOf(purpose) : '–',
        purpose ? (purpose.sensitive ? '敏感' : '一般') : '–',
        purpose ? (purpose.mayOff ? '可不填' : '–') : '–',
        sheet ? (standardTerm(sheet, field) ?? '–') : '–',
      ],
    }
  })
}

const head = [
  '字段',
  '名称',
  '类型',
  '必填',
  '代码表',
  '用途',
  '依据',
  '敏感',
  '单位可关闭',
  'GB/T 31000',
]

export function fieldsPage(): string {
  const parts = listedKinds.map((kind) => {
    const rows = rowsOf(kind).map(({ cells }) => `| ${cells.join(' | ')} |`)
    const rule = `| ${head.map(() => '---').join(' | ')} |`
    return [`## ${kindNames[kind]} \`${kind}\``, '', `| ${head.join(' | ')} |`, rule, ...rows].join(
      '\n',
    )
  })
  return [
    '# 数据目录',
    '',
    '`npm run fields` prints this page from the schemas in `src/domain`, the purposes (`domain/purpose.ts`) and the code tables. A test holds it.',
    '',
    parts.join('\n\n'),
    '',
  ].join('\n')
}

/** Of a floating resident some fields are a duty, by the rule that is named. */
function groundOf({ ground, dutyIfFloating }: Purpose): string {
  return dutyIfFloating
    ? `${grounds[ground]}；流动人口：${grounds.duty}（${dutyIfFloating}）`
    : grounds[ground]
}
