import { useRef, useState } from 'preact/hooks'
import type { Intent, SaveProblem } from '#app/stores/app.ts'
import { useApp } from '#app/stores/use-store.ts'
import { useToasts } from '../toasts.ts'
import { useWords } from '../words/use-words.ts'

export interface Saving {
  readonly busy: boolean
  readonly problem: SaveProblem | null
  /** Saves one batch; calls `then` when it is on disk. The form keeps what was typed where it failed. */
  run(intents: readonly Intent[], then: () => void): void
}

export function useSave(): Saving {
  const app = useApp()
  const words = useWords()
  const toasts = useToasts()
  const [busy, setBusy] = useState(false)
  // A second tap may come before the button is drawn busy: it must not save twice.
  const running = useRef(false)
  const [problem, setProblem] = useState<SaveProblem | null>(null)
  const save = async (intents: readonly Intent[], then: () => void) => {
    running.current = true
    setBusy(true)
    const answer = await app.work.save(intents)
    running.current = false
    setBusy(false)
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    toasts.show(words.shell.saved, () => {
      toasts.hide()
      void answer.saved.undo().then(() => toasts.show(words.shell.undone))
    })
    then()
  }
  return {
    busy,
    problem,
    run: (intents, then) => {
      if (!running.current) void save(intents, then)
    },
  }
}
