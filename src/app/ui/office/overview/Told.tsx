import { useOverviewWords, type OverviewWords } from '#app/ui/words/overview-words.ts'
import { withCommas } from '#app/ui/words/with-commas.ts'

type Figure = number | null

/** A number, or the sign that it is not told. */
export function Told(props: { readonly n: Figure }) {
  const own = useOverviewWords()
  const { n } = props
  if (n !== null) return <>{withCommas(n)}</>
  return (
    <span role="img" aria-label={own.hidden}>
      ···
    </span>
  )
}

export function told(own: OverviewWords, n: Figure): string {
  return n === null ? own.hidden : String(n)
}
