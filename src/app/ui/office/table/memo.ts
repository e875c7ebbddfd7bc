import { Component, h, type FunctionComponent } from 'preact'
import { isAlike } from '#app/stores/alike.ts'

/** Draws again only where one of the props is another: a scroll then touches just the rows that came. */
export function memo<Props extends object>(
  draw: FunctionComponent<Props>,
): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>) {
      return !isAlike(this.props, next)
    }
    override render() {
      return h(draw, this.props)
    }
  }
  return Memo as unknown as FunctionComponent<Props>
}
