import { useEffect, useRef } from 'preact/hooks'
import styles from './Photos.module.css'

/** A picture drawn on a canvas: it has no address, so that no cache of the browser ever holds it. */
export function PhotoCanvas(props: {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly label: string
  /** The canvas once it is drawn; null where the picture does not open. */
  readonly onDrawn?: (canvas: HTMLCanvasElement | null) => void
}) {
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef(props.onDrawn)
  drawn.current = props.onDrawn
  useEffect(() => {
    let isMine = true
    import('#picture/make-picture.ts')
      .then(({ showPicture }) => showPicture(props.bytes))
      .then(
        (canvas) => {
          if (!isMine) return
          if (canvas) place.current?.replaceChildren(canvas)
          drawn.current?.(canvas)
        },
        () => isMine && drawn.current?.(null),
      )
    return () => {
      isMine = false
    }
  }, [props.bytes])
  return <div ref={place} class={styles.picture} role="img" aria-label={props.label} />
}
