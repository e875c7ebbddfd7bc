import { useState } from 'preact/hooks'
import { maskName } from '#domain/mask.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { patchOf } from '#app/acts/household-intents.ts'
import { useSave } from '../forms/use-save.ts'
import { Button } from '../kit/Button.tsx'
import { Notice } from '../kit/Notice.tsx'
import { useWords } from '../words/use-words.ts'
import styles from './NoticeDue.module.css'
import { useNotice, usePolicy } from './policy-in-force.ts'
import { mePages } from '#app/links/me.ts'
import { formatNames } from '#app/ui/format.ts'
import { useNoticeDueWords } from './notice-due-words.ts'

/** Who has not been told yet what is done with their data, or not in its newest version; one tap notes that they were. */
export function NoticeDue(props: { readonly residents: readonly Rec<'resident'>[] }) {
  const words = useWords()
  const said = useNoticeDueWords()
  const today = useStore(useParts('today').today, (store) => store.day)
  const [open, setOpen] = useState(false)
  const saving = useSave()
  const { noticeVersion } = usePolicy()
  const notice = useNotice()
  const due = props.residents.filter(
    ({ fields }) => !fields.noticeOn || (fields.noticeVersion ?? 1) < noticeVersion,
  )
  if (due.length === 0) return null
  const names = formatNames(
    words,
    due.map(({ fields }) => maskName(fields.name)),
  )
  const isAgain = due.every(({ fields }) => fields.noticeOn)
  const save = () =>
    saving.run(
      due.map((resident) => patchOf(resident, { noticeOn: today, noticeVersion })),
      () => setOpen(false),
    )
  return (
    <section class={styles.notice}>
      <p>{isAgain ? said.again(names) : said.due(names)}</p>
      {open && (
        <div class={styles.text}>
          {notice.map((line) => (
            <p key={line}>{line}</p>
          ))}
          <a href={mePages.never()}>{said.never}</a>
        </div>
      )}
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      <div class={styles.acts}>
        {!open && <Button onClick={() => setOpen(true)}>{said.read}</Button>}
        {open && (
          <Button look="primary" icon="check" busy={saving.busy} onClick={save}>
            {said.told}
          </Button>
        )}
        {open && <Button onClick={() => setOpen(false)}>{words.shell.close}</Button>}
      </div>
    </section>
  )
}
