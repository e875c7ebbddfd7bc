import { useState } from 'preact/hooks'
import type { ListedDevice } from '#protocol/device.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Soft } from '#app/ui/kit/Part.tsx'
import { Asked } from '#app/ui/pieces/Asked.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useDevicesWords } from '#app/ui/words/devices-words.ts'
import styles from './Me.module.css'
import { useOwnDevicesWords } from './own-devices-words.ts'

/** The devices of one's own account, asked for when somebody opens this: what each is, when it synced, what it holds. */
export function OwnDevices() {
  const app = useParts('officeActs')
  const own = useOwnDevicesWords()
  const said = useDevicesWords()
  const [list, setList] = useState<OfficeAnswer<readonly ListedDevice[]> | null>(null)
  const load = () => {
    setList(null)
    void app.officeActs.ownDevices().then(setList)
  }
  return (
    <details onToggle={(event) => event.currentTarget.open && load()}>
      <summary>{own.open}</summary>
      <div class={styles.me}>
        <Soft>{own.hint}</Soft>
        <Asked
          isKnown={list !== null}
          problem={list?.ok === false ? list.problem : null}
          words={said}
          wide
          onAgain={load}
        />
        {list?.ok &&
          list.value.map((one) => <OwnDevice key={one.id} device={one} onEnded={load} />)}
      </div>
    </details>
  )
}

function OwnDevice(props: { readonly device: ListedDevice; readonly onEnded: () => void }) {
  const words = useWords()
  const own = useOwnDevicesWords()
  const said = useDevicesWords()
  const day = useStore(useParts('today').today, (store) => store.day)
  const { name, current, seenAt, report, revoked } = props.device
  const unsent = report ? report.waiting + report.refused : 0
  return (
    <section>
      <h3>{formatFacts(words, [name, current && own.here])}</h3>
      <p>{said.lastSeen(formatMoment(words, seenAt, day))}</p>
      <p>
        {!report
          ? said.noReport
          : unsent === 0
            ? said.allSent
            : said.waiting(unsent, report.oldest ? formatMoment(words, report.oldest, day) : '')}
      </p>
      {revoked ? (
        <Soft>{said.revoked}</Soft>
      ) : (
        <End device={props.device} onEnded={props.onEnded} />
      )}
    </section>
  )
}

/** Says what it means before it asks for the second tap; of the one in hand, that the work stays. */
function End(props: { readonly device: ListedDevice; readonly onEnded: () => void }) {
  const app = useParts('syncActs', 'officeActs')
  const words = useWords()
  const own = useOwnDevicesWords()
  const said = useDevicesWords()
  const [isAsking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const { id, current, report } = props.device
  const unsent = report ? report.waiting + report.refused : 0
  const end = async () => {
    setBusy(true)
    const answer = await app.officeActs.endOwnDevice(id)
    setBusy(false)
    if (!answer.ok) return setError(words.problems[answer.problem])
    setAsking(false)
    if (current) app.syncActs.syncNow()
    else props.onEnded()
  }
  if (!isAsking) {
    return (
      <Button look="quiet" onClick={() => setAsking(true)}>
        {current ? own.leave : own.end}
      </Button>
    )
  }
  return (
    <>
      <Notice tone="alarm">
        {current ? (
          <p>{own.leaveAsk}</p>
        ) : (
          <>
            <p>{own.endAsk}</p>
            <p>{unsent > 0 ? said.revokeLost(unsent) : said.revokeMaybeLost}</p>
          </>
        )}
      </Notice>
      {error && <Notice tone="alarm">{error}</Notice>}
      <Button look="danger" busy={busy} onClick={() => void end()}>
        {current ? own.leaveYes : own.endYes}
      </Button>
      <Button onClick={() => setAsking(false)}>{own.keep}</Button>
    </>
  )
}
