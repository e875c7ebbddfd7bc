/** What waits at the office before every stream, from a hotline or by a code on a wall: read there and decided there. */
import { useCallback, useEffect, useState } from 'preact/hooks'
import { actDone, actOf } from '#app/acts/act-meant.ts'
import { isUnanswered, type ActProblem } from '#app/acts/act-problem.ts'
import type { OfficeActs } from '#app/acts/office-acts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useParts } from '#app/acts/use-parts.ts'

interface Told<Value> {
  /** As the office told it last; null before it was told once. */
  readonly value: Value | null
  /** Why there is nothing newer. */
  readonly problem: ActProblem | null
}

interface Room<Value> {
  read(): Promise<OfficeAnswer<Value>>
}

/** `open` fetches the acts of one room. */
export function createWaitingRoom<Value, Acts extends Room<Value>>(
  open: (office: OfficeActs) => Promise<OfficeAnswer<Acts>>,
) {
  /** Without an answer what was told before stays, and what is half written in it. */
  function useTold() {
    const app = useParts('officeActs')
    const [told, setTold] = useState<Told<Value>>({ value: null, problem: null })
    const load = useCallback(() => {
      void open(app.officeActs)
        .then((acts) => (acts.ok ? acts.value.read() : acts))
        .then((answer) => {
          setTold(({ value }) =>
            answer.ok ? { value: answer.value, problem: null } : { value, problem: answer.problem },
          )
        })
    }, [app])
    useEffect(load, [load])
    return { told, setTold, load }
  }

  /** Does one act under an id that stays the same until it is known whether it was done. */
  function useRoomAct() {
    const app = useParts('officeActs', 'work', 'drafts')
    return async <T>(
      name: string,
      content: object,
      work: (acts: Acts, act: string) => Promise<OfficeAnswer<T>>,
    ): Promise<OfficeAnswer<T>> => {
      const acts = await open(app.officeActs)
      if (!acts.ok) return acts
      const act = actOf(app.drafts, name, content, () => app.work.newId())
      const answer = await work(acts.value, act)
      if (answer.ok || !isUnanswered(answer.problem)) actDone(app.drafts, name)
      return answer
    }
  }

  return { useTold, useRoomAct }
}
