import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatMoment } from './format.ts'
import { Icon, type IconName } from './kit/Icon.tsx'
import { later } from './later.tsx'
import styles from './SyncButton.module.css'
import { useWords } from './words/use-words.ts'
import type { SyncStatus } from '#app/sync/status.ts'
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
  const text = syncText(words, state, today)
  // Beside a title the tick says enough while all is well; everything else is said in full.
  const isBrief = props.short === true && state.phase === 'up-to-date' && state.lastSync !== null
  const isOver = isSignInOver(state)
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
        {!isBrief && <span aria-hidden="true">{text}</span>}
      </button>
      {open && <SyncSheet onClose={() => setOpen(false)} />}
    </>
  )
}

/** The state in words; its count is of mutations, as the sheet lists them. */
export function syncText(words: Words, state: SyncStatus, today: Day): string {
  const waiting = state.unsent.length
  switch (state.phase) {
    case 'offline':
      if (isSignInOver(state)) return words.sync.signInAgain
      return waiting > 0 ? words.sync.offlineUnsent(waiting) : words.sync.offline
    case 'sending':
      return words.sync.sending(waiting)
    case 'attention':
      return words.sync.attention(
        state.unsent.filter((item) => item.state === 'refused').length + state.damage.work,
      )
    case 'up-to-date':
      return state.lastSync
        ? words.sync.upToDate(formatMoment(words, state.lastSync, today))
        : words.sync.neverSynced
  }
}

/** Nothing goes before somebody types the password: calling that offline would have the work wait for a network. */
function isSignInOver({ phase, problem }: SyncStatus): boolean {
  return phase === 'offline' && (problem === 'session-ended' || problem === 'not-signed-in')
}
