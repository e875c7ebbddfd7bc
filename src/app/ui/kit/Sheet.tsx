import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Button } from './Button.tsx'
import styles from './Sheet.module.css'

/** A page over the page: from below on a phone, in the middle on a tablet. Escape, the cross and a tap beside it close it. */
export function Sheet(props: {
  readonly title: string
  readonly closeLabel: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      class={styles.sheet}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) props.onClose()
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
