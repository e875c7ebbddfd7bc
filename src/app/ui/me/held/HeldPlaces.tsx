import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { firstPages } from '#app/links/first.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/TextField.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useHeldWords } from '#app/ui/pieces/held/held-words.ts'
import { useOpening } from '#app/ui/pieces/held/use-opening.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { withCommas } from '#app/ui/words/with-commas.ts'
import { placesToHold, type ListedPlace } from '#app/views/held-here.ts'

/** So many are offered at once; of more the person types on. */
const MOST = 40

/** What a device of a large office holds, since when, and what else can be opened. */
export function HeldPlaces() {
  const app = useParts('register', 'sync')
  const own = useHeldWords()
  const [typed, setTyped] = useState('')
  const holding = useStore(app.sync, (status) => status.holding)
  const places = useRegister(app, (register) => placesToHold(register, ''), [])
  const others = useRegister(app, (register) => placesToHold(register, typed), [typed])
  const held = places.filter(({ isHere }) => isHere)
  const offered = others.filter(({ isHere }) => !isHere)
  return (
    <Page title={own.title} width="form" back={firstPages.me()}>
      {holding && (
        <p>
          {own.explain(withCommas(holding.residents), holding.places, withCommas(holding.most))}
        </p>
      )}
      {held.length === 0 ? (
        <p>{own.none}</p>
      ) : (
        <Group label={own.title}>
          {held.map((place) => (
            <Held key={place.id} place={place} />
          ))}
        </Group>
      )}
      {places.length > held.length && (
        <Group head={own.others} bare>
          <TextField label={own.find} value={typed} onInput={setTyped} />
          {offered.length === 0 ? (
            <p>{own.nothing}</p>
          ) : (
            <Group label={own.others}>
              {offered.slice(0, MOST).map((place) => (
                <Other key={place.id} place={place} />
              ))}
            </Group>
          )}
        </Group>
      )}
    </Page>
  )
}

function Held(props: { readonly place: ListedPlace }) {
  const app = useParts('register', 'sync', 'syncActs', 'today')
  const own = useHeldWords()
  const words = useWords()
  const { id, name } = props.place
  const today = useStore(app.today, (store) => store.day)
  const entry = useStore(app.sync, ({ holding }) =>
    holding?.open.find(({ stream }) => stream === id),
  )
  const isUnsent = useStore(app.sync, ({ unsent }) =>
    unsent.some(({ mutation }) => mutation.stream === id || mutation.to === id),
  )
  const people = useRegister(
    app,
    (register) => {
      const spread = register.distribution({ grid: id }, today)
      return Object.values(spread).reduce((sum, n) => sum + n, 0)
    },
    [id, today],
  )
  const hold = (how: 'let-go' | 'keep' | 'not-keep') => void app.syncActs.hold(id, how)
  const since = entry && own.since(formatMoment(words, new Date(entry.at).toISOString(), today))
  const state = isUnsent ? own.unsent : entry ? since : own.leaving
  return (
    <Row
      title={name}
      name={own.people(withCommas(people))}
      under={formatFacts(words, [state])}
      {...(entry && {
        action: (
          <>
            <Button
              look="quiet"
              pressed={entry.isKept}
              onClick={() => hold(entry.isKept ? 'not-keep' : 'keep')}
            >
              {own.keep}
            </Button>
            <Button look="quiet" disabled={isUnsent} onClick={() => hold('let-go')}>
              {own.letGo}
            </Button>
          </>
        ),
      })}
    />
  )
}

function Other(props: { readonly place: ListedPlace }) {
  const own = useHeldWords()
  const { id, name } = props.place
  const { isAsked, isOffline, open } = useOpening(id)
  const waiting = isOffline ? own.offline : own.opening
  return isAsked ? (
    <Row title={name} under={waiting} />
  ) : (
    <Row title={name} aside={own.open} onClick={open} />
  )
}
