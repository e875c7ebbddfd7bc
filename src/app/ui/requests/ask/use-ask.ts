import { useCallback, useEffect, useState } from 'preact/hooks'
import type { AskAnswer } from '#protocol/ask.ts'
import { actDone, actOf } from '#app/acts/act-meant.ts'
import { isUnanswered, type ActProblem } from '#app/acts/act-problem.ts'
import type { AskActs } from '#app/acts/ask-acts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useParts } from '#app/acts/use-parts.ts'

interface Told {
  /** As the office told it last; null before it was told once. */
  readonly value: AskAnswer | null
  /** Why there is nothing newer. */
  readonly problem: ActProblem | null
}

/** What waits, as the office tells it. Without an answer what was told before stays, and what is half written in it. */
export function useAsk() {
  const app = useParts('officeActs')
  const [told, setTold] = useState<Told>({ value: null, problem: null })
  const load = useCallback(() => {
    void app.officeActs
      .ask()
      .then((acts) => (acts.ok ? acts.value.read() : acts))
      .then((answer) => {
        setTold(({ value }) =>
          answer.ok ? { value: answer.value, problem: null } : { value, problem: answer.problem },
        )
      })
  }, [app])
  useEffect(load, [load])
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

/** Does one act under an id that stays the same until it is known whether it was done. */
export function useAskAct() {
  const app = useParts('officeActs', 'work', 'drafts')
  return async <T>(
    name: string,
    content: object,
    work: (acts: AskActs, act: string) => Promise<OfficeAnswer<T>>,
  ): Promise<OfficeAnswer<T>> => {
    const acts = await app.officeActs.ask()
    if (!acts.ok) return acts
    const act = actOf(app.drafts, name, content, () => app.work.newId())
    const answer = await work(acts.value, act)
    if (answer.ok || !isUnanswered(answer.problem)) actDone(app.drafts, name)
    return answer
  }
}
