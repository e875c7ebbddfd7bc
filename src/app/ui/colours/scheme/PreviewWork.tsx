import type { PreviewGrid, PreviewWork as Work } from '#protocol/scheme.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'
import styles from './Scheme.module.css'

const parts = ['today', 'overdue', 'perDay'] as const

/** How much work and lateness a draft brings, in all and grid by grid where it is another. */
export function PreviewWork(props: { readonly grids: readonly PreviewGrid[] }) {
  const app = useParts('register')
  const own = useSchemeWords()
  const { grids } = props
  const names = useRegister(app, (register) =>
    grids.map(({ grid }) =>
      register
        .pathOf(grid)
        .slice(-2)
        .map(({ fields }) => fields.name)
        .join(' '),
    ),
  )
  const sum = grids.reduce(
    (all, { now, then }) => ({ now: added(all.now, now), then: added(all.then, then) }),
    { now: none, then: none },
  )
  const moved = grids
    .map((grid, index) => ({ ...grid, name: names[index] ?? '' }))
    .filter(({ now, then }) => parts.some((part) => now[part] !== then[part]))
  if (moved.length === 0) return <Notice>{own.workSame}</Notice>
  const told = (part: (typeof parts)[number]) => signed(sum.then[part] - sum.now[part])
  return (
    <>
      <Notice>{own.workSum(told('today'), told('overdue'), told('perDay'))}</Notice>
      <details>
        <summary class={styles.summary}>
          {own.work}（{moved.length}）
        </summary>
        <p class={styles.soft}>{own.workHint}</p>
        <div class={styles.scroll}>
          <table class={styles.work}>
            <thead>
              <tr>
                <th scope="col">{own.workGrid}</th>
                <th scope="col">{own.workToday}</th>
                <th scope="col">{own.workOverdue}</th>
                <th scope="col">{own.workPerDay}</th>
              </tr>
            </thead>
            <tbody>
              {moved.map(({ grid, name, now, then }) => (
                <tr key={grid}>
                  <th scope="row">{name}</th>
                  {parts.map((part) => (
                    <td key={part}>
                      {rounded(now[part])}
                      {now[part] !== then[part] && ` → ${rounded(then[part])}`}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  )
}

const none: Work = { today: 0, overdue: 0, perDay: 0 }

function added(a: Work, b: Work): Work {
  return {
    today: a.today + b.today,
    overdue: a.overdue + b.overdue,
    perDay: a.perDay + b.perDay,
  }
}

/** Tenths where the number is small: of a grid one household a day more is much. */
function rounded(count: number): string {
  return String(count < 10 ? Math.round(count * 10) / 10 : Math.round(count))
}

function signed(change: number): string {
  const shown = rounded(Math.abs(change))
  if (shown === '0') return '±0'
  return `${change > 0 ? '+' : '−'}${shown}`
}
