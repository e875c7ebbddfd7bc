import { useState } from 'preact/hooks'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useWords } from '#app/ui/words/use-words.ts'

/** One answer to what waits: busy while the office is asked, and why it was not done, in words. */
export function useDecision(needsNetwork: string, onFailed: (why: string) => void) {
  const words = useWords()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  /** True where it was done. */
  const decide = async (ask: () => Promise<OfficeAnswer<unknown>>): Promise<boolean> => {
    setBusy(true)
    const answer = await ask().finally(() => setBusy(false))
    if (answer.ok) return true
    const why = answer.problem === 'offline' ? needsNetwork : words.problems[answer.problem]
    setProblem(why)
    onFailed(why)
    return false
  }
  return { isBusy, problem, decide }
}
