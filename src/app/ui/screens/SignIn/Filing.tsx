import { useEffect, useState } from 'preact/hooks'
import { useApp } from '#app/stores/use-store.ts'
import { useScreenWords } from '#app/ui/words/use-words.ts'
import styles from './Gate.module.css'

const own = {
  'zh-CN': (number: string) => `备案号：${number}`,
  en: (number: string) => `Filing number: ${number}`,
}

/** The office's filing number, where it has one and there is a connection: nobody at work yet knows the policy. */
export function Filing() {
  const app = useApp()
  const said = useScreenWords(own)
  const [number, setNumber] = useState<string | null>(null)
  useEffect(() => {
    let wanted = true
    void app.officeActs.filing().then((answer) => {
      if (wanted && answer.ok) setNumber(answer.value)
    })
    return () => {
      wanted = false
    }
  }, [app])
  return number && <p class={styles.hint}>{said(number)}</p>
}
