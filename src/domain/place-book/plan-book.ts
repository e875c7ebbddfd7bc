/**
 * What a workbook of places and people would make of a register: a pure function of its rows and of what is there, asked
 * by the device before it shows the rows and by the server before it writes them. The order of the rows changes nothing.
 */
import { mayKeepPlaces } from '../permission-of-places.ts'
import { mayStandUnder } from '../place-rules.ts'
import type { PlaceKind } from '../place.ts'
import { plainText } from '../text.ts'
import { kindLabels, type BookLine, type PlaceLine } from './book.ts'
import { placeKey, suffixesOf, type BookPlace } from './find-places.ts'
import { planPeople, type PlannedPerson } from './plan-people.ts'
import {
  areSame,
  nameOf,
  problemOfTexts,
  refuseRepeated,
  rootsOf,
  shortly,
  startPlanning,
  whereIs,
  type Known,
  type KnownPlace,
  type PlannedPlace,
  type Planning,
} from './planning.ts'
import type { Verdict } from './verdict.ts'

export interface BookPlan {
  /** One for each line, in their order. */
  readonly verdicts: readonly Verdict[]
  /** Those that are new, each after the one that it stands under. */
  readonly places: readonly PlannedPlace[]
  readonly people: readonly PlannedPerson[]
}

/** What stands where is settled from above: each kind stands under one of a step before it. */
const steps: readonly (readonly PlaceKind[])[] = [
  ['community', 'village', 'cooperative'],
  ['grid', 'unit'],
  ['micro-grid'],
]

export function planBook(lines: readonly BookLine[], known: Known): BookPlan {
  const planning = startPlanning(lines, known)
  const { verdicts, index, keep, refuse } = planning
  const drafts = draftsOf(planning)
  refuseRepeated(planning, drafts, 'code-twice', ({ code }) => code)
  const draftNamed = createNaming(drafts)
  const among: Among = { draftNamed, loopOf: createLoops(drafts, draftNamed) }
  const hereOf = createLooking(known)
  const made: PlannedPlace[] = []
  for (const kinds of steps) {
    const placed = drafts
      .filter(({ kind }) => kinds.includes(kind))
      .map((draft) => ({ ...draft, parent: findParent(planning, draft, among) }))
      .map((draft) => ({ ...draft, here: hereOf(draft.parent, draft.name) }))
    for (const { line, kind, here } of placed) {
      if (!here) continue
      if (here.kind === kind) keep(line)
      else refuse(line, { code: 'other-kind', kind: here.kind, text: here.name })
    }
    const fresh = placed.filter(({ here }) => !here)
    // Two rows that are the same place: nobody knows which of them is meant.
    refuseRepeated(planning, fresh, 'twice', ({ parent, name }) =>
      parent ? `${parent.id ?? `line ${parent.line}`} ${placeKey(name)}` : null,
    )
    for (const { line, kind, name, parent, code } of fresh) {
      const isWrong = verdicts[line]?.state === 'wrong'
      const place: PlannedPlace = { id: null, line, kind, name, parent, code, isWrong }
      index.add(place)
      if (!isWrong) made.push(place)
    }
  }
  return { verdicts, places: made, people: planPeople(planning, made) }
}

interface Draft {
  readonly line: number
  readonly kind: PlaceKind
  readonly name: string
  readonly code: string | null
  readonly above: string
}

function draftsOf(planning: Planning): readonly Draft[] {
  const byCode = new Map(planning.known.places.map((place) => [place.code, place]))
  return planning.lines.flatMap((line, at) =>
    line.of === 'place' ? draftOf(planning, line, at, byCode) : [],
  )
}

/** What stands in the cells of a row; nothing where not even its kind and name can be told. */
function draftOf(
  planning: Planning,
  line: PlaceLine,
  at: number,
  byCode: ReadonlyMap<string | null, KnownPlace>,
): readonly Draft[] {
  const { known, refuse } = planning
  const said = problemOfTexts({ kind: line.kind, name: line.name, parent: line.parent })
  if (said) refuse(at, said)
  const kind = kindOf(line.kind)
  if (line.kind === '') refuse(at, { code: 'missing', field: 'kind' })
  else if (!kind) refuse(at, { code: 'unknown', field: 'kind', text: shortly(line.kind) })
  const name = nameOf(planning, at, line.name)
  // A second subdistrict stands under nothing that is anybody's to give.
  if (kind && (kind === 'subdistrict' || !mayKeepPlaces(known.role, kind))) {
    refuse(at, { code: 'not-yours', kind })
  }
  const code = plainText(line.code).replace(/\s/g, '') || null
  if (code !== null && !/^\d{12}$/.test(code)) {
    refuse(at, { code: 'code-wrong', text: shortly(line.code) })
  }
  const taken = code === null ? undefined : byCode.get(code)
  if (taken && placeKey(taken.name) !== placeKey(name)) {
    refuse(at, { code: 'code-taken', text: taken.name })
  }
  if (!kind || kind === 'subdistrict' || name === '') return []
  return [{ line: at, kind, name, code, above: line.parent }]
}

function kindOf(text: string): PlaceKind | undefined {
  const wanted = placeKey(text)
  return (Object.keys(kindLabels) as PlaceKind[]).find((kind) =>
    kindLabels[kind].some((label) => placeKey(label) === wanted),
  )
}

type DraftNamed = (text: string) => Draft | undefined
interface Among {
  readonly draftNamed: DraftNamed
  /** The row by which a row stands under itself; undefined where it does not. */
  readonly loopOf: (draft: Draft) => Draft | undefined
}

/** Null where it is wrong or cannot be told. */
function findParent(planning: Planning, draft: Draft, among: Among): BookPlace | null {
  const { index, refuse } = planning
  const { line, kind, above } = draft
  const fits = (place: BookPlace) => mayStandUnder(kind, place.kind)
  if (above === '') {
    const [only, other] = rootsOf(planning).filter(fits)
    if (only && !other) return only
    refuse(line, { code: 'missing', field: 'parent', kind })
    return null
  }
  const found = index.find(above, fits)
  const [only, other] = found
  const text = shortly(above)
  if (only && !other && !only.isWrong) return only
  if (only && (!other || areSame(found))) {
    refuse(line, { code: 'above-wrong', text, other: whereIs(planning, only) })
  } else if (only) {
    refuse(line, { code: 'many', field: 'parent', text, count: found.length })
  } else {
    const loop = among.loopOf(draft)
    const meant = index.find(above, () => true)[0] ?? among.draftNamed(above)
    if (loop) refuse(line, { code: 'loop', text, other: whereIs(planning, loop) })
    else if (meant) refuse(line, { code: 'misplaced', kind, above: meant.kind, text })
    else refuse(line, { code: 'unknown', field: 'parent', text })
  }
  return null
}

function createNaming(drafts: readonly Draft[]): DraftNamed {
  const byName = new Map(drafts.map((draft) => [placeKey(draft.name), draft]))
  return (text) => {
    for (const name of suffixesOf(placeKey(text))) {
      const draft = byName.get(name)
      if (draft) return draft
    }
    return undefined
  }
}

/** Goes up from each row once, whatever their number, and only where a row asks. */
function createLoops(drafts: readonly Draft[], draftNamed: DraftNamed): Among['loopOf'] {
  let loops: Map<number, Draft> | null = null
  const find = () => {
    const found = new Map<number, Draft>()
    /** By the walk that came there first. */
    const walks = new Map<number, number>()
    for (const first of drafts) {
      let at: Draft | undefined = first
      const way: Draft[] = []
      while (at && !walks.has(at.line)) {
        walks.set(at.line, first.line)
        way.push(at)
        at = draftNamed(at.above)
      }
      if (!at || walks.get(at.line) !== first.line) continue
      // The walk came back to itself: everything from there on stands under itself.
      const { line } = at
      const round = way.slice(way.findIndex((draft) => draft.line === line))
      round.forEach((draft, index) =>
        found.set(draft.line, round[index - 1] ?? round.at(-1) ?? draft),
      )
    }
    return found
  }
  return ({ line }) => (loops ??= find()).get(line)
}

/** The place that stands under one of the register by a name; undefined of one that is new itself. */
function createLooking(known: Known) {
  const keyOf = (parent: string, name: string) => `${parent} ${placeKey(name)}`
  const byKey = new Map(
    known.places.flatMap((place) =>
      place.parent === null ? [] : [[keyOf(place.parent, place.name), place] as const],
    ),
  )
  return (parent: BookPlace | null, name: string): KnownPlace | undefined =>
    parent?.id ? byKey.get(keyOf(parent.id, name)) : undefined
}
