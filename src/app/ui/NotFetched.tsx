import { Button } from './kit/Button.tsx'
import { Empty } from './kit/Notice.tsx'
import { useWords } from './words/use-words.ts'

/** A page whose script could not be fetched: an update removed it under an open app. Nothing is lost. */
export function NotFetched(props: { readonly again: () => void }) {
  const words = useWords()
  return (
    <Empty title={words.shell.failedTitle} icon="alert">
      <p>{words.shell.failedHint}</p>
      <Button onClick={props.again}>{words.shell.again}</Button>
    </Empty>
  )
}
