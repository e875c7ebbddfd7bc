import { useState } from 'preact/hooks'
import { maskName } from '#domain/mask.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { patchOf } from '#app/acts/household-intents.ts'
import { useSave } from '../forms/use-save.ts'
import { Button } from '../kit/Button.tsx'
import { Notice } from '../kit/Notice.tsx'
import { useScreenWords, useWords } from '../words/use-words.ts'
import styles from './NoticeDue.module.css'
import { useNotice, usePolicy } from './policy-in-force.ts'
import { mePages } from '#app/links/me.ts'
import { formatNames } from '#app/ui/format.ts'

const own = {
  'zh-CN': {
    due: (names: string) => `还没有告知个人信息怎么用：${names}`,
    again: (names: string) => `告知内容有了新版，请再告知：${names}`,
    read: '看告知内容（可以读给居民听）',
    told: '已告知',
    never: '这个应用没有的功能',
  },
  en: {
    due: (names: string) => `Not told yet how personal data is used: ${names}`,
    again: (names: string) => `There is a new version of the notice to tell: ${names}`,
    read: 'The notice, to be read out',
    told: 'Told',
    never: 'What this app does not have',
  },
}

/** Who has not been told yet what is done with their data, or not in its newest version; one tap notes that they were. */
export function NoticeDue(props: { readonly residents: readonly Rec<'resident'>[] }) {
  const words = useWords()
  const said = useScreenWords(own)
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
