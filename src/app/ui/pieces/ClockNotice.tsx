import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'

const worthSayingMs = 5 * 60_000

/** Says that the device's clock is off: visits carry its time, and due days follow it. */
export function ClockNotice() {
  const app = useParts('sync')
  const words = useWords()
  const skew = useStore(app.sync, (state) => state.skew)
  if (skew === null || Math.abs(skew) <= worthSayingMs) return null
  return <Notice tone="alarm">{words.sync.skew(Math.round(Math.abs(skew) / 60_000))}</Notice>
}
