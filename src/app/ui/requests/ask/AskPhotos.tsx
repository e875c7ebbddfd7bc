import { useEffect, useState } from 'preact/hooks'
import type { WaitingAsk } from '#protocol/ask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { PhotoCanvas } from '#app/ui/pieces/photos/PhotoCanvas.tsx'
import { usePhotoWords } from '#app/ui/pieces/photos/photo-words.ts'
import styles from '#app/ui/pieces/photos/Photos.module.css'
import { useWords } from '#app/ui/words/use-words.ts'
import type { ActProblem } from '#app/acts/act-problem.ts'
import { useAskWords } from './ask-words.ts'

/** Photographs of what still waits: they are at the office's server alone, and on no device. */
export function AskPhotos({ waiting }: { readonly waiting: WaitingAsk }) {
  const words = usePhotoWords()
  const [shown, setShown] = useState<string | null>(null)
  const { photos } = waiting
  if (photos.length === 0) return null
  return (
    <div class={styles.field}>
      <ul class={styles.strip}>
        {photos.map(({ id, thumbnail }, index) => (
          <li key={id}>
            <button
              type="button"
              class={styles.thumb}
              aria-label={words.nth(index + 1)}
              onClick={() => setShown(id)}
            >
              <img alt="" src={`data:image/jpeg;base64,${thumbnail}`} />
            </button>
          </li>
        ))}
      </ul>
      {shown !== null && <Large {...{ waiting, shown }} onClose={() => setShown(null)} />}
    </div>
  )
}

type Told = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: ActProblem }

function Large(props: {
  readonly waiting: WaitingAsk
  readonly shown: string
  readonly onClose: () => void
}) {
  const app = useParts('officeActs')
  const words = usePhotoWords()
  const own = useAskWords()
  const { problems } = useWords()
  const { waiting, shown, onClose } = props
  const [told, setTold] = useState<Told | null>(null)
  useEffect(() => {
    let isMine = true
    void app.officeActs
      .ask()
      .then((acts) => (acts.ok ? acts.value.picture(waiting.place, waiting.id, shown) : acts))
      .then((answer) => {
        if (!isMine) return
        if (!answer.ok) return setTold({ problem: answer.problem })
        const bytes = Uint8Array.from(atob(answer.value.picture), (one) => one.charCodeAt(0))
        setTold({ bytes })
      })
    return () => {
      isMine = false
    }
  }, [app, waiting, shown])
  return (
    <Sheet title={words.title} closeLabel={words.close} onClose={onClose}>
      <div class={styles.large}>
        {told === null && <p role="status">{words.opening}</p>}
        {told && 'bytes' in told && <PhotoCanvas bytes={told.bytes} label={words.title} />}
        {told && 'problem' in told && (
          <Notice>{told.problem === 'offline' ? own.needsNetwork : problems[told.problem]}</Notice>
        )}
      </div>
    </Sheet>
  )
}
