/** All words of the product in Simplified Chinese, its first language; `en.ts` has the same shape. */
import { clashes } from './zh-CN/clashes.ts'
import { devices } from './zh-CN/devices.ts'
import { facts } from './zh-CN/facts.ts'
import { forms } from './zh-CN/forms.ts'
import { household } from './zh-CN/household.ts'
import { me } from './zh-CN/me.ts'
import { places } from './zh-CN/places.ts'
import { fieldProblem, problems } from './zh-CN/problems.ts'
import { resident } from './zh-CN/resident.ts'
import { search } from './zh-CN/search.ts'
import { session } from './zh-CN/session.ts'
import { shell } from './zh-CN/shell.ts'
import { sync } from './zh-CN/sync.ts'
import { today } from './zh-CN/today.ts'

export const zhCN = {
  language: 'zh-CN' as 'zh-CN' | 'en',
  shell,
  session,
  sync,
  clashes,
  devices,
  problems,
  fieldProblem,
  facts,
  today,
  places,
  household,
  forms,
  resident,
  search,
  me,
}
export type Words = typeof zhCN
