import { firstPages } from '#app/links/first.ts'
import { useLocation } from 'preact-iso'
import { reasonWords } from '#domain/colour-of.ts'
import { formatDoor } from '#domain/format-door.ts'
import { maskName } from '#domain/mask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatAgo, formatFacts, formatSoon } from '#app/ui/format.ts'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Row } from '#app/ui/kit/Row.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { Stop } from '#app/views/today-list.ts'

/** One household on the today list: which door, who, when, and in the second line why. */
export function StopRow(props: {
  readonly stop: Stop
  readonly leaving?: boolean
  readonly onLeft?: ((household: string) => void) | undefined
}) {
  const { stop, leaving = false, onLeft } = props
  const app = useParts('register', 'today')
  const words = useWords()
  const levels = useLevels()
  const { path } = useLocation()
  const href = firstPages.household(stop.household)
  const day = useStore(app.today, (store) => store.day)
  const [door, who, scheme] = useRegister(app, (register) => {
    const dwelling = register.get('dwelling', stop.dwelling)
    const name = stop.resident && register.get('resident', stop.resident)?.fields.name
    return [dwelling && formatDoor(null, dwelling.fields), name, register.scheme()] as const
  })
  const reason = stop.reasons[0]
  const resident = who ?? stop.shown?.name
  const isLate = stop.overdue > 0
  const planned = stop.planned > day && words.today.planned(formatSoon(words, stop.planned, day))
  return (
    <Row
      title={door ?? stop.shown?.door}
      name={
        !resident
          ? words.today.emptyHome
          : stop.others > 0
            ? words.today.andOthers(maskName(resident), stop.others + 1)
            : maskName(resident)
      }
      mark={<LevelMark level={levels[stop.colour]} />}
      aside={
        isLate
          ? words.today.overdueBy(stop.overdue)
          : planned || words.today.due(formatSoon(words, stop.on, day))
      }
      isLate={isLate}
      under={formatFacts(words, [
        stop.lifeEvent && words.today.lifeEvent[stop.lifeEvent],
        reason && reasonWords(reason, scheme, words.language),
        isLate && planned,
        !planned && !stop.lifeEvent && words.today.because[stop.because],
        stop.lastMet
          ? words.today.lastMet(formatAgo(words, stop.lastMet, day))
          : words.today.neverMet,
      ])}
      href={href}
      chosen={path === href}
      leaving={leaving}
      onLeft={() => onLeft?.(stop.household)}
    />
  )
}
