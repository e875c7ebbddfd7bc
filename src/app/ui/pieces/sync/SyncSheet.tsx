import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { ClashNotice } from '#app/ui/pieces/ClashNotice.tsx'
import { ClockNotice } from '#app/ui/pieces/ClockNotice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { RecoveryCodes } from '#app/ui/pieces/sign-in/gate-later.ts'
import { OnWay } from '#app/ui/pieces/photos/on-way-later.ts'
import { SaveFile } from './SaveFile.tsx'
import { SignInAgain } from './SignInAgain.tsx'
import styles from './SyncSheet.module.css'
import { UnsentEntry, UnsentList } from './UnsentList.tsx'

/** What the sync state means, what is unsent in plain words and since when, and what needs attention. */
export function SyncSheet(props: { readonly onClose: () => void }) {
  const app = useParts('session', 'sessionActs', 'sync', 'syncActs', 'device', 'today')
  const words = useWords()
  const codes = useStore(app.session, (session) => session.recoveryCodes)
  const sync = useStore(app.sync, (state) => state)
  const offlineStart = useStore(app.device, (device) => device.offlineStart)
  const day = useStore(app.today, (store) => store.day)
  const explain = {
    offline: words.sync.explainOffline,
    sending: words.sync.explainSending,
    'up-to-date': words.sync.explainUpToDate,
    attention: words.sync.explainAttention,
  }[sync.phase]
  const ended = sync.problem === 'session-ended' || sync.problem === 'not-signed-in'
  return (
    <Sheet title={words.sync.title} closeLabel={words.shell.close} onClose={props.onClose}>
      <div class={styles.sheet}>
        <p>{explain}</p>
        <p class={styles.last}>
          {sync.lastSync
            ? words.sync.lastSync(formatMoment(words, sync.lastSync, day))
            : words.sync.never}
        </p>
        <p class={styles.last}>{words.sync.offlineStart[offlineStart]}</p>
        {codes && <RecoveryCodes codes={codes} onSeen={() => app.sessionActs.codesSeen()} />}
        {ended && <SignInAgain />}
        {!ended && sync.problem && sync.problem !== 'offline' && (
          <Notice tone="alarm">{words.problems[sync.problem]}</Notice>
        )}
        <ClockNotice />
        <DamageNotice />
        <ClashNotice onLeave={props.onClose} />
        <UnsentList unsent={sync.unsent} onLeave={props.onClose} />
        <Button
          wide
          icon="sync"
          busy={sync.phase === 'sending'}
          onClick={() => app.syncActs.syncNow()}
        >
          {words.sync.now}
        </Button>
        {sync.unsent.length > 0 && <SaveFile />}
        <OnWay hasFile={sync.unsent.length > 0} />
      </div>
    </Sheet>
  )
}

/** What of the disk could not be read: the server's part comes again by itself, unsent work does not. */
function DamageNotice() {
  const app = useParts('sync', 'syncActs', 'register')
  const words = useWords()
  const damage = useStore(app.sync, (state) => state.damage)
  const doubled = useRegister(app, (register) => register.doubled())
  return (
    <>
      {doubled > 0 && <Notice tone="alarm">{words.sync.doubled(doubled)}</Notice>}
      {damage.pages && <Notice>{words.sync.damagedPages}</Notice>}
      {damage.work > 0 && (
        <>
          <Notice tone="alarm">{words.sync.damagedWork(damage.work)}</Notice>
          <Button onClick={() => void app.syncActs.giveUpDamaged()}>
            {words.sync.damagedKnown}
          </Button>
        </>
      )}
    </>
  )
}

/** For the office's inbox, which shows single ones of them. */
export { UnsentEntry }
