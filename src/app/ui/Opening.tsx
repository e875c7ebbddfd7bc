import { useEffect } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { Empty } from './kit/Notice.tsx'
import { useOpeningWords } from './opening-words.ts'

/** Instead of a page that ranges over what is still being read; a household is read before the others. */
export function Opening(props: { readonly household?: string | undefined }) {
  const { register } = useParts('register')
  const said = useOpeningWords()
  const { household } = props
  useEffect(() => {
    if (household !== undefined) register.hasten(household)
  }, [register, household])
  return (
    <div role="status">
      <Empty title={said.title}>
        <p>{said.hint}</p>
      </Empty>
    </div>
  )
}
