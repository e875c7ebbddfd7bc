import { useState } from 'preact/hooks'
import type { Rec } from '#app/views/records.ts'
import { giveCode } from '#app/acts/askers.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SwitchField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { CodeCard } from './CodeCard.tsx'
import { useCodeWords } from './code-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useFollowCode } from './use-follow-code.ts'

/** A new code for somebody who lost theirs and was recognised: the old one ends with it. */
export function CodeSheet(props: {
  readonly request: Rec<'request'>
  /** Null where nobody is on record as who asked. */
  readonly asker: Rec<'asker'> | null
  readonly onClose: () => void
}) {
  const app = useParts('work', 'today', 'now')
  const words = useWords()
  const said = useCodeWords()
  const day = useStore(app.today, (store) => store.day)
  const { request, asker, onClose } = props
  const made = useFollowCode()
  const saving = useSave()
  const [isRecognised, setRecognised] = useState(false)
  const [showErrors, setShowErrors] = useState(false)
  const [isDone, setDone] = useState(false)
  const hasOne = asker?.fields.tokens?.some(({ ended }) => !ended) === true
  const save = () => {
    setShowErrors(true)
    if (!isRecognised || !made) return
    const intent = giveCode(app, request, asker, made.hash)
    saving.run([intent], () => setDone(true), { isFinal: true })
  }
  return (
    <Sheet
      title={hasOne ? said.anotherTitle : said.giveTitle}
      closeLabel={words.shell.close}
      onClose={onClose}
      isHeld={isDone || saving.busy}
    >
      <div class={styles.fields}>
        {isDone && made ? (
          <>
            <CodeCard
              number={request.fields.number}
              code={made.code}
              moment={formatMoment(words, request.fields.at, day)}
              matter={request.fields.itemName ?? request.fields.words ?? ''}
            />
            <Button look="primary" wide icon="check" onClick={onClose}>
              {said.given}
            </Button>
          </>
        ) : (
          <>
            <p>{said.anotherHint}</p>
            <SwitchField label={said.recognised} checked={isRecognised} onInput={setRecognised} />
            {showErrors && !isRecognised && <Notice tone="alarm">{said.recogniseFirst}</Notice>}
            {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
            <Button look="primary" wide busy={saving.busy} disabled={made === null} onClick={save}>
              {hasOne ? said.doAnother : said.doGive}
            </Button>
          </>
        )}
      </div>
    </Sheet>
  )
}
