/** The figures of a place and those below it as the sheets of a workbook. */
import { colourKeys, type ColourKey } from '#domain/level.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { PlaceOverview } from '#protocol/overview.ts'
import type { WorkbookSheet } from '#app/acts/workbook-sheet.ts'
import type { LevelWords } from '#app/ui/kit/LevelMark.tsx'
import type { OverviewWords } from '#app/ui/words/overview-words.ts'
import type { ListedPlace } from '#app/views/overview-places.ts'
import { reasonOfShift } from './Shifts.tsx'

export interface SheetParts {
  readonly own: OverviewWords
  readonly language: 'zh-CN' | 'en'
  readonly levels: Readonly<Record<ColourKey, LevelWords>>
  readonly scheme: Scheme
  readonly asOf: string
  readonly places: readonly ListedPlace[]
  readonly detail: PlaceOverview | null
}

export function figureSheets(parts: SheetParts): WorkbookSheet[] {
  return [placesSheet(parts), ...detailSheets(parts)]
}

const number = (header: string) => ({ header, width: 12 })

function placesSheet({ own, levels, asOf, places }: SheetParts): WorkbookSheet {
  const of = (what: string, key: ColourKey) => number(`${what} ${levels[key].word}`)
  return {
    name: own.sheets.places,
    above: [own.title, asOf, own.sheetNote],
    columns: [
      { header: own.place, width: 34 },
      number(own.level),
      number(own.residents),
      ...colourKeys.map((key) => of(own.residents, key)),
      ...[own.floating, own.apart, own.settled].map(number),
      number(own.dwellings),
      ...colourKeys.map((key) => of(own.dwellings, key)),
      ...[own.overdue, own.today, own.week, own.later, own.met, own.meant, own.covered].map(number),
    ],
    rows: places.map(({ figures, name, placeKind }) => {
      const { residents, residence, dwellings, calls, visits, coverage } = figures
      return [
        ...[name, placeKind ? own.levels[placeKind] : '', shown(residents.total)],
        ...colourKeys.map((key) => shown(residents.colours[key])),
        ...[residence.floating, residence.apart, residence.settled, dwellings.total].map(shown),
        ...colourKeys.map((key) => shown(dwellings.colours[key])),
        ...[calls.overdue, calls.today, calls.week, calls.later, visits?.week ?? null].map(shown),
        ...[coverage?.meant ?? null, coverage?.met ?? null].map(shown),
      ]
    }),
  }
}

function detailSheets({
  own,
  levels,
  asOf,
  language,
  scheme,
  detail,
}: SheetParts): WorkbookSheet[] {
  if (!detail) return []
  const { weeks, shifts } = detail
  const course: WorkbookSheet = {
    name: own.sheets.weeks,
    above: [own.weeks, asOf],
    columns: [
      { header: own.weekOf, width: 14 },
      ...colourKeys.map((key) => number(levels[key].word)),
      number(own.overdue),
    ],
    rows: (weeks ?? []).map(({ week, residents, overdue }) => [
      week,
      ...colourKeys.map((key) => shown(residents[key])),
      shown(overdue),
    ]),
  }
  const changes: WorkbookSheet = {
    name: own.sheets.shifts,
    above: [own.shifts, asOf],
    columns: [
      number(own.subject),
      number(own.from),
      number(own.to),
      { header: own.reason, width: 40 },
      { header: own.cause, width: 16 },
      number(own.count),
    ],
    rows: (shifts ?? []).map((shift) => [
      shift.subject === 'resident' ? own.residents : own.dwellings,
      levels[shift.from].word,
      levels[shift.to].word,
      reasonOfShift(shift, own, scheme, language),
      own.causes[shift.cause],
      shown(shift.count),
    ]),
  }
  return [...(weeks ? [course] : []), ...(shifts ? [changes] : [])]
}

/** What is not told stands as a sign, so that nobody takes an empty cell for none. */
function shown(n: number | null): number | string {
  return n ?? '···'
}
