/**
 * Which values of a fact a condition admits: whole numbers in spans, and "not known". Flags count as 0 and 1, choices
 * by their place in the list, with one more number for any other text.
 */
import type { FactShape } from './facts.ts'
import type { Condition } from './scheme.ts'

export type Span = readonly [least: number, most: number]

export interface ValueSet {
  readonly unknown: boolean
  /** Disjoint and in order; a gap of at least one number between two. */
  readonly spans: readonly Span[]
}

export type Leaf = Extract<Condition, { readonly fact: string }>

/** Every value that a fact of this shape may have. */
export function allOf(shape: FactShape): ValueSet {
  switch (shape.of) {
    case 'flag':
      return { unknown: true, spans: [[0, 1]] }
    case 'choice':
      return { unknown: true, spans: [[0, shape.options.length]] }
    case 'grade':
      return { unknown: true, spans: [[shape.least, shape.most]] }
    case 'count':
      return { unknown: true, spans: [[-Infinity, Infinity]] }
  }
}

/** What a comparison admits: never "not known", since no comparison holds of it. */
export function admittedBy({ op, value }: Leaf, shape: FactShape): ValueSet {
  const spans = spansOf(op, value, shape)
  return intersect({ unknown: false, spans: joined(spans) }, allOf(shape))
}

function spansOf(op: Leaf['op'], value: Leaf['value'], shape: FactShape): Span[] {
  if (op === 'any-of') {
    if (shape.of === 'count' || !Array.isArray(value)) return []
    return (value as readonly string[]).flatMap((one) => exactly(textToValue(one, shape), shape))
  }
  if (op === 'is') {
    return typeof value === 'object' ? [] : exactly(value, shape)
  }
  // Only numbers have an order.
  if (typeof value !== 'number' || (shape.of !== 'grade' && shape.of !== 'count')) return []
  return [op === 'at-least' ? [Math.ceil(value), Infinity] : [-Infinity, Math.floor(value)]]
}

/** `any-of` compares texts. */
function textToValue(text: string, shape: FactShape): string | number | boolean {
  if (shape.of === 'flag') return text === 'true' ? true : text === 'false' ? false : text
  if (shape.of === 'grade') return /^\d+$/.test(text) ? Number(text) : text
  return text
}

function exactly(value: string | number | boolean, shape: FactShape): Span[] {
  const at = (number: number): Span[] => [[number, number]]
  if (shape.of === 'flag') return typeof value === 'boolean' ? at(value ? 1 : 0) : []
  if (shape.of === 'choice') {
    if (typeof value !== 'string') return []
    const place = shape.options.indexOf(value)
    return at(place < 0 ? shape.options.length : place)
  }
  return typeof value === 'number' && Number.isInteger(value) ? at(value) : []
}

export function isEmpty({ unknown, spans }: ValueSet): boolean {
  return !unknown && spans.length === 0
}

export function intersect(a: ValueSet, b: ValueSet): ValueSet {
  const spans: Span[] = []
  for (const [least, most] of a.spans) {
    for (const [otherLeast, otherMost] of b.spans) {
      const span: Span = [Math.max(least, otherLeast), Math.min(most, otherMost)]
      if (span[0] <= span[1]) spans.push(span)
    }
  }
  return { unknown: a.unknown && b.unknown, spans: joined(spans) }
}

/** Everything of the shape that is not in the set. */
export function complement({ unknown, spans }: ValueSet, shape: FactShape): ValueSet {
  const gaps: Span[] = []
  let from = -Infinity
  for (const [least, most] of spans) {
    if (least > from) gaps.push([from, least - 1])
    from = most + 1
  }
  if (from < Infinity) gaps.push([from, Infinity])
  return intersect({ unknown: !unknown, spans: gaps }, allOf(shape))
}

export function isWithin(inner: ValueSet, outer: ValueSet): boolean {
  if (inner.unknown && !outer.unknown) return false
  return inner.spans.every(([least, most]) =>
    outer.spans.some(([from, to]) => from <= least && most <= to),
  )
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const [least, most] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last && least <= last[1] + 1) result[result.length - 1] = [last[0], Math.max(last[1], most)]
    else result.push([least, most])
  }
  return result
}
