import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { hideSmall, type CountedPlace } from '#domain/small-cells.ts'

/** A place of its own, or one that is the sum of those below it. */
type Tree =
  { readonly splits: readonly (readonly number[])[] } | { readonly below: readonly Tree[] }

/** With ids by the way down, the places above before those below. */
function placesOf(tree: Tree, id = '0', parent: string | null = null): CountedPlace[] {
  if ('splits' in tree) return [{ id, parent, total: sum(tree.splits[0] ?? []), ...tree }]
  const below = tree.below.map((one, index) => placesOf(one, `${id}.${index}`, id))
  const direct = below.flatMap(([first]) => (first ? [first] : []))
  const splits = (direct[0]?.splits ?? []).map((numbers, split) =>
    numbers.map((_, column) => sum(direct.map((one) => one.splits[split]?.[column] ?? 0))),
  )
  return [{ id, parent, total: sum(direct.map(({ total }) => total)), splits }, ...below.flat()]
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0)
const leaf = (...splits: number[][]): Tree => ({ splits })

/** As a table would show it: null where hidden. */
function shown(tree: Tree) {
  const places = placesOf(tree)
  const hidden = hideSmall(places)
  return Object.fromEntries(
    places.map(({ id, total, splits }) => [
      id,
      [
        hidden.get(id)?.total ? null : total,
        ...splits.map((numbers, split) =>
          numbers.map((n, column) => (hidden.get(id)?.splits[split]?.[column] ? null : n)),
        ),
      ],
    ]),
  )
}

describe('small numbers', () => {
  it('are told where there are none of them, and none is no small number', () => {
    const tree = { below: [leaf([0, 20, 30]), leaf([7, 0, 40])] }
    expect(shown(tree)).toEqual({
      '0': [97, [7, 20, 70]],
      '0.0': [50, [0, 20, 30]],
      '0.1': [47, [7, 0, 40]],
    })
  })

  it('go together with a second one of their line, in the place and in one beside it', () => {
    const tree = { below: [leaf([2, 20, 30]), leaf([9, 10, 40]), leaf([8, 10, 60])] }
    expect(shown(tree)).toEqual({
      '0': [189, [19, 40, 130]],
      '0.0': [52, [null, null, 30]],
      '0.1': [59, [null, null, 40]],
      '0.2': [78, [8, 10, 60]],
    })
  })

  it('are hidden further up where no place stands beside', () => {
    const tree = { below: [{ below: [leaf([2, 20])] }, { below: [leaf([9, 10]), leaf([8, 10])] }] }
    expect(shown(tree)).toMatchObject({
      '0.0': [22, [null, null]],
      '0.0.0': [22, [null, null]],
      '0': [59, [19, 40]],
    })
    expect(shown({ below: [leaf([2, 20])] })).toEqual({
      '0': [22, [null, null]],
      '0.0': [22, [null, null]],
    })
  })

  it('hide how many live in a place of a handful', () => {
    const table = shown({ below: [leaf([3, 0], [1, 2]), leaf([30, 20], [40, 10])] })
    expect(table['0.0']?.[0]).toBeNull()
    expect(table['0.1']?.[0]).toBeNull()
    expect(table['0']?.[0]).toBe(53)
  })

  const numbers = (columns: number) =>
    fc.array(fc.oneof(fc.nat({ max: 6 }), fc.nat({ max: 40 })), {
      minLength: columns,
      maxLength: columns,
    })
  /** Two splits of the same people: the second one cuts the total of the first where it likes. */
  const lowest = fc
    .tuple(numbers(3), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([first, share]) => {
      const total = sum(first)
      const one = Math.round(total * share)
      return leaf(first, [one, total - one])
    })
  const middle = fc.array(lowest, { minLength: 1, maxLength: 3 }).map((below): Tree => ({ below }))
  const trees = fc.array(middle, { minLength: 1, maxLength: 3 }).map((below): Tree => ({ below }))

  it('cannot be computed from anything that is told', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const places = placesOf(tree)
        const told = equationsOf(places)
        const hidden = hideSmall(places)
        for (const { id, total, splits } of places) {
          const small = (n: number) => n > 0 && n < 5
          splits.forEach((columns, split) => {
            columns.forEach((n, column) => {
              const isHidden = hidden.get(id)?.splits[split]?.[column]
              if (small(n)) expect(isHidden).toBe(true)
              if (small(n)) expect(told.follows(told.cell(id, split, column))).toBe(false)
            })
          })
          if (small(total)) {
            expect(hidden.get(id)?.total).toBe(true)
            expect(told.follows(told.total(id, 0))).toBe(false)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('take little of the rest with them in a subdistrict of usual size', () => {
    const grid = (index: number) => leaf([index % 3 === 0 ? 3 : 9, 20 + index, 150, 300, 600, 40])
    const below = Array.from({ length: 56 }, (_, of) => ({
      below: Array.from({ length: 6 }, (_, index) => grid(of + index)),
    }))
    const places = placesOf({ below })
    const hidden = hideSmall(places)
    const cells = [...hidden.values()].flatMap(({ splits }) => splits.flat())
    expect(cells.filter(Boolean).length).toBeLessThan(cells.length * 0.2)
    expect(hidden.get('0')).toEqual({ total: false, splits: [Array(6).fill(false)] })
  })
})

/**
 * Everything that is told as equations over the numbers of the lowest places, and that the splits of a place have one
 * total; what follows from them is found by elimination, whatever `hideSmall` thought.
 */
function equationsOf(places: readonly CountedPlace[]) {
  const hidden = hideSmall(places)
  const parents = new Set(places.map(({ parent }) => parent))
  const leaves = places.filter(({ id }) => !parents.has(id))
  const variables: string[] = leaves.flatMap(({ id, splits }) =>
    splits.flatMap((columns, split) => columns.map((_, column) => `${id}/${split}/${column}`)),
  )
  const at = new Map(variables.map((name, index) => [name, index]))
  const under = (id: string) => leaves.filter((one) => one.id === id || one.id.startsWith(`${id}.`))
  const rowOf = (cells: readonly string[]) => {
    const row = variables.map(() => 0)
    for (const cell of cells) row[at.get(cell) ?? 0] = 1
    return row
  }
  const cell = (id: string, split: number, column: number) =>
    rowOf(under(id).map((one) => `${one.id}/${split}/${column}`))
  const total = (id: string, split: number) =>
    rowOf(
      under(id).flatMap((one) =>
        (one.splits[split] ?? []).map((_, column) => `${one.id}/${split}/${column}`),
      ),
    )
  const rows: number[][] = []
  for (const { id, splits } of places) {
    splits.forEach((columns, split) => {
      columns.forEach((_, column) => {
        if (!hidden.get(id)?.splits[split]?.[column]) rows.push(cell(id, split, column))
      })
      if (!hidden.get(id)?.total) rows.push(total(id, split))
    })
  }
  for (const { id, splits } of leaves) {
    for (let split = 1; split < splits.length; split += 1) {
      const [first, other] = [total(id, 0), total(id, split)]
      rows.push(first.map((n, index) => n - (other[index] ?? 0)))
    }
  }
  const basis = reduce(rows)
  return { cell, total, follows: (row: readonly number[]) => isZero(rest(row, basis)) }
}

type Basis = readonly { readonly pivot: number; readonly row: readonly number[] }[]

function reduce(rows: readonly (readonly number[])[]): Basis {
  const basis: { pivot: number; row: number[] }[] = []
  for (const row of rows) {
    const left = rest(row, basis)
    const pivot = left.findIndex((n) => Math.abs(n) > 1e-7)
    if (pivot < 0) continue
    const lead = left[pivot] ?? 1
    basis.push({ pivot, row: left.map((n) => n / lead) })
  }
  return basis
}

function rest(row: readonly number[], basis: Basis): number[] {
  let left = [...row]
  for (const { pivot, row: known } of basis) {
    const times = left[pivot] ?? 0
    if (times !== 0) left = left.map((n, index) => n - times * (known[index] ?? 0))
  }
  return left
}

const isZero = (row: readonly number[]) => row.every((n) => Math.abs(n) < 1e-7)
