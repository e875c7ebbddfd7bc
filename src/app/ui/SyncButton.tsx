import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatMoment } from './format.ts'
import { Icon, type IconName } from './kit/Icon.tsx'
import { later } from './later.tsx'
import styles from './SyncButton.module.css'
import { useWords } from './words/use-words.ts'
import { syncSaid, type SyncSaid, type SyncStatus } from '#app/views/sync-said.ts'
import type { Words } from './words/zh-CN.ts'
import type { Day } from '#domain/day.ts'

const SyncSheet = later(() =>
  import('./pieces/sync/SyncSheet.tsx').then((module) => module.SyncSheet),
)

const icons: Record<SyncStatus['phase'], IconName> = {
  offline: 'offline',
  sending: 'sync',
  'up-to-date': 'check',
  attention: 'alert',
}

/** The sync state in two or three words; offline is quiet, only what needs attention is loud. A tap tells more. */
export function SyncButton(props: { readonly short?: boolean }) {
  const app = useParts('sync', 'today')
  const words = useWords()
  const state = useStore(app.sync, (sync) => sync)
  const today = useStore(app.today, (store) => store.day)
  const [open, setOpen] = useState(false)
  const said = syncSaid(state)
  const text = inWords(words, said, today)
  // Beside a title the tick says enough while all is well; everything else is said in full.
  const isBrief = props.short === true && said.is === 'up-to-date'
  const isOver = said.is === 'signed-out'
  return (
    <>
      <button
        type="button"
        class={`${styles.sync} ${styles[isOver ? 'attention' : state.phase]}`}
        aria-label={words.sync.button(text)}
        data-sync={state.phase}
        onClick={() => setOpen(true)}
      >
        <Icon name={isOver ? 'alert' : icons[state.phase]} />
        {!isBrief && (
          <span class={said.is === 'up-to-date' ? styles.well : ''} aria-hidden="true">
            {text}
          </span>
        )}
      </button>
      {open && <SyncSheet onClose={() => setOpen(false)} />}
    </>
  )
}

function inWords(words: Words, said: SyncSaid, today: Day): string {
  const { sync } = words
  switch (said.is) {
    case 'signed-out':
      return sync.signInAgain
    case 'offline':
      return said.unsent > 0 ? sync.offlineUnsent(said.unsent) : sync.offline
    case 'sending':
      return sync.sending(said.unsent)
    case 'attention':
      return sync.attention(said.count)
    case 'never-synced':
      return sync.neverSynced
    case 'up-to-date':
      return sync.upToDate(formatMoment(words, said.at, today))
  }
}
