/** Today in China: the one date that every colour and list depends on; it moves at midnight while the app stands open. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { addDays, dayAt, type Day } from '#domain/day.ts'
import type { Clock } from '#app/platform/clock.ts'

export interface TodayStore {
  readonly store: StoreApi<{ readonly day: Day }>
  /** After sleep or a changed clock: timers may have been late. */
  look(): void
  stop(): void
}

/** `now`: the office's time, which the device's clock may be off from. */
export function createToday(clock: Clock, now: () => number = () => clock.now()): TodayStore {
  const store = createStore<{ readonly day: Day }>(() => ({ day: dayAt(now()) }))
  let cancel = () => {}

  const look = () => {
    cancel()
    const moment = now()
    const day = dayAt(moment)
    if (day !== store.getState().day) store.setState({ day })
    const midnight = Date.parse(`${addDays(day, 1)}T00:00:00+08:00`)
    cancel = clock.after(midnight - moment, look)
  }

  look()
  return { store, look, stop: () => cancel() }
}
