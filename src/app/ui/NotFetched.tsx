import { stepBack } from './kit/back-closes.ts'
import { Button } from './kit/Button.tsx'
import { Empty } from './kit/Notice.tsx'
import { useWords } from './words/use-words.ts'

/** Instead of a page that broke, or whose script an update removed under an open app: nothing is lost, and one can go back. */
export function NotFetched(props: { readonly again: () => void }) {
  const words = useWords()
  return (
    <Empty title={words.shell.failedTitle} icon="alert">
      <p>{words.shell.failedHint}</p>
      <Button onClick={props.again}>{words.shell.again}</Button>
      <Button onClick={stepBack}>{words.shell.back}</Button>
    </Empty>
  )
}
