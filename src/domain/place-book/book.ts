/**
 * A workbook of places and of the people who work in them, as an office fills it in: its two tables, their columns, and
 * the words that stand for kinds and roles. One row is one place or one account.
 */
import type { Role } from '../account.ts'
import type { PlaceKind } from '../place.ts'

/** Texts as they stand in the cells, '' where nothing stands. */
export interface PlaceLine {
  readonly of: 'place'
  readonly sheet: string
  /** As the spreadsheet numbers it, from 1. */
  readonly row: number
  readonly kind: string
  readonly name: string
  readonly parent: string
  readonly code: string
}

export interface PersonLine {
  readonly of: 'person'
  readonly sheet: string
  readonly row: number
  readonly name: string
  readonly login: string
  readonly role: string
  /** One or several places, with a comma or a semicolon between them. */
  readonly places: string
}

export type BookLine = PlaceLine | PersonLine

/** So many rows are read and written at once; an office of 57 communities with five grids and workers each has 627. */
export const mostLines = 5_000
/** No cell that means something here is longer; one with the places of a person may be. */
export const longestCell = 200
export const longestPlaces = 4_000

interface ColumnWords {
  readonly 'zh-CN': string
  readonly en: string
  /** Other headers that mean the same. */
  readonly aliases: readonly string[]
}

export const placeColumns = {
  kind: { 'zh-CN': '种类', en: 'Kind', aliases: ['类型', '类别', '地方种类'] },
  name: { 'zh-CN': '名称', en: 'Name', aliases: ['地方', '地方名称'] },
  parent: { 'zh-CN': '上级', en: 'Under', aliases: ['上级地方', '所属', '所属地方', '上级名称'] },
  code: { 'zh-CN': '区划代码', en: 'Division code', aliases: ['代码', '编码', 'Code'] },
} as const satisfies Readonly<Record<string, ColumnWords>>

export const personColumns = {
  name: { 'zh-CN': '姓名', en: 'Name', aliases: ['人员'] },
  login: { 'zh-CN': '账号', en: 'Account', aliases: ['登录名', '用户名', '帐号', 'Login'] },
  role: { 'zh-CN': '角色', en: 'Role', aliases: ['岗位', '身份'] },
  places: {
    'zh-CN': '负责的地方',
    en: 'Places',
    aliases: ['负责', '负责地方', '网格', '所属网格', '地方'],
  },
} as const satisfies Readonly<Record<string, ColumnWords>>

/** How kinds are written; the first of each stands in the template. */
export const kindLabels: Readonly<Record<PlaceKind, readonly string[]>> = {
  subdistrict: ['街道', '镇', '乡', 'subdistrict'],
  community: ['社区', '居委会', 'community'],
  village: ['行政村', '村', '村委会', 'village'],
  cooperative: ['股份经济合作社', '合作社', 'cooperative'],
  grid: ['网格', 'grid'],
  'micro-grid': ['微网格', 'micro-grid'],
  unit: ['承办单位', '部门', '单位', 'unit', 'department'],
}

export const roleLabels: Readonly<Record<Role, readonly string[]>> = {
  worker: ['网格员', '专职网格员', '微网格长', 'worker', 'grid worker'],
  staff: ['社区工作人员', '社区干部', '社工', 'staff', 'community staff'],
  admin: ['街道管理员', '管理员', 'admin', 'administrator', 'subdistrict administrator'],
  handler: ['部门经办', '经办人', '承办人', '承办单位人员', 'handler', 'department handler'],
  auditor: ['审计', '审计员', 'auditor'],
  gate: ['门岗', '保安', 'gate'],
}
