import { useLocation } from 'preact-iso'
import { reasonWords } from '#domain/colour-of.ts'
import { maskName } from '#domain/mask.ts'
import type { Stop } from '#app/register/register.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDoor } from '#domain/format-door.ts'
import { formatAgo, formatSoon } from '#app/ui/format.ts'
import { LevelMark, levelEdge } from '#app/ui/kit/LevelMark.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './StopCard.module.css'
import { firstPages } from '#app/links/first.ts'

/** One household on the today list: which door, who, why, and since when nobody called. */
export function StopCard(props: { readonly stop: Stop }) {
  const { stop } = props
  const app = useParts('register', 'today')
  const words = useWords()
  const levels = useLevels()
  const { path } = useLocation()
  const href = firstPages.household(stop.household)
  const day = useStore(app.today, (store) => store.day)
  const door = useRegister(app, (register) => {
    const dwelling = register.get('dwelling', stop.dwelling)
    return dwelling ? formatDoor(null, dwelling.fields) : ''
  })
  const who = useRegister(app, (register) => {
    const resident = stop.resident ? register.get('resident', stop.resident) : undefined
    if (!resident) return words.today.emptyHome
    const name = maskName(resident.fields.name)
    return stop.others > 0 ? words.today.andOthers(name, stop.others + 1) : name
  })
  const scheme = useRegister(app, (register) => register.scheme())
  const reason = stop.reasons[0]
  const isMoved = stop.planned > day
  const why = [
    isMoved
      ? words.today.planned(formatSoon(words, stop.planned, day))
      : stop.lifeEvent
        ? words.today.lifeEvent[stop.lifeEvent]
        : words.today.because[stop.because],
    reason && reasonWords(reason, scheme, words.language),
    stop.lastMet ? words.today.lastMet(formatAgo(words, stop.lastMet, day)) : words.today.neverMet,
  ]
  return (
    <a
      class={`${styles.card} ${levelEdge(stop.colour)}`}
      href={href}
      aria-current={path === href ? 'true' : undefined}
    >
      <LevelMark level={levels[stop.colour]} />
      <span class={styles.who}>
        <strong>{door}</strong> <span>{who}</span>
      </span>
      <span class={stop.overdue > 0 ? styles.late : styles.due}>
        {stop.overdue > 0
          ? words.today.overdueBy(stop.overdue)
          : words.today.due(formatSoon(words, stop.on, day))}
      </span>
      <span class={styles.why}>{why.filter(Boolean).join(' · ')}</span>
    </a>
  )
}
