/** Photographs in a form: taken, covered, deleted. Never required, and nothing that is typed waits for them. */
import { useRef, useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { PhotoPaint } from './PhotoPaint.tsx'
import { usePhotoWords } from './photo-words.ts'
import type { FormPhoto, FormPhotos } from './use-photos.ts'
import styles from './Photos.module.css'

export function PhotoField(props: {
  readonly photos: FormPhotos
  /** Where the record will stand, as far as the form knows. */
  readonly stream: string
  /** Puts the form's draft into the drafts, also where nothing was typed yet. */
  readonly onKeep: () => void
}) {
  const app = useParts('drafts')
  const words = usePhotoWords()
  const { photos, stream } = props
  const [shown, setShown] = useState<FormPhoto | null>(null)
  const isFull = photos.room?.state === 'full'

  /** A telephone may end the app while its camera is open: the form lies sealed on the disk before. */
  const seal = async () => {
    props.onKeep()
    await app.drafts.flush()
  }
  if (!photos.isReady) return null
  return (
    <section class={styles.field} aria-label={words.title}>
      <h2 class={styles.title}>
        {words.title} <span>{words.optional}</span>
      </h2>
      {photos.list.length > 0 && (
        <ul class={styles.strip}>
          {photos.list.map((photo, index) => (
            <li key={photo.id}>
              <button
                type="button"
                class={styles.thumb}
                aria-label={words.nth(index + 1)}
                onClick={() => setShown(photo)}
              >
                <img alt="" src={`data:image/jpeg;base64,${photo.fields.thumbnail}`} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {photos.list.length > 0 && <p class={styles.soft}>{words.hint}</p>}
      {photos.problem && <Notice tone="alarm">{words.problem[photos.problem]}</Notice>}
      {isFull && photos.problem !== 'full' && <Notice tone="alarm">{words.full}</Notice>}
      {photos.room?.state === 'near' && (
        <Notice>{words.near(Math.round((photos.room.used / photos.room.most) * 100))}</Notice>
      )}
      <p role="status" class={styles.soft}>
        {photos.isBusy ? words.busy : photos.list.length > 0 ? words.kept(photos.list.length) : ''}
      </p>
      <div class={styles.acts}>
        <Picker
          label={words.take}
          isCamera
          isBusy={photos.isBusy}
          isOff={isFull}
          seal={seal}
          onFile={(file) => photos.take(stream, file)}
        />
        <Picker
          label={words.choose}
          isBusy={photos.isBusy}
          isOff={isFull}
          seal={seal}
          onFile={(file) => photos.take(stream, file)}
        />
      </div>
      {shown && (
        <PhotoPaint
          photo={shown}
          onClose={() => setShown(null)}
          onCovered={(picture) => {
            setShown(null)
            photos.replace(shown, picture)
          }}
          onDrop={() => {
            setShown(null)
            photos.drop(shown)
          }}
        />
      )}
    </section>
  )
}

/** Here and not among the others, which come with the first screen. */
function Camera() {
  return (
    <svg class={styles.camera} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M3.5 7.5h4L9.5 5h5l2 2.5h4V19h-17zM12 9.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z" />
    </svg>
  )
}

/**
 * One shot. The browser keeps whatever an input ever gave: each shot has a fresh one. No format is named beyond
 * `image/*`: a telephone then gives a JPEG where it keeps its pictures otherwise.
 */
function Picker(props: {
  readonly label: string
  readonly isCamera?: boolean
  readonly isBusy: boolean
  readonly isOff: boolean
  readonly seal: () => Promise<void>
  readonly onFile: (file: File) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  const [shot, setShot] = useState(0)
  const open = async () => {
    await props.seal()
    input.current?.click()
  }
  return (
    <>
      <Button busy={props.isBusy} disabled={props.isOff} onClick={() => void open()}>
        {props.isCamera && <Camera />}
        {props.label}
      </Button>
      <input
        key={shot}
        ref={input}
        type="file"
        autocomplete="off"
        hidden
        aria-label={props.label}
        accept="image/*"
        {...(props.isCamera ? { capture: 'environment' as const } : {})}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          setShot((count) => count + 1)
          if (file) props.onFile(file)
        }}
      />
    </>
  )
}
