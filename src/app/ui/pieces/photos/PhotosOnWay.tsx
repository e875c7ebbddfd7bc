/** How many photographs of this device are still on their way: work that is all sent is not all there before they are. */
import { useEffect, useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { SaveFile } from '#app/ui/pieces/sync/SaveFile.tsx'
import { usePhotoWords } from './photo-words.ts'

export function PhotosOnWay(props: {
  /** The file of unsent work is offered already. */
  readonly hasFile: boolean
}) {
  const app = useParts('photos', 'sync')
  const words = usePhotoWords()
  // Each answer of the office may have been to one of them.
  const sync = useStore(app.sync, (state) => state)
  const [count, setCount] = useState(0)
  useEffect(() => {
    let isMine = true
    app
      .photos()
      .then((acts) => acts.states())
      .then((states) => {
        const waiting = [...states.values()].filter((state) => state === 'waiting').length
        if (isMine) setCount(waiting)
      })
      // Locked meanwhile: there is nothing to show either.
      .catch(() => {})
    return () => {
      isMine = false
    }
  }, [app, sync])
  if (count === 0) return null
  return (
    <>
      <p>{words.deviceOnWay(count)}</p>
      {!props.hasFile && <SaveFile />}
    </>
  )
}
