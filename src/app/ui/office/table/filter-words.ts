import { ruleWords } from '#domain/colour-of.ts'
import type { colourKeys } from '#domain/level.ts'
import { filterDays, reasonByHand, type SheetFilter } from '#domain/sheet-filter.ts'
import { daysOf } from '#domain/sheet-passes.ts'
import type { Register } from '#app/register/register.ts'
import type { LevelWords } from '#app/ui/kit/LevelMark.tsx'
import { gridName } from '#app/views/door.ts'
import type { Words } from '#app/ui/words/zh-CN.ts'
import type { TableWords } from './table-words.ts'

interface Speech {
  readonly words: Words
  readonly own: TableWords
  readonly levels: Readonly<Record<(typeof colourKeys)[number], LevelWords>>
}

/** Each question of a filter in words, for the line under the head and for the log. Of a search only that there is one. */
export function filterInWords(
  { words, own, levels }: Speech,
  register: Pick<Register, 'get' | 'scheme'>,
  filter: SheetFilter,
  isSearched: boolean,
): readonly string[] {
  const or = (list: readonly string[] | null | undefined) => (list ?? []).join(' / ')
  const { ageFrom = null, ageTo = null, building } = filter
  const reasonWords = (key: string) => {
    if (key === reasonByHand) return own.byHand
    const rule = register.scheme().rules.find((one) => one.key === key)
    return rule ? ruleWords(rule, words.language) : key
  }
  const house = building ? register.get('building', building)?.fields : undefined
  return [
    filter.presence && filter.presence !== 'present' ? own.presences[filter.presence] : '',
    or(filter.colours?.map((key) => levels[key].word)),
    or(filter.tags?.map((tag) => words.facts.tag[tag])),
    ageFrom === null && ageTo === null ? '' : own.ages(ageFrom, ageTo),
    or(filter.residences?.map((kind) => own.residences[kind])),
    or(filter.uses?.map((use) => words.facts.use[use])),
    filter.grid ? gridName(register as Register, filter.grid) || words.facts.otherGrid : '',
    filter.estate ?? '',
    house ? `${house.estate} ${house.name}` : '',
    filter.due ? own.dues[filter.due] : '',
    filter.arrivedWithin ? own.months(filter.arrivedWithin) : '',
    ...filterDays.map((kind) => {
      const [from, to] = daysOf(filter, kind)
      return from === null && to === null ? '' : own.span(own.days[kind], from, to)
    }),
    filter.vehicles ? own.vehicles : '',
    filter.care ? own.cares[filter.care] : '',
    filter.neverMet ? own.neverMet : '',
    or(filter.reasons?.map(reasonWords)),
    or(filter.missing?.map((fact) => own.facts[fact])),
    isSearched ? own.searched : '',
  ].filter((part) => part !== '')
}
