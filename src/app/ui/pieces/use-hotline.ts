import { useCallback, useEffect, useState } from 'preact/hooks'
import type { HotlineAnswer } from '#protocol/hotline.ts'
import type { HotlineActs } from '#app/acts/hotline-acts.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { createWaitingRoom } from './use-waiting-room.ts'

const { useTold, useRoomAct: useHotlineAct } = createWaitingRoom<HotlineAnswer, HotlineActs>(
  (office) => office.hotline(),
)
export { useHotlineAct }

/** What the office tells of the hotline. */
export function useHotline() {
  const { told, setTold, load } = useTold()
  /** Decided just now: it waits no longer, whether or not the next list comes. */
  const leaveOut = useCallback(
    (id: string) => {
      setTold(({ value, problem }) => {
        if (value === null) return { value, problem }
        const waiting = value.waiting.filter((one) => one.id !== id)
        const count = value.count - (value.waiting.length - waiting.length)
        return { value: { ...value, waiting, count }, problem }
      })
    },
    [setTold],
  )
  return { ...told, load, leaveOut }
}

export interface HotlineCount {
  /** Null until the office told it, and where it cannot be asked. */
  readonly count: number | null
  readonly isAsking: boolean
}

/** How many wait, with nothing of them: no name of a caller comes to a page that shows a number. */
export function useHotlineCount(mayAsk: boolean): HotlineCount {
  const app = useParts('sync', 'officeActs')
  const [told, setTold] = useState<HotlineCount>({ count: null, isAsking: mayAsk })
  const isOffline = useStore(app.sync, ({ phase }) => phase === 'offline')
  useEffect(() => {
    if (!mayAsk) return
    let isMine = true
    const ask = async () => {
      const acts = await app.officeActs.hotline()
      const answer = acts.ok ? await acts.value.count() : acts
      if (isMine) setTold({ count: answer.ok ? answer.value.count : null, isAsking: false })
    }
    void ask()
    return () => {
      isMine = false
    }
  }, [app, mayAsk, isOffline])
  return told
}
