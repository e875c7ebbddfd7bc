/** All words in English, the second language; fetched only where somebody chose it. */
import { facts } from './en/facts.ts'
import { household } from './en/household.ts'
import { places } from './en/places.ts'
import { fieldProblem } from './en/field-problem.ts'
import { problems } from './en/problems.ts'
import { resident } from './en/resident.ts'
import { session } from './en/session.ts'
import { shell } from './en/shell.ts'
import { sync } from './en/sync.ts'
import { today } from './en/today.ts'
import type { Words } from './zh-CN.ts'

export const en: Words = {
  language: 'en',
  shell,
  session,
  sync,
  problems,
  fieldProblem,
  facts,
  today,
  places,
  household,
  resident,
}
