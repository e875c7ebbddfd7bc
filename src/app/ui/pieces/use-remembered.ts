import { useEffect, useState } from 'preact/hooks'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { OverviewActs } from '#app/acts/overview.ts'
import type { Remembered } from '#app/acts/remembered.ts'
import { useParts } from '#app/acts/use-parts.ts'

export interface Told<T> {
  /** The newest that there is; null before there is any. */
  readonly value: T | null
  /** Why there is nothing newer; null while it is being asked, and where the value is fresh. */
  readonly problem: Extract<OfficeAnswer<T>, { ok: false }>['problem'] | null
  readonly isAsking: boolean
  again(): void
}

/**
 * Shows at once what the office told last, and then what it tells now. `pick` is asked again where it is another one, and
 * where `since` is: a number that moves when this device hears of something that the office counts.
 */
export function useRemembered<T>(pick: (acts: OverviewActs) => Remembered<T>, since = 0): Told<T> {
  const app = useParts('officeActs')
  const [told, setTold] = useState<Omit<Told<T>, 'again'>>(asking)
  const [round, setRound] = useState(0)
  useEffect(() => {
    let isMine = true
    setTold((before) => ({ ...before, problem: null, isAsking: true }))
    const act = async () => {
      const acts = await app.officeActs.overview()
      if (!acts.ok) throw new Error(acts.problem)
      const remembered = pick(acts.value)
      const last = await remembered.last()
      if (!isMine) return
      setTold((before) => ({ ...before, value: before.value ?? last }))
      const answer = await remembered.now()
      if (!isMine) return
      setTold((before) =>
        answer.ok
          ? { value: answer.value, problem: null, isAsking: false }
          : { ...before, problem: answer.problem, isAsking: false },
      )
    }
    // The page's own script may be what the network does not bring.
    act().catch(() => {
      if (isMine) setTold((before) => ({ ...before, problem: 'offline', isAsking: false }))
    })
    return () => {
      isMine = false
    }
  }, [app, pick, round, since])
  return { ...told, again: () => setRound((count) => count + 1) }
}

const asking = { value: null, problem: null, isAsking: true }
