import { Empty } from '../kit/Notice.tsx'
import { Page } from '../Page.tsx'
import { useWords } from '../words/use-words.ts'

/** The record of this address is not on this device: removed, or in a grid that was taken away. */
export function Gone(props: { readonly title: string; readonly back: string }) {
  const words = useWords()
  return (
    <Page title={props.title} back={props.back}>
      <Empty title={props.title}>
        <p>{words.shell.gone}</p>
      </Empty>
    </Page>
  )
}
