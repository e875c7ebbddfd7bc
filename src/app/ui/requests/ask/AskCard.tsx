import { useState } from 'preact/hooks'
import { requestLevels, type RequestLevel } from '#domain/requests/step.ts'
import type { WaitingAsk } from '#protocol/ask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField, SelectField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Acts, Part, Soft } from '#app/ui/kit/Part.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { placesOffered } from '#app/views/places-offered.ts'
import { itemsHeld } from '#app/views/wall-codes.ts'
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
  const words = useWords()
  const account = useStore(app.session, (session) => session.account)
  const act = useAskAct()
  const places = useRegister(app, (register) => placesOffered(register, waiting.place), [waiting])
  const items = useRegister(app, (register) => (account ? itemsHeld(register, account.role) : []), [
    account,
  ])
  const [stream, setStream] = useState('')
  const [item, setItem] = useState('')
  const [level, setLevel] = useState<RequestLevel | ''>('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setBusy(true)
    const content = {
      ...{ place: waiting.place, waiting: [waiting.id] },
      ...{ stream: stream === '' ? null : stream, level: level === '' ? null : level },
      ...(item === '' ? {} : { item }),
    }
    const answer = await act(`ask/${waiting.id}`, content, (acts, id) =>
      acts.admit({ act: id, ...content }),
    )
    setBusy(false)
    if (answer.ok) return onDone(own.admitted)
    const why = answer.problem === 'offline' ? own.needsNetwork : words.problems[answer.problem]
    setProblem(why)
    onFailed(why)
  }
  return (
    <>
      <SelectField
        label={own.place}
        value={stream}
        emptyLabel={own.here}
        options={places}
        onInput={setStream}
      />
      <SelectField
        label={own.item}
        value={item}
        emptyLabel={own.asTapped}
        options={items.map((one) => ({
          value: one.id,
          label: words.language === 'en' ? one.nameEn : one.name,
        }))}
        onInput={setItem}
      />
      <ChoiceField
        label={own.level}
        value={level}
        options={[
          { value: '', label: own.levels.usual },
          ...requestLevels.map((one) => ({ value: one, label: own.levels[one] })),
        ]}
        onInput={(one) => setLevel((one ?? '') as RequestLevel | '')}
      />
      {problem && <Notice tone="alarm">{problem}</Notice>}
      <Acts>
        <Button look="primary" busy={isBusy} onClick={() => void save()}>
          {own.admit}
        </Button>
        <Button onClick={onAway}>{own.away}</Button>
      </Acts>
    </>
  )
}
