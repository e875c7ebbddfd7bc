import type { ActProblem } from '#app/acts/act-problem.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'

/** That the office is being asked, or why it told nothing newer; nothing where it told. */
export function Asked(props: {
  readonly isKnown: boolean
  readonly problem: ActProblem | null
  readonly words: {
    readonly loading: string
    readonly needsNetwork: string
    readonly again: string
  }
  readonly wide?: boolean
  readonly onAgain: () => void
}) {
  const { isKnown, problem, words: own, wide = false } = props
  const words = useWords()
  if (problem === null) return isKnown ? null : <Progress label={own.loading} value={null} />
  const isOffline = problem === 'offline'
  return (
    <>
      <Notice tone={isOffline ? 'calm' : 'alarm'}>
        {isOffline ? own.needsNetwork : words.problems[problem]}
      </Notice>
      <Button wide={wide} icon="sync" onClick={props.onAgain}>
        {own.again}
      </Button>
    </>
  )
}
