import { Component, type ComponentChildren } from 'preact'
import { Button } from './kit/Button.tsx'
import { Empty } from './kit/Notice.tsx'
import { useWords } from './words/use-words.ts'

/** A page that breaks takes only itself along: the tabs, the other pane and all saved work stay. */
export class PageBoundary extends Component<
  { readonly children: ComponentChildren },
  { readonly broken: boolean }
> {
  override state = { broken: false }

  static override getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return <Broken onAgain={() => this.setState({ broken: false })} />
  }
}

function Broken(props: { readonly onAgain: () => void }) {
  const words = useWords()
  return (
    <Empty title={words.shell.failedTitle} icon="alert">
      <p>{words.shell.failedHint}</p>
      <Button onClick={props.onAgain}>{words.shell.again}</Button>
    </Empty>
  )
}
