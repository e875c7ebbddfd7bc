import { Button } from './Button.tsx'
import styles from './Toast.module.css'

/** A short word that something is done, with the way back. It is announced and does not take the focus. */
export function Toast(props: {
  readonly text: string
  readonly undoLabel?: string
  readonly onUndo?: () => void
}) {
  return (
    <div class={styles.toast} role="status">
      <span>{props.text}</span>
      {props.onUndo && props.undoLabel && (
        <Button look="quiet" onClick={props.onUndo}>
          {props.undoLabel}
        </Button>
      )}
    </div>
  )
}
