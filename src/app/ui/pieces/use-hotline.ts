import { useCallback, useEffect, useState } from 'preact/hooks'
import type { HotlineAnswer } from '#protocol/hotline.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { actDone, actOf } from '#app/acts/act-meant.ts'
import { isUnanswered, type ActProblem } from '#app/acts/act-problem.ts'
import type { HotlineActs } from '#app/acts/hotline-acts.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'

interface Hotline {
  /** As the office told it last; null before it was told once. */
  readonly value: HotlineAnswer | null
  /** Why there is nothing newer. */
  readonly problem: ActProblem | null
}

/** What the office tells of the hotline. Without an answer what was told before stays, and what is half written in it. */
export function useHotline() {
  const app = useParts('officeActs')
  const [told, setTold] = useState<Hotline>({ value: null, problem: null })
  const load = useCallback(() => {
    void app.officeActs
      .hotline()
      .then((acts) => (acts.ok ? acts.value.read() : acts))
      .then((answer) => {
        setTold(({ value }) =>
          answer.ok ? { value: answer.value, problem: null } : { value, problem: answer.problem },
        )
      })
  }, [app])
  useEffect(load, [load])
  /** Decided just now: it waits no longer, whether or not the next list comes. */
  const leaveOut = useCallback((id: string) => {
    setTold(({ value, problem }) => {
      if (value === null) return { value, problem }
      const waiting = value.waiting.filter((one) => one.id !== id)
      const count = value.count - (value.waiting.length - waiting.length)
      return { value: { ...value, waiting, count }, problem }
    })
  }, [])
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

/** Does one act under an id that stays the same until it is known whether it was done. */
export function useHotlineAct() {
  const app = useParts('officeActs', 'work', 'drafts')
  return async <T>(
    name: string,
    content: object,
    work: (acts: HotlineActs, act: string) => Promise<OfficeAnswer<T>>,
  ): Promise<OfficeAnswer<T>> => {
    const acts = await app.officeActs.hotline()
    if (!acts.ok) return acts
    const act = actOf(app.drafts, name, content, () => app.work.newId())
    const answer = await work(acts.value, act)
    if (answer.ok || !isUnanswered(answer.problem)) actDone(app.drafts, name)
    return answer
  }
}
