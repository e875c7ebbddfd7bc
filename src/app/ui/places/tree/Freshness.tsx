import type { KnownPlaces } from '#app/acts/known-places.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePlacesWords } from './places-words.ts'
import styles from './Places.module.css'

/** Says where what is shown may be old, and why; silent where it is fresh. */
export function Freshness(props: { readonly known: KnownPlaces }) {
  const words = useWords()
  const own = usePlacesWords()
  const { told, problem, isAsking, load } = props.known
  if (told === null && isAsking) return <Progress label={own.loading} value={null} />
  if (problem === null) return null
  const isOffline = problem === 'offline'
  return (
    <div class={styles.list}>
      <Notice tone={isOffline ? 'calm' : 'alarm'}>
        {!isOffline ? words.problems[problem] : told === null ? own.needsNetwork : own.offline}
      </Notice>
      <div>
        <Button icon="sync" busy={isAsking} onClick={() => void load()}>
          {own.again}
        </Button>
      </div>
    </div>
  )
}
