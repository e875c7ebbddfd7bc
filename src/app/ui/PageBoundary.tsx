import { Component, type ComponentChildren } from 'preact'
import { NotFetched } from './NotFetched.tsx'

/** A page that breaks takes only itself along: the way back, the other pane and all saved work stay. */
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
    return <NotFetched again={() => this.setState({ broken: false })} />
  }
}
