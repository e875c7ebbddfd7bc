import type { TakeBackAsked } from '#protocol/ask.ts'
import { TurnAwayForm } from '../waiting/TurnAwayForm.tsx'
import { useAskWords } from './ask-words.ts'
import { useAskAct } from './use-ask.ts'

/** What somebody writes to residents is kept while it is typed. */
export const awayKey = (name: string) => `ask-away/${name}`

export function TurnAway(props: {
  readonly name: string
  readonly chosen: Pick<TakeBackAsked, 'place' | 'waiting' | 'group'>
  readonly onDone: () => void
  readonly onFailed: (told: string) => void
  readonly onCancel: () => void
}) {
  const act = useAskAct()
  const { name, chosen } = props
  return (
    <TurnAwayForm
      {...props}
      draftKey={awayKey(name)}
      words={useAskWords()}
      send={(away) => {
        const content = { ...chosen, ...away }
        return act(`${name}/away`, content, (acts, id) => acts.turnAway({ act: id, ...content }))
      }}
    />
  )
}
