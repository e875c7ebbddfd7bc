import { useLocation } from 'preact-iso'
import { useEffect, useState } from 'preact/hooks'
import type { ListedDevice } from '#protocol/device.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatBytes, formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import { devicesWords } from '#app/ui/words/devices-words.ts'
import { BringIn } from './BringIn.tsx'
import styles from './Devices.module.css'
import { useMeWords } from '#app/ui/words/use-me-words.ts'

type List = OfficeAnswer<readonly ListedDevice[]>

/** The devices of an office's people: when each last synced, what it has not sent; a lost one is ended here. */
export function Devices() {
  const app = useParts('officeActs', 'now')
  const words = useWords()
  const said = useScreenWords(devicesWords)
  const [list, setList] = useState<List | null>(null)
  const { query } = useLocation()
  const [onlySilent, setOnlySilent] = useState(query['only'] === 'silent')
  const isSilent = ({ revoked, seenAt }: ListedDevice) =>
    !revoked && app.now() - Date.parse(seenAt) > SILENT_AFTER_MS
  const load = () => {
    setList(null)
    void app.officeActs.devices().then(setList)
  }
  useEffect(load, [app])
  return (
    <Page title={said.title}>
      <div class={styles.devices}>
        <BringIn />
        {list === null && <Progress label={said.loading} value={null} />}
        {list?.ok === false && (
          <>
            <Notice tone={list.problem === 'offline' ? 'calm' : 'alarm'}>
              {list.problem === 'offline' ? said.needsNetwork : words.problems[list.problem]}
            </Notice>
            <Button wide icon="sync" onClick={load}>
              {said.again}
            </Button>
          </>
        )}
        {list?.ok && list.value.length === 0 && (
          <Empty title={said.none}>
            <p>{said.noneHint}</p>
          </Empty>
        )}
        {list?.ok && (onlySilent || list.value.some(isSilent)) && (
          <div>
            <Button pressed={onlySilent} onClick={() => setOnlySilent(!onlySilent)}>
              {said.onlySilent(list.value.filter(isSilent).length)}
            </Button>
          </div>
        )}
        {list?.ok && (
          <ul class={styles.list}>
            {list.value
              .filter((device) => !onlySilent || isSilent(device))
              .map((device) => (
                <li key={device.id}>
                  <DeviceCard device={device} onEnded={load} />
                </li>
              ))}
          </ul>
        )}
      </div>
    </Page>
  )
}

/** As the desk counts them. */
const SILENT_AFTER_MS = 3 * 86_400_000

const CLOCK_WORTH_SAYING_MS = 5 * 60_000

export function DeviceCard(props: { readonly device: ListedDevice; readonly onEnded: () => void }) {
  const app = useParts('session', 'today')
  const words = useMeWords()
  const said = useScreenWords(devicesWords)
  const day = useStore(app.today, (store) => store.day)
  const own = useStore(app.session, (session) => session.account?.id)
  const { device } = props
  const { report, skewMs } = device
  const unsent = report ? report.waiting + report.refused : 0
  const offBy = Math.abs(skewMs ?? 0)
  return (
    <section class={styles.card}>
      <h2>
        {device.account.name} <span>{words.me.role[device.account.role]}</span>
      </h2>
      <p>
        {device.name}
        {report && ` · ${said.version(report.app)}`}
      </p>
      <p>{said.lastSeen(formatMoment(words, device.seenAt, day))}</p>
      {!device.revoked && (
        <p class={unsent > 0 ? styles.unsent : ''}>
          {!report
            ? said.noReport
            : unsent === 0
              ? said.allSent
              : [
                  report.waiting > 0 &&
                    said.waiting(
                      report.waiting,
                      report.oldest ? formatMoment(words, report.oldest, day) : '',
                    ),
                  report.refused > 0 && said.refused(report.refused),
                ]
                  .filter(Boolean)
                  .join(' · ')}
        </p>
      )}
      {offBy > CLOCK_WORTH_SAYING_MS && <p>{said.clockOff(Math.round(offBy / 60_000))}</p>}
      {report?.storage && (
        <p class={styles.soft}>
          {said.storage(formatBytes(report.storage.used), formatBytes(report.storage.quota))}
          {!report.storage.persisted && ` · ${said.notPersisted}`}
        </p>
      )}
      {device.revoked ? (
        <p class={styles.soft}>{said.revoked}</p>
      ) : (
        device.account.id !== own && <Revoke device={device} onEnded={props.onEnded} />
      )}
    </section>
  )
}

/** Says what is lost before it asks for the second tap. */
function Revoke(props: { readonly device: ListedDevice; readonly onEnded: () => void }) {
  const app = useParts('officeActs')
  const words = useWords()
  const said = useScreenWords(devicesWords)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const { device } = props
  const unsent = device.report ? device.report.waiting + device.report.refused : 0
  const revoke = async () => {
    setBusy(true)
    const answer = await app.officeActs.revoke(device.id)
    setBusy(false)
    if (answer.ok) return props.onEnded()
    setError(words.problems[answer.problem])
  }
  if (!asking) {
    return (
      <Button look="quiet" onClick={() => setAsking(true)}>
        {said.revoke}
      </Button>
    )
  }
  return (
    <div class={styles.asking}>
      <Notice tone="alarm">
        <p>{said.revokeAsk(device.account.name)}</p>
        <p>{unsent > 0 ? said.revokeLost(unsent) : said.revokeMaybeLost}</p>
      </Notice>
      {error && <Notice tone="alarm">{error}</Notice>}
      <div class={styles.acts}>
        <Button look="danger" busy={busy} onClick={() => void revoke()}>
          {said.revokeYes}
        </Button>
        <Button onClick={() => setAsking(false)}>{words.shell.cancel}</Button>
      </div>
    </div>
  )
}
