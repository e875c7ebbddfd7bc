import { useLocation } from 'preact-iso'
import { useRef, useState } from 'preact/hooks'
import type { Rec } from '#app/views/records.ts'
import type { SaveProblem } from '#app/acts/intent.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { useBack } from '#app/ui/Page.tsx'
import { doorOfHousehold } from '#app/views/door.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { useMedia } from '#app/ui/use-media.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { firstPages } from '#app/links/first.ts'

/**
 * "Nothing changed": one visit at the door with outcome met. On disk first, then the word that it is saved with the
 * way back; the card leaves the list, and the next household is there.
 */
export function useUnchanged(home: Rec<'household'>) {
  const app = useParts('register', 'work', 'preferences', 'today', 'now')
  const words = useWords()
  const toasts = useToasts()
  const location = useLocation()
  const goBack = useBack(firstPages.today())
  const wide = useMedia('(min-width: 900px)')
  const day = useStore(app.today, (store) => store.day)
  const grid = useStore(app.preferences, (preferences) => preferences.grid)
  const [busy, setBusy] = useState(false)
  // Two quick taps are one visit.
  const running = useRef(false)
  const [problem, setProblem] = useState<SaveProblem | null>(null)

  const save = async () => {
    if (running.current) return
    running.current = true
    // The word on the screen is of an earlier save: it must not be taken for this one's.
    toasts.hide()
    // Most saves are over before anything could be seen of them; drawing first would make each one wait.
    const slow = setTimeout(() => setBusy(true), 150)
    const next = nextHousehold(app.register.today(day, grid ?? undefined), home.id)
    const visit = app.work.newId(home.stream)
    const saving = app.work.save([
      {
        op: 'create',
        kind: 'visit',
        record: visit,
        stream: home.stream,
        fields: {
          household: home.id,
          channel: 'door',
          outcome: 'met',
          unchanged: true,
          at: new Date(app.now()).toISOString(),
        },
      },
    ])
    const answer = await saving.finally(() => {
      running.current = false
      clearTimeout(slow)
      setBusy(false)
    })
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    const undo = () => {
      toasts.hide()
      answer.saved.undo().then(
        () => {
          // A later visit keeps its own way back.
          const { lastVisit } = toasts.store.getState()
          if (lastVisit?.id === visit) toasts.store.setState({ lastVisit: null })
          toasts.show(words.shell.undone)
        },
        () => toasts.show(words.problems.storage, undo),
      )
    }
    const door = doorOfHousehold(app.register, home.id)
    toasts.show(words.household.visitSaved(door), undo, visit)
    if (!wide) goBack()
    else if (next) location.route(firstPages.household(next))
  }
  return { busy, problem, save: () => void save() }
}

/** The stop after this one on the walk; null where it is the last or not on the list. */
function nextHousehold(
  plan: { readonly groups: readonly { readonly stops: readonly { household: string }[] }[] },
  household: string,
): string | null {
  const stops = plan.groups.flatMap((group) => group.stops)
  const index = stops.findIndex((stop) => stop.household === household)
  return index === -1 ? null : (stops[index + 1]?.household ?? null)
}
