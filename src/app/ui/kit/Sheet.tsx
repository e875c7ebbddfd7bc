import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { closeOnBack } from './back-closes.ts'
import { Button } from './Button.tsx'
import styles from './Sheet.module.css'

/** A page over the page: from below on a phone, in the middle on a tablet. Escape, the way back, the cross and a tap beside it close it. */
export function Sheet(props: {
  readonly title: string
  readonly closeLabel: string
  readonly onClose: () => void
  /** It shows what is shown once: only the cross and what stands in it close it. */
  readonly isHeld?: boolean
  readonly children: ComponentChildren
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  /** Whether the press began beside it: text that is marked with the mouse may end there. */
  const isBeside = useRef(false)
  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
    return () => element?.close()
  }, [])
  const leave = () => {
    if (!props.isHeld) props.onClose()
  }
  const close = useRef(leave)
  close.current = leave
  useEffect(() => closeOnBack(() => close.current()), [])
  return (
    <dialog
      ref={dialog}
      class={styles.sheet}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault()
        leave()
      }}
      onClose={() => {
        // A browser asks once, and closes it by itself the second time.
        if (props.isHeld && dialog.current?.isConnected) dialog.current.showModal()
      }}
      onPointerDown={(event) => {
        isBeside.current = event.target === dialog.current
      }}
      onClick={(event) => {
        if (isBeside.current && event.target === dialog.current) leave()
      }}
    >
      <div class={styles.inside}>
        <header class={styles.head}>
          <h2 id={title}>{props.title}</h2>
          <Button look="quiet" icon="close" label={props.closeLabel} onClick={props.onClose} />
        </header>
        <div class={styles.body}>{props.children}</div>
      </div>
    </dialog>
  )
}
