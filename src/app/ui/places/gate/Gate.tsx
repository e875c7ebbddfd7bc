import { useEffect, useRef, useState } from 'preact/hooks'
import { mayWrite } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { placesPages } from '#app/links/places.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Field } from '#app/ui/kit/Field.tsx'
import fieldStyles from '#app/ui/kit/Field.module.css'
import { Hero } from '#app/ui/kit/Hero.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { useComposing } from '#app/ui/kit/use-composing.ts'
import { Page } from '#app/ui/Page.tsx'
import { useVehicleWords } from '#app/ui/words/vehicle-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { hasDoors, lookUpPlate, staleSince, type KnownPlate } from '#app/views/plates.ts'
import styles from './Gate.module.css'

/** At a village's gate: one plate, of the village or a visitor's. What is typed stays in memory alone, and nothing is kept. */
export function Gate() {
  const app = useParts('register', 'session', 'today', 'sync', 'now')
  const words = useWords()
  const own = useVehicleWords()
  const [typed, setTyped] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const composing = useComposing(typed, setTyped, () => false)
  const day = useStore(app.today, (store) => store.day)
  const isEmpty = useRegister(app, (register) => !hasDoors(register))
  const role = useStore(app.session, (session) => session.account?.role)
  const look = useRegister(app, (register) => lookUpPlate(register, typed, day), [typed, day])
  const lastSync = useStore(app.sync, (sync) => sync.lastSync)
  const since = staleSince(lastSync, app.now())
  useEffect(() => input.current?.focus(), [])
  const mayDeclare = role !== undefined && mayWrite(role, 'arrival') && !isEmpty
  return (
    <Page
      title={own.gate}
      under={
        <div class={styles.under}>
          <Field label={own.ask} hint={own.askHint}>
            {(ids) => (
              <div class={styles.line}>
                <input
                  {...ids}
                  ref={input}
                  type="search"
                  class={`${fieldStyles.input} ${styles.plate}`}
                  autocomplete="off"
                  autocorrect="off"
                  autocapitalize="characters"
                  spellcheck={false}
                  maxLength={16}
                  enterkeyhint="search"
                  {...composing}
                />
                {typed !== '' && (
                  <Button
                    icon="close"
                    label={own.clear}
                    onClick={() => {
                      setTyped('')
                      input.current?.focus()
                    }}
                  />
                )}
              </div>
            )}
          </Field>
        </div>
      }
      foot={
        mayDeclare && (
          <ButtonLink icon="plus" wide href={placesPages.gateArrival()}>
            {own.arrive}
          </ButtonLink>
        )
      }
    >
      <div class={styles.answers} role="status">
        {since && <Notice>{own.staleSince(formatDay(words, since, day))}</Notice>}
        {!look.isAsked && !isEmpty && (
          <Empty title={own.gate} icon="search">
            <p>{own.start}</p>
          </Empty>
        )}
        {isEmpty && (
          <Empty title={own.noPlates} icon="search">
            <p>{own.noPlatesHint}</p>
          </Empty>
        )}
        {look.isAsked && !isEmpty && look.found.length === 0 && (
          <Hero title={own.visitor}>
            <p>{own.visitorHint}</p>
          </Hero>
        )}
        {look.found.map((one) => (
          <Known key={one.id} known={one} mayDeclare={mayDeclare} />
        ))}
        {look.isMore && <p class={styles.soft}>{own.more}</p>}
        <p class={styles.soft}>{own.never}</p>
      </div>
    </Page>
  )
}

function Known(props: { readonly known: KnownPlate; readonly mayDeclare: boolean }) {
  const own = useVehicleWords()
  const { id, plate, door, isOver } = props.known
  return (
    <Hero title={`${isOver ? own.visitor : own.ours} ${plate}`}>
      <p class={styles.door}>{door || own.doorUnknown}</p>
      {isOver && <p>{own.isOver}</p>}
      {props.mayDeclare && !isOver && (
        <ButtonLink href={placesPages.gateArrivalOf(id)}>{own.arrived}</ButtonLink>
      )}
    </Hero>
  )
}
