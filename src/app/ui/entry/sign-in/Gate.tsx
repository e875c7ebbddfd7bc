import type { ComponentChildren } from 'preact'
import styles from '#app/ui/pieces/sign-in/Gate.module.css'
import { useWords } from '#app/ui/words/use-words.ts'

/** The page before the register: the product's mark, one thing to do, nothing personal. */
export function Gate(props: { readonly lead?: string; readonly children: ComponentChildren }) {
  const words = useWords()
  return (
    <main class={styles.gate}>
      <div class={styles.inside}>
        <div class={styles.brand}>
          <img src="/icons/icon.svg" alt="" width="72" height="72" />
          <h1>{words.shell.name}</h1>
          {props.lead && <p>{props.lead}</p>}
        </div>
        {props.children}
      </div>
    </main>
  )
}
