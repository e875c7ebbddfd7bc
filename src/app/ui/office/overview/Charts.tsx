import type { ComponentChildren } from 'preact'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import { levelClass } from '#app/ui/kit/LevelMark.tsx'
import styles from './Charts.module.css'

export type Colours = Readonly<Record<ColourKey, number | null>>

const width = 1_000
/** A share that is there is seen, however small. */
const leastWidth = 8

/**
 * How a whole is made up, the most urgent first; what is not told stands last, striped. The numbers stand beside it,
 * with mark and word: nothing is told by colour alone.
 */
export function ShareBar(props: {
  readonly colours: Colours
  readonly total: number | null
  readonly label: string
}) {
  const { colours, total, label } = props
  const known = colourKeys.reduce((sum, key) => sum + (colours[key] ?? 0), 0)
  const whole = Math.max(total ?? 0, known)
  const parts: { readonly key: ColourKey | null; readonly n: number }[] = [
    ...colourKeys.map((key) => ({ key, n: colours[key] ?? 0 })),
    { key: null, n: whole - known },
  ].filter(({ n }) => n > 0)
  let at = 0
  const free = width - parts.length * leastWidth
  return (
    <Bar label={label}>
      {parts.map(({ key, n }) => {
        const wide = leastWidth + (free * n) / whole
        const x = at
        at += wide
        return (
          <rect
            key={key}
            class={key ? `${levelClass(key)} ${styles.solid}` : styles.untold}
            x={x}
            y={0}
            width={Math.max(1, wide - 3)}
            height={24}
          />
        )
      })}
    </Bar>
  )
}

/** A line over weeks; a week without a number leaves a gap. `colour` null: in the ink of the text. */
export function TrendLine(props: {
  readonly values: readonly (number | null)[]
  /** Place of each among all weeks from the first one on, so that a missing week is as wide as a told one. */
  readonly at: readonly number[]
  readonly colour: ColourKey | null
  readonly label: string
}) {
  const { values, at, colour, label } = props
  const told = values.filter((n) => n !== null)
  const [low, high] = [Math.min(...told), Math.max(...told)]
  const last = at.at(-1) ?? 0
  const x = (index: number) => 8 + (last === 0 ? 0 : ((at[index] ?? 0) / last) * 284)
  const y = (n: number) => (high === low ? 30 : 54 - ((n - low) / (high - low)) * 48)
  const points = values.map((n, index) => (n === null ? null : ([x(index), y(n)] as const)))
  const lines = runsOf(points)
  const end = points.at(-1)
  return (
    <svg class={styles.trend} viewBox="0 0 300 60" role="img" aria-label={label}>
      <line class={styles.ground} x1={4} y1={58} x2={296} y2={58} />
      <g class={colour ? `${levelClass(colour)} ${styles.stroke}` : styles.ink}>
        {lines.map((run) => (
          <polyline key={run[0]?.join()} points={run.map((point) => point.join()).join(' ')} />
        ))}
        {end && <circle cx={end[0]} cy={end[1]} r={5} />}
      </g>
    </svg>
  )
}

type Point = readonly [number, number]

function runsOf(points: readonly (Point | null)[]): Point[][] {
  const runs: Point[][] = []
  let before: Point | null = null
  for (const point of points) {
    if (point && before) runs.at(-1)?.push(point)
    else if (point) runs.push([point])
    before = point
  }
  return runs
}

/** One number beside others of its kind: as long as its part of the largest. */
export function MeasureBar(props: {
  readonly value: number | null
  readonly most: number
  readonly label: string
}) {
  const { value, most, label } = props
  const long = value === null || most === 0 ? 0 : (value / most) * width
  return (
    <Bar label={label}>
      <rect class={styles.measure} x={0} y={0} width={long} height={24} />
    </Bar>
  )
}

function Bar(props: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <svg
      class={styles.bar}
      viewBox={`0 0 ${width} 24`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      {props.children}
    </svg>
  )
}
