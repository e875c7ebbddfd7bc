import { Button } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { isUnanswered } from '#app/acts/act-problem.ts'
import { useActProblem, usePlacesWords } from './places-words.ts'
import type { JourneyRun } from './use-journey.ts'

/** How far a split or merge is, with the way to stop it; after an interruption what is true of both grids. */
export function JourneyNotice(props: { readonly run: JourneyRun }) {
  const own = usePlacesWords()
  const inWords = useActProblem()
  const { state, stop } = props.run
  switch (state.at) {
    case 'home':
    case 'ended':
      return null
    case 'going':
      return (
        <>
          <Progress
            label={state.total === 0 ? own.begin : own.going(state.done, state.total)}
            value={state.total === 0 ? null : state.done / state.total}
          />
          <Button wide onClick={stop}>
            {own.stop}
          </Button>
        </>
      )
    case 'stopped':
      return <Notice>{own.stopped}</Notice>
    case 'refused':
      return (
        <Notice tone={state.problem === 'offline' ? 'calm' : 'alarm'}>
          <p>{inWords(state.problem)}</p>
          {isUnanswered(state.problem) && <p>{own.broken}</p>}
        </Notice>
      )
  }
}
