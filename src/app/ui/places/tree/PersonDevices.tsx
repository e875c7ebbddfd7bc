import { useEffect } from 'preact/hooks'
import { devicesOf } from '#app/acts/known-devices.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { DeviceCard } from '#app/ui/places/devices/Devices.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePeopleWords } from './people-words.ts'
import styles from './Places.module.css'
import { placesPages } from '#app/links/places.ts'

/** The devices of one person, with what each has not sent and the way to end it. */
export function PersonDevices(props: { readonly account: string }) {
  const own = usePeopleWords()
  const words = useWords()
  const store = devicesOf(useParts('session', 'officeActs'))
  const { list, state, load } = useStore(store, (known) => known)
  useEffect(() => void load(), [load])
  const devices = list.filter(({ account }) => account.id === props.account)
  return (
    <section class={styles.part}>
      <h2>{own.devices}</h2>
      {state === 'asking' && list.length === 0 && (
        <Progress label={own.devicesLoading} value={null} />
      )}
      {state === 'known' && devices.length === 0 && <p>{own.devicesNone}</p>}
      {state !== 'asking' && state !== 'known' && (
        <Notice tone={state === 'offline' ? 'calm' : 'alarm'}>
          {state === 'offline' ? own.devicesOffline : words.problems[state]}
        </Notice>
      )}
      <ul class={styles.list}>
        {devices.map((device) => (
          <li key={device.id}>
            <DeviceCard device={device} onEnded={() => void load()} />
          </li>
        ))}
      </ul>
      <div class={styles.acts}>
        <ButtonLink icon="phone" href={placesPages.devices()}>
          {own.toDevices}
        </ButtonLink>
      </div>
    </section>
  )
}
