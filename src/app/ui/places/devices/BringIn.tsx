import { useRef, useState } from 'preact/hooks'
import type { BroughtIn } from '#app/acts/office-acts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useDevicesWords } from '#app/ui/words/devices-words.ts'
import styles from './Devices.module.css'

/** Takes a file of unsent work to the server and says what came of it. */
export function BringIn() {
  const app = useParts('officeActs')
  const words = useWords()
  const said = useDevicesWords()
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<OfficeAnswer<BroughtIn> | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const bring = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    setAnswer(null)
    setAnswer(await app.officeActs.bringIn(await file.text().catch(() => '')))
    setBusy(false)
    // The same file may be chosen once more.
    if (input.current) input.current.value = ''
  }
  return (
    <section class={styles.card}>
      <Button wide icon="plus" busy={busy} onClick={() => input.current?.click()}>
        {said.bringIn}
      </Button>
      <input
        ref={input}
        type="file"
        autocomplete="off"
        accept=".wuse"
        hidden
        aria-label={said.bringIn}
        onChange={(event) => void bring(event.currentTarget.files?.[0])}
      />
      <p class={styles.soft}>{said.bringInHint}</p>
      {answer?.ok === false && <Notice tone="alarm">{words.problems[answer.problem]}</Notice>}
      {answer?.ok && (
        <Notice>
          <p>{said.broughtIn(answer.value.count, answer.value.applied)}</p>
          {answer.value.photos && (
            <p>{said.broughtPhotos(answer.value.photos.count, answer.value.photos.arrived)}</p>
          )}
          {answer.value.refused.length > 0 && (
            <p>{said.broughtRefused(answer.value.refused.length)}</p>
          )}
        </Notice>
      )}
    </section>
  )
}
