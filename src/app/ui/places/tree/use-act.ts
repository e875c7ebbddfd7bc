import { useRef, useState } from 'preact/hooks'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { placesOf } from '#app/acts/known-places.ts'
import type { PlacesActs } from '#app/acts/places-acts.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { isUnanswered, type ActProblem } from '#app/acts/act-problem.ts'
import { actDone, actOf } from '#app/acts/act-meant.ts'
import { useActProblem } from './places-words.ts'

type Send<Content, Value> = (
  acts: PlacesActs,
  request: Content & { readonly act: string },
) => Promise<OfficeAnswer<Value>>

export interface Acting {
  readonly busy: boolean
  readonly problem: ActProblem | null
  /** In words. */
  readonly said: string | null
  /**
   * Asks for one act of that name (the kind of act and what it is done to) with that content; whatever was known of
   * places and people is told anew before it resolves. The form keeps what was typed where it was refused. Null where
   * one is on its way already: a second tap may come before the button is drawn busy.
   */
  run<Content extends object, Value>(
    name: string,
    content: Content,
    send: Send<Content, Value>,
  ): Promise<OfficeAnswer<Value> | null>
}

export function useAct(): Acting {
  const app = useParts('session', 'syncActs', 'officeActs', 'work', 'drafts')
  const inWords = useActProblem()
  const [state, setState] = useState<Pick<Acting, 'busy' | 'problem'>>({
    busy: false,
    problem: null,
  })
  const isRunning = useRef(false)
  const ask = async <Content extends object, Value>(
    name: string,
    content: Content,
    send: Send<Content, Value>,
  ): Promise<OfficeAnswer<Value>> => {
    const acts = await app.officeActs.places()
    if (!acts.ok) return acts
    const act = actOf(app.drafts, name, content, () => app.work.newId())
    const answer = await send(acts.value, { ...content, act })
    // Refused for good it is over as well: whoever tries again means another act.
    if (answer.ok || !isUnanswered(answer.problem)) actDone(app.drafts, name)
    // Also after a refusal: somebody else may have done something, or it was done and the answer lost.
    await placesOf(app).getState().load()
    // What the act changed of the register is on its way.
    app.syncActs.syncNow()
    return answer
  }
  return {
    ...state,
    said: state.problem && inWords(state.problem),
    async run(name, content, send) {
      if (isRunning.current) return null
      isRunning.current = true
      setState({ busy: true, problem: null })
      const answer = await ask(name, content, send)
      isRunning.current = false
      setState({ busy: false, problem: answer.ok ? null : answer.problem })
      return answer
    },
  }
}
