import { useRef, useState } from 'preact/hooks'
import type { Intent, SaveProblem } from '#app/acts/intent.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { useWords } from '#app/ui/words/use-words.ts'

interface SavingEach {
  /** From the first of them to the last. */
  readonly busy: boolean
  /** Why the last of those that failed was not saved. */
  readonly problem: SaveProblem | null
  /** Saves each by itself; calls `then` with those that are not on disk once all were tried. */
  run(intents: readonly Intent[], then: (failed: readonly Intent[]) => void): void
}

/** Each as a save of its own: where one cannot be saved the others are done all the same. */
export function useSaveEach(): SavingEach {
  const app = useParts('work')
  const words = useWords()
  const toasts = useToasts()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<SaveProblem | null>(null)
  // A second tap may come before the button is drawn busy: it must not make new steps.
  const running = useRef(false)
  const save = async (
    intents: readonly Intent[],
    then: (failed: readonly Intent[]) => void,
  ): Promise<void> => {
    running.current = true
    setBusy(true)
    setProblem(null)
    // The word on the screen is of an earlier save: it must not be taken for this one's.
    toasts.hide()
    const failed: Intent[] = []
    try {
      for (const intent of intents) {
        const answer = await app.work.save([intent])
        if (answer.ok) continue
        failed.push(intent)
        setProblem(answer.problem)
      }
    } finally {
      running.current = false
      setBusy(false)
    }
    if (failed.length === 0) toasts.show(words.shell.saved)
    then(failed)
  }
  return {
    busy,
    problem,
    run: (intents, then) => {
      if (!running.current) save(intents, then).catch((error: unknown) => reportError(error))
    },
  }
}
