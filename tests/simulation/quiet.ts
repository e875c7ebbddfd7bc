/** Whether a day is over: everything was sent, and everybody has seen it. */
import type { Seat, VillageOffice } from './village.ts'

/** Each device has looked at each of its streams since the last of them moved. */
export async function areCurrent(office: VillageOffice, seats: readonly Seat[]): Promise<boolean> {
  for (const seat of seats) {
    for (const stream of await office.scopeOf(seat.worker.id)) {
      const { epoch, version } = await office.cursor(stream)
      const held = seat.disk()?.cursors[stream]
      if (version > 0 && (held?.epoch !== epoch || held.version !== version)) return false
    }
  }
  return true
}

export function isQuiet({ tab }: Seat): boolean {
  const { phase, unsent } = tab.app.sync.getState()
  const isDone = phase === 'up-to-date' || phase === 'attention'
  return isDone && unsent.every((item) => item.state === 'refused')
}
