import { useHotlineAct } from '#app/ui/pieces/use-hotline.ts'
import { TurnAwayForm } from '../waiting/TurnAwayForm.tsx'
import type { Deciding } from './deciding.ts'
import { useHotlineWords } from './hotline-words.ts'

/** What somebody writes to the hotline is kept while it is typed. */
export const awayKey = (id: string) => `hotline-away/${id}`

/** Sends it back, with a reason and words for whoever called. */
export function TurnAway(props: Deciding & { readonly onCancel: () => void }) {
  const { id } = props.waiting
  const act = useHotlineAct()
  return (
    <TurnAwayForm
      draftKey={awayKey(id)}
      words={useHotlineWords()}
      send={(away) => {
        const content = { waiting: id, ...away }
        return act(`hotline/${id}`, content, (acts, act) => acts.turnAway({ act, ...content }))
      }}
      onDone={() => props.onDone(null)}
      onFailed={props.onFailed}
      onCancel={props.onCancel}
    />
  )
}
