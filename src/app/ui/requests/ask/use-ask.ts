import { useEffect, useState } from 'preact/hooks'
import type { AskAnswer } from '#protocol/ask.ts'
import type { AskActs } from '#app/acts/ask-acts.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { createWaitingRoom } from '#app/ui/pieces/use-waiting-room.ts'

const { useTold, useRoomAct: useAskAct } = createWaitingRoom<AskAnswer, AskActs>((office) =>
  office.ask(),
)
export { useAskAct }

/** What waits, as the office tells it. */
export function useAsk() {
  const { told, load } = useTold()
  return { ...told, load }
}

/** How many wait, with nothing of them; null where it cannot be asked. */
export function useAskCount(mayAsk: boolean): number | null {
  const app = useParts('officeActs')
  const [count, setCount] = useState<number | null>(null)
  useEffect(() => {
    if (!mayAsk) return
    let isMine = true
    void app.officeActs
      .ask()
      .then((acts) => (acts.ok ? acts.value.count() : acts))
      .then((answer) => {
        if (isMine) setCount(answer.ok ? answer.value.count : null)
      })
    return () => {
      isMine = false
    }
  }, [app, mayAsk])
  return count
}
