import type { ActProblem } from '#app/acts/act-problem.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useHotlineWords } from './hotline-words.ts'

/** That the office is being asked, or why it told nothing newer. */
export function OfficeSaid(props: {
  readonly isKnown: boolean
  readonly problem: ActProblem | null
  readonly onAgain: () => void
}) {
  const own = useHotlineWords()
  const words = useWords()
  const { isKnown, problem, onAgain } = props
  if (problem === null) return isKnown ? null : <Progress label={own.loading} value={null} />
  const isOffline = problem === 'offline'
  return (
    <>
      <Notice tone={isOffline ? 'calm' : 'alarm'}>
        {isOffline ? own.needsNetwork : words.problems[problem]}
      </Notice>
      <Button icon="sync" onClick={onAgain}>
        {own.again}
      </Button>
    </>
  )
}
