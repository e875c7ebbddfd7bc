import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useSaveFileWords } from './save-file-words.ts'
import styles from './SyncSheet.module.css'

/** The way out for work that no network takes: a sealed file for the office. */
export function SaveFile() {
  const app = useParts('syncActs')
  const words = useWords()
  const own = useSaveFileWords()
  const [outcome, setOutcome] = useState<Awaited<ReturnType<typeof app.syncActs.saveFile>> | null>(
    null,
  )
  const said = {
    saved: own.saved,
    nothing: words.sync.nothingUnsent,
    'sign-in-first': own.signInFirst,
    storage: words.problems.storage,
  }
  return (
    <>
      <Button look="quiet" wide onClick={() => void app.syncActs.saveFile().then(setOutcome)}>
        {own.save}
      </Button>
      {outcome === null ? (
        <p class={styles.last}>{own.saveHint}</p>
      ) : (
        <Notice tone={outcome === 'saved' ? 'calm' : 'alarm'}>{said[outcome]}</Notice>
      )}
    </>
  )
}
