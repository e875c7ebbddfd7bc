import { useLocation } from 'preact-iso'
import { useEffect, useState } from 'preact/hooks'
import type { ListedDevice } from '#protocol/device.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatBytes, formatFacts, formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Acts, SoftText } from '#app/ui/kit/Part.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { Table } from '#app/ui/kit/Table.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Asked } from '#app/ui/pieces/Asked.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { type devicesWords, useDevicesWords } from '#app/ui/words/devices-words.ts'
import { BringIn } from './BringIn.tsx'
import styles from './Devices.module.css'
import { useDesk } from '#app/ui/use-media.ts'
import { useMeWords } from '#app/ui/words/me-words.ts'

type List = OfficeAnswer<readonly ListedDevice[]>

/** The devices of an office's people: when each last synced, what it has not sent; a lost one is ended here. */
export function Devices() {
  const app = useParts('officeActs', 'now')
  const said = useDevicesWords()
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
        <Asked
          isKnown={list !== null}
          problem={list?.ok === false ? list.problem : null}
          words={said}
          wide
          onAgain={load}
        />
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
        {list?.ok && list.value.length > 0 && (
          <DeviceList
            devices={list.value.filter((device) => !onlySilent || isSilent(device))}
            onEnded={load}
          />
        )}
      </div>
    </Page>
  )
}

/** As the desk counts them. */
const SILENT_AFTER_MS = 3 * 86_400_000

function DeviceList(props: {
  readonly devices: readonly ListedDevice[]
  readonly onEnded: () => void
}) {
  const isDesk = useDesk()
  if (isDesk) return <DeviceTable {...props} />
  return (
    <ul class={styles.list}>
      {props.devices.map((device) => (
        <li key={device.id}>
          <DeviceCard device={device} onEnded={props.onEnded} />
        </li>
      ))}
    </ul>
  )
}

/** With a mouse at a desk: what each has not sent stands below each other. */
function DeviceTable(props: {
  readonly devices: readonly ListedDevice[]
  readonly onEnded: () => void
}) {
  const app = useParts('session', 'today')
  const words = useMeWords()
  const said = useDevicesWords()
  const day = useStore(app.today, (store) => store.day)
  const own = useStore(app.session, (session) => session.account?.id)
  const { columns } = said
  const soft = (text: string) => <SoftText>{text}</SoftText>
  return (
    <Table
      label={said.title}
      columns={[
        {
          key: 'who',
          head: columns.who,
          cell: ({ account }) => (
            <span>
              {account.name} {soft(words.me.role[account.role])}
            </span>
          ),
        },
        {
          key: 'device',
          head: columns.device,
          cell: ({ name, report }) => (
            <span>
              {name} {report && soft(said.version(report.app))}
            </span>
          ),
        },
        { key: 'seen', head: columns.seen, cell: ({ seenAt }) => formatMoment(words, seenAt, day) },
        {
          key: 'waiting',
          head: columns.waiting,
          isNumber: true,
          cell: ({ report }) => (report ? report.waiting : '–'),
        },
        {
          key: 'refused',
          head: columns.refused,
          isNumber: true,
          cell: ({ report }) => (report ? report.refused : '–'),
        },
        {
          key: 'storage',
          head: columns.storage,
          isNumber: true,
          cell: ({ report }) => (report?.storage ? formatBytes(report.storage.used) : '–'),
        },
        {
          key: 'note',
          head: columns.note,
          cell: (device) =>
            notesOf(said, device).map((note) => (
              <span key={note} class={styles.note}>
                {note}
              </span>
            )),
        },
        {
          key: 'act',
          head: '',
          cell: (device) =>
            !device.revoked &&
            device.account.id !== own && <Revoke device={device} onEnded={props.onEnded} brief />,
        },
      ]}
      rows={props.devices}
      keyOf={({ id }) => id}
    />
  )
}

/** What is to be said of a device besides its figures. */
function notesOf(
  said: (typeof devicesWords)['zh-CN'],
  { revoked, report, skewMs }: ListedDevice,
): readonly string[] {
  if (revoked) return [said.revoked]
  const offBy = Math.abs(skewMs ?? 0)
  return [
    !report && said.noReport,
    offBy > CLOCK_WORTH_SAYING_MS && said.clockOff(Math.round(offBy / 60_000)),
    report?.storage && !report.storage.persisted && said.notPersisted,
  ].filter((note) => typeof note === 'string')
}

const CLOCK_WORTH_SAYING_MS = 5 * 60_000

export function DeviceCard(props: { readonly device: ListedDevice; readonly onEnded: () => void }) {
  const app = useParts('session', 'today')
  const words = useMeWords()
  const said = useDevicesWords()
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
      <p>{formatFacts(words, [device.name, report && said.version(report.app)])}</p>
      <p>{said.lastSeen(formatMoment(words, device.seenAt, day))}</p>
      {!device.revoked && (
        <p class={unsent > 0 ? styles.unsent : ''}>
          {!report
            ? said.noReport
            : unsent === 0
              ? said.allSent
              : formatFacts(words, [
                  report.waiting > 0 &&
                    said.waiting(
                      report.waiting,
                      report.oldest ? formatMoment(words, report.oldest, day) : '',
                    ),
                  report.refused > 0 && said.refused(report.refused),
                ])}
        </p>
      )}
      {offBy > CLOCK_WORTH_SAYING_MS && <p>{said.clockOff(Math.round(offBy / 60_000))}</p>}
      {report?.storage && (
        <p class={styles.soft}>
          {formatFacts(words, [
            said.storage(formatBytes(report.storage.used), formatBytes(report.storage.quota)),
            !report.storage.persisted && said.notPersisted,
          ])}
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
function Revoke(props: {
  readonly device: ListedDevice
  readonly onEnded: () => void
  /** In a table, whose row says which one. */
  readonly brief?: boolean
}) {
  const app = useParts('officeActs')
  const words = useWords()
  const said = useDevicesWords()
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
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {props.brief ? said.revokeBrief : said.revoke}
      </Button>
      {asking && (
        <Sheet title={said.revoke} closeLabel={words.shell.cancel} onClose={() => setAsking(false)}>
          <div class={styles.asking}>
            <p>{said.revokeAsk(device.account.name)}</p>
            <Notice tone="alarm">
              <p>{unsent > 0 ? said.revokeLost(unsent) : said.revokeMaybeLost}</p>
            </Notice>
            {error && <Notice tone="alarm">{error}</Notice>}
            <Acts>
              <Button look="danger" busy={busy} onClick={() => void revoke()}>
                {said.revokeYes}
              </Button>
              <Button onClick={() => setAsking(false)}>{words.shell.cancel}</Button>
            </Acts>
          </div>
        </Sheet>
      )}
    </>
  )
}
