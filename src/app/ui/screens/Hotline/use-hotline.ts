import { useCallback, useEffect, useState } from 'preact/hooks'
import type { HotlineAnswer } from '#protocol/hotline.ts'
import type { OfficeAnswer } from '#app/stores/app.ts'
import { actDone, actOf } from '#app/stores/act-meant.ts'
import type { HotlineActs } from '#app/stores/hotline-acts.ts'
import { useApp } from '#app/stores/use-store.ts'

/** What the office tells of the hotline; null while it is asked. */
export function useHotline() {
  const app = useApp()
  const [answer, setAnswer] = useState<OfficeAnswer<HotlineAnswer> | null>(null)
  const load = useCallback(() => {
    void app.officeActs
      .hotline()
      .then((acts) => (acts.ok ? acts.value.read() : acts))
      .then(setAnswer)
  }, [app])
  useEffect(load, [load])
  return { answer, load }
}

/** Does one act under an id that stays the same until it is answered. */
export function useHotlineAct() {
  const app = useApp()
  return async <T>(
    name: string,
    content: object,
    work: (acts: HotlineActs, act: string) => Promise<OfficeAnswer<T>>,
  ): Promise<OfficeAnswer<T>> => {
    const acts = await app.officeActs.hotline()
    if (!acts.ok) return acts
    const act = actOf(app.drafts, name, content, () => app.work.newId())
    const answer = await work(acts.value, act)
    if (answer.ok || answer.problem !== 'offline') actDone(app.drafts, name)
    return answer
  }
}
