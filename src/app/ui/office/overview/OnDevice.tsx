import { useEffect, useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { nextTask } from '#app/stores/next-task.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Progress } from '#app/ui/kit/Notice.tsx'
import { Holdings } from './Figures.tsx'
import { countOnDevice, type DeviceFigures } from '#app/views/overview-on-device.ts'
import { useOverviewWords } from '#app/ui/words/overview-words.ts'
import styles from './Overview.module.css'

/** Without a connection: what this device's own register says now, so that nobody plans on yesterday's numbers. */
export function OnDevice(props: { readonly place: string }) {
  const app = useParts('register', 'today')
  const own = useOverviewWords()
  const day = useStore(app.today, (store) => store.day)
  const [figures, setFigures] = useState<DeviceFigures | null | 'counting'>('counting')
  useEffect(() => {
    const stop = new AbortController()
    setFigures('counting')
    void countOnDevice(app.register, props.place, day, nextTask, stop.signal).then((counted) => {
      if (!stop.signal.aborted) setFigures(counted)
    })
    return () => stop.abort()
  }, [app, props.place, day])
  if (figures === null) return null
  return (
    <section class={styles.part}>
      <h2>{own.onDevice}</h2>
      {figures === 'counting' ? (
        <Progress label={own.counting} value={null} />
      ) : (
        <>
          <p class={styles.soft}>{own.onDeviceHint(figures.grids)}</p>
          <Holdings holding={figures} />
        </>
      )}
    </section>
  )
}
