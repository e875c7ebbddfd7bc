import { useEffect, useRef, useState } from 'preact/hooks'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { JourneyEnd, JourneyHooks, PlacesActs } from '#app/acts/places-acts.ts'
import type { ActProblem } from '#app/acts/act-problem.ts'
import { useAct } from './use-act.ts'

export type JourneyState =
  | { readonly at: 'home' }
  | { readonly at: 'going'; readonly done: number; readonly total: number }
  | { readonly at: 'stopped' }
  | { readonly at: 'refused'; readonly problem: ActProblem }
  /** `moved` counts what went this time; `left` could not go. */
  | { readonly at: 'ended'; readonly moved: number; readonly left: number }

export interface JourneyRun {
  readonly state: JourneyState
  begin<Content extends object>(
    name: string,
    content: Content,
    send: (
      acts: PlacesActs,
      request: Content & { readonly act: string },
      hooks: JourneyHooks,
    ) => Promise<OfficeAnswer<JourneyEnd>>,
  ): Promise<boolean>
  stop(): void
}

/** A split or merge as a page follows it. Leaving the page stops it after the building that goes; what went has gone. */
export function useJourney(): JourneyRun {
  const acting = useAct()
  const [state, setState] = useState<JourneyState>({ at: 'home' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  return {
    state,
    stop: () => running.current?.abort(),
    async begin(name, content, send) {
      if (running.current) return false
      const stop = new AbortController()
      running.current = stop
      setState({ at: 'going', done: 0, total: 0 })
      const onProgress = (done: number, total: number) => setState({ at: 'going', done, total })
      const answer = await acting.run(name, content, (acts, request) =>
        send(acts, request, { onProgress, signal: stop.signal }),
      )
      running.current = null
      if (answer === null) return false
      if (answer.ok) setState({ at: 'ended', ...counted(answer.value) })
      else if (stop.signal.aborted) setState({ at: 'stopped' })
      else setState({ at: 'refused', problem: answer.problem })
      return answer.ok
    },
  }
}

function counted({ moved, left }: JourneyEnd) {
  return { moved, left }
}
