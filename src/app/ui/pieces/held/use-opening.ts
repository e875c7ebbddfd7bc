import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'

/** Bringing a place that this device does not hold. `isAsked`: somebody wants it, and it comes with the connection. */
export function useOpening(place: string) {
  const app = useParts('sync', 'syncActs')
  const isAsked = useStore(app.sync, ({ holding }) =>
    Boolean(holding?.open.some(({ stream }) => stream === place)),
  )
  const isOffline = useStore(app.sync, ({ phase }) => phase === 'offline')
  return { isAsked, isOffline, open: () => void app.syncActs.hold(place, 'open') }
}
