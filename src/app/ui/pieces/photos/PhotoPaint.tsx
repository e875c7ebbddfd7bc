/** One photograph of a form, large: what nobody shall see is painted over, and the paint is part of the picture. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Opened } from '#app/acts/photos.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Acts } from '#app/ui/kit/Part.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import type { MadePicture } from '#picture/make-picture.ts'
import { PhotoCanvas } from './PhotoCanvas.tsx'
import { usePhotoWords } from './photo-words.ts'
import type { FormPhoto } from './use-photos.ts'
import styles from './Photos.module.css'

/** A stroke is so wide, of the picture's long side: a face across a room is covered by one. */
const strokeShare = 1 / 16

export function PhotoPaint(props: {
  readonly photo: FormPhoto
  readonly onClose: () => void
  readonly onCovered: (picture: MadePicture) => void
  readonly onDrop: () => void
}) {
  const app = useParts('photos')
  const words = usePhotoWords()
  const { photo } = props
  const [opened, setOpened] = useState<Opened | null>(null)
  /** Counts up with each beginning: the picture is drawn anew. */
  const [round, setRound] = useState(0)
  const [isPainted, setPainted] = useState(false)
  const [isFailed, setFailed] = useState(false)
  const canvas = useRef<HTMLCanvasElement | null>(null)
  const last = useRef<readonly [number, number] | null>(null)

  useEffect(() => {
    let isMine = true
    app
      .photos()
      .then((acts) => acts.open(photo))
      .then(
        (answer) => isMine && setOpened(answer),
        () => isMine && setFailed(true),
      )
    return () => {
      isMine = false
    }
  }, [app, photo])

  const paint = (event: PointerEvent) => {
    const to = canvas.current
    const context = to?.getContext('2d')
    if (!to || !context) return
    const box = to.getBoundingClientRect()
    const point = [
      ((event.clientX - box.left) / box.width) * to.width,
      ((event.clientY - box.top) / box.height) * to.height,
    ] as const
    const from = last.current ?? point
    context.lineCap = 'round'
    context.lineWidth = Math.max(to.width, to.height) * strokeShare
    context.strokeStyle = 'black'
    context.beginPath()
    context.moveTo(...from)
    context.lineTo(...point)
    context.stroke()
    last.current = point
    setPainted(true)
  }
  const use = async () => {
    if (!canvas.current) return
    const { codePicture } = await import('#picture/make-picture.ts')
    const made = await codePicture(canvas.current)
    if (made.ok) props.onCovered(made.picture)
    else setFailed(true)
  }
  return (
    <Sheet title={words.title} closeLabel={words.close} onClose={props.onClose}>
      <div class={styles.large}>
        {isFailed && <Notice tone="alarm">{words.problem.unreadable}</Notice>}
        {opened && !opened.ok && <Notice tone="alarm">{words.noPicture[opened.problem]}</Notice>}
        {opened?.ok && (
          <>
            <p>{words.coverHint}</p>
            <div
              class={styles.paint}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId)
                last.current = null
                paint(event)
              }}
              onPointerMove={(event) => {
                if (event.buttons > 0) paint(event)
              }}
              onPointerUp={() => (last.current = null)}
            >
              <PhotoCanvas
                key={round}
                bytes={opened.bytes}
                label={words.cover}
                onDrawn={(drawn) => {
                  canvas.current = drawn
                  if (!drawn) setFailed(true)
                }}
              />
            </div>
          </>
        )}
        <Acts>
          {isPainted && (
            <Button look="primary" onClick={() => void use()}>
              {words.coverSave}
            </Button>
          )}
          {isPainted && (
            <Button
              onClick={() => {
                setPainted(false)
                setRound((count) => count + 1)
              }}
            >
              {words.coverAgain}
            </Button>
          )}
          <Button look="danger" onClick={props.onDrop}>
            {words.drop}
          </Button>
        </Acts>
      </div>
    </Sheet>
  )
}
