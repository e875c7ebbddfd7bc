import { useState } from 'preact/hooks'
import { requestLevels, type RequestLevel } from '#domain/requests/step.ts'
import type { WaitingAsk } from '#protocol/ask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { Part, Soft } from '#app/ui/kit/Part.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { placesOffered } from '#app/views/places-offered.ts'
import { itemsHeld } from '#app/views/wall-codes.ts'
import { AdmitForm } from '../waiting/AdmitForm.tsx'
import { useDecision } from '../waiting/use-decision.ts'
import { AskPhotos } from './AskPhotos.tsx'
import { useAskWords } from './ask-words.ts'
import { awayKey, TurnAway } from './TurnAway.tsx'
import { useAskAct } from './use-ask.ts'

interface Props {
  readonly waiting: WaitingAsk
  readonly onDone: (told: string) => void
  readonly onFailed: (told: string) => void
}

/** One that waits: what was said, where it shall go, and the two answers to it. */
export function AskCard(props: Props) {
  const { waiting, onDone, onFailed } = props
  const app = useParts('drafts', 'today')
  const own = useAskWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const key = `ask/${waiting.id}`
  const [isTurningAway, setTurningAway] = useState(() => app.drafts.get(awayKey(key)) !== undefined)
  const facts = [
    own.came(formatMoment(words, waiting.receivedAt, day)),
    waiting.why && own.why[waiting.why],
    waiting.name && own.caller(waiting.name),
    waiting.hasTelephone && own.hasTelephone,
  ]
  return (
    <Part head={waiting.itemName ?? waiting.number}>
      <p>{waiting.words ?? own.noWords}</p>
      {waiting.additions.map((added) => (
        <p key={added}>
          <strong>{own.added}</strong> {added}
        </p>
      ))}
      <AskPhotos waiting={waiting} />
      <p>{formatFacts(words, [waiting.codeName, waiting.door])}</p>
      <Soft>{formatFacts(words, [waiting.number, ...facts])}</Soft>
      {isTurningAway ? (
        <TurnAway
          name={key}
          chosen={{ place: waiting.place, waiting: [waiting.id] }}
          onDone={() => onDone(own.turnedAway)}
          onFailed={onFailed}
          onCancel={() => setTurningAway(false)}
        />
      ) : (
        <Admit {...props} onAway={() => setTurningAway(true)} />
      )}
    </Part>
  )
}

function Admit({ waiting, onDone, onFailed, onAway }: Props & { readonly onAway: () => void }) {
  const app = useParts('session', 'register')
  const own = useAskWords()
  const account = useStore(app.session, (session) => session.account)
  const act = useAskAct()
  const places = useRegister(app, (register) => placesOffered(register, waiting.place), [waiting])
  const items = useRegister(app, (register) => (account ? itemsHeld(register, account.role) : []), [
    account,
  ])
  const [stream, setStream] = useState('')
  const [item, setItem] = useState('')
  const [level, setLevel] = useState<RequestLevel | ''>('')
  const { isBusy, problem, decide } = useDecision(own.needsNetwork, onFailed)
  const save = async () => {
    const content = {
      ...{ place: waiting.place, waiting: [waiting.id] },
      ...{ stream: stream === '' ? null : stream, level: level === '' ? null : level },
      ...(item === '' ? {} : { item }),
    }
    const isDone = await decide(() =>
      act(`ask/${waiting.id}`, content, (acts, id) => acts.admit({ act: id, ...content })),
    )
    if (isDone) onDone(own.admitted)
  }
  return (
    <AdmitForm<RequestLevel | ''>
      words={own}
      item={item}
      noItem={own.asTapped}
      items={items}
      onItem={setItem}
      level={level}
      levels={(['', ...requestLevels] as const).map((one) => ({
        value: one,
        label: own.levels[one === '' ? 'usual' : one],
      }))}
      onLevel={setLevel}
      isBusy={isBusy}
      problem={problem}
      onAdmit={() => void save()}
      onAway={onAway}
    >
      <SelectField
        label={own.place}
        value={stream}
        emptyLabel={own.here}
        options={places}
        onInput={setStream}
      />
    </AdmitForm>
  )
}
