import { useRef, useState } from 'preact/hooks'
import type { Intent, SaveProblem } from '#app/acts/intent.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { doorOfIntents } from '#app/acts/door-of-intents.ts'
import { useToasts } from '../toasts.ts'
import { useWords } from '../words/use-words.ts'

export interface Saving {
  readonly busy: boolean
  readonly problem: SaveProblem | null
  /** Saves one batch; calls `then` when it is on disk. The form keeps what was typed where it failed. */
  run(intents: readonly Intent[], then: () => void, kept?: Kept): void
}

/** `isFinal`: it stands in a history that nobody shortens, so no undo is offered; another step takes it back. */
interface Kept {
  readonly isFinal: boolean
}

export function useSave(): Saving {
  const app = useParts('register', 'work')
  const words = useWords()
  const toasts = useToasts()
  const [busy, setBusy] = useState(false)
  // A second tap may come before the button is drawn busy: it must not save twice.
  const running = useRef(false)
  const [problem, setProblem] = useState<SaveProblem | null>(null)
  const save = async (intents: readonly Intent[], then: () => void, isFinal: boolean) => {
    running.current = true
    setBusy(true)
    // The word on the screen is of an earlier save: it must not be taken for this one's.
    toasts.hide()
    const answer = await app.work.save(intents).finally(() => {
      running.current = false
      setBusy(false)
    })
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    const door = doorOfIntents(app.register, intents)
    const said = door === '' ? words.shell.saved : `${door} ${words.shell.saved}`
    const undo = () => {
      toasts.hide()
      void answer.saved.undo().then(() => toasts.show(words.shell.undone))
    }
    if (isFinal) toasts.show(said)
    else toasts.show(said, undo)
    then()
  }
  return {
    busy,
    problem,
    run: (intents, then, kept) => {
      if (!running.current)
        save(intents, then, kept?.isFinal === true).catch((error: unknown) => reportError(error))
    },
  }
}
