/** The photographs of a record: small ones at once, from the record; the original on demand. */
import { useEffect, useState } from 'preact/hooks'
import { instantToDay, instantToTime } from '#domain/day.ts'
import { mayAnswer } from '#domain/permission.ts'
import type { Opened } from '#app/acts/photos.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { photoOf, photosOf, type ShownPhoto } from '#app/views/photos-of.ts'
import { PhotoCanvas } from './PhotoCanvas.tsx'
import { usePhotoWords } from './photo-words.ts'
import styles from './Photos.module.css'

export function PhotoStrip(props: {
  /** A visit, a request or a dwelling. */
  readonly host: string
  /** Of a dwelling's hazards one. */
  readonly hazard?: string
  /** One of another record that shows this one too: a sheet that many signed. */
  readonly also?: string | null
  /** A line of its own in a list. */
  readonly inList?: boolean
}) {
  const app = useParts('register')
  const words = usePhotoWords()
  const { host, also } = props
  const all = useRegister(
    app,
    (register) => {
      const other = also ? photoOf(register, also) : undefined
      const own = photosOf(register, host)
      return other ? [...own, other] : own
    },
    [host, also],
  )
  const photos = all.filter(({ hazard }) => !props.hazard || hazard === props.hazard)
  const [shown, setShown] = useState<string | null>(null)
  if (photos.length === 0) return null
  const onWay = photos.filter(({ hasArrived, refusedAs }) => !hasArrived && !refusedAs).length
  const open = photos.find(({ id }) => id === shown)
  const strip = (
    <div class={styles.field}>
      <ul class={styles.strip}>
        {photos.map((photo, index) => (
          <li key={photo.id}>
            <button
              type="button"
              class={styles.thumb}
              aria-label={words.nth(index + 1)}
              onClick={() => setShown(photo.id)}
            >
              <img alt="" src={`data:image/jpeg;base64,${photo.picture.thumbnail}`} />
            </button>
          </li>
        ))}
      </ul>
      {onWay > 0 && <p class={styles.soft}>{words.onWay(onWay)}</p>}
      {open && <PhotoSheet photo={open} onClose={() => setShown(null)} />}
    </div>
  )
  return props.inList ? <li class={styles.line}>{strip}</li> : strip
}

function PhotoSheet(props: { readonly photo: ShownPhoto; readonly onClose: () => void }) {
  const app = useParts('photos', 'register', 'session')
  const words = usePhotoWords()
  const { photo } = props
  const { picture, by, hasArrived, refusedAs } = photo
  const account = useStore(app.session, (state) => state.account)
  const author = useRegister(app, (register) =>
    by === null ? undefined : register.get('account', by)?.fields.name,
  )
  const [opened, setOpened] = useState<Opened | null>(null)
  const [isHere, setHere] = useState(false)
  useEffect(() => {
    let isMine = true
    app
      .photos()
      .then(async (acts) => {
        const states = await acts.states()
        const answer = await acts.open({ ...photo, fields: picture })
        if (!isMine) return
        setHere(states.get(photo.id) === 'waiting')
        setOpened(answer)
      })
      .catch(() => isMine && setOpened({ ok: false, problem: 'not-here' }))
    return () => {
      isMine = false
    }
    // Once more when it has arrived: the record is another one then.
  }, [app, photo, picture])
  const state = refusedAs
    ? words.state.refused(words.refused[refusedAs])
    : hasArrived
      ? words.state.arrived
      : isHere
        ? words.state.here
        : words.state['on-way']
  const mayRemove = !hasArrived && !isHere && account !== null && mayAnswer(account.role)
  return (
    <Sheet title={words.title} closeLabel={words.close} onClose={props.onClose}>
      <div class={styles.large}>
        {opened === null && <p role="status">{words.opening}</p>}
        {opened?.ok && <PhotoCanvas bytes={opened.bytes} label={words.title} />}
        {opened && !opened.ok && (
          <>
            <Notice>{words.noPicture[opened.problem]}</Notice>
            <div class={styles.picture}>
              <img alt={words.title} src={`data:image/jpeg;base64,${picture.thumbnail}`} />
            </div>
          </>
        )}
        <p>
          {words.takenAt(`${instantToDay(picture.takenAt)} ${instantToTime(picture.takenAt)}`)}
          {author && <> · {words.by(author)}</>} · {state}
        </p>
        {mayRemove && (
          <>
            <p class={styles.soft}>{words.removeHint}</p>
            <Button
              look="danger"
              onClick={() => {
                void app.photos().then((acts) => acts.takeAway(photo))
                props.onClose()
              }}
            >
              {words.remove}
            </Button>
          </>
        )}
      </div>
    </Sheet>
  )
}
