import { Button } from '#app/ui/kit/Button.tsx'
import { Empty, Progress } from '#app/ui/kit/Notice.tsx'
import { useHeldWords } from './held-words.ts'
import { useOpening } from './use-opening.ts'

/** A grid of which only the name is here: one tap brings it. */
export function OpenPlace(props: { readonly place: string; readonly name: string }) {
  const own = useHeldWords()
  const { isAsked, isOffline, open } = useOpening(props.place)
  return (
    <Empty title={own.notHere(props.name)} icon="grid">
      <p>{isOffline ? own.offline : own.notHereHint}</p>
      {isAsked && !isOffline && <Progress label={own.opening} value={null} />}
      {!isAsked && (
        <Button look="primary" onClick={open}>
          {own.open}
        </Button>
      )}
    </Empty>
  )
}
