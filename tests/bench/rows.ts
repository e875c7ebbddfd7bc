/** What a run gives: rows of a table, each held against its budget and what the same machine can do without the app. */

export type Unit = 'ms' | 'kB' | 'MB' | 'pushes/s' | 'of them'

export interface Row {
  readonly name: string
  readonly value: number
  readonly unit: Unit
  /** At most; null where the row only informs. */
  readonly budget: number | null
  readonly baseline?: number
  /** value / baseline. */
  readonly ratio?: number
  /** What the baseline is, or what else is worth knowing. */
  readonly note?: string
}

export type AddRow = (...rows: readonly Row[]) => void

export function row(
  name: string,
  unit: Unit,
  budget: number | null,
  value: number,
  more: { readonly baseline?: number; readonly note?: string } = {},
): Row {
  if (!Number.isFinite(value)) throw new Error(`${name}: nothing was measured`)
  const { baseline, note } = more
  return {
    name,
    value: rounded(value),
    unit,
    budget,
    ...(baseline === undefined
      ? {}
      : { baseline: rounded(baseline), ratio: rounded(value / baseline) }),
    ...(note === undefined ? {} : { note }),
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The smallest value that so many of them (0 to 1) do not exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN
}

export function rowsToTable(rows: readonly Row[]): string {
  const head = ['what', 'budget', 'result', 'baseline', 'ratio', '']
  const cells = rows.map(({ name, value, unit, budget, baseline, ratio, note }) => [
    name,
    budget === null ? '' : `${budget} ${unit}`,
    `${shown(value)} ${unit}`,
    baseline === undefined ? '' : `${shown(baseline)} ${unit}`,
    ratio === undefined ? '' : ratio.toFixed(2),
    [budget === null ? '' : value > budget ? 'OVER' : 'ok', note && `(${note})`]
      .filter(Boolean)
      .join(' '),
  ])
  const widths = head.map((_, at) =>
    Math.max(...[head, ...cells].map((line) => (line[at] ?? '').length)),
  )
  return [head, ...cells]
    .map((line) =>
      line
        .map((cell, at) =>
          at === 0 || at === head.length - 1
            ? cell.padEnd(widths[at] ?? 0)
            : cell.padStart(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1)
}
