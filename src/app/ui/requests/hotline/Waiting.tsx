import { useState } from 'preact/hooks'
import { mayHoldItem } from '#domain/requests/catalogue.ts'
import { invalidReasons, requestLevels, type RequestLevel } from '#domain/requests/step.ts'
import type { WaitingRequest } from '#protocol/hotline.ts'
import { catalogueHere } from '#app/views/request-rules.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts, formatMoment } from '#app/ui/format.ts'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField, SelectField, TextAreaField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useHotlineWords } from './hotline-words.ts'
import { placesOffered } from '#app/views/places-offered.ts'
import { useHotlineAct } from '#app/ui/pieces/use-hotline.ts'
import styles from './Hotline.module.css'

interface Props {
  readonly waiting: WaitingRequest
  /** With a sentence to show. */
  readonly onDone: (told: string | null) => void
  /** With the same sentence that stands here: somebody else may have decided, and then this goes. */
  readonly onFailed: (told: string) => void
}

/** One that waits: what was said, where it shall go, and the two answers to it. */
export function Waiting(props: Props) {
  const { waiting } = props
  const app = useParts('drafts', 'today')
  const own = useHotlineWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const [isTurningAway, setTurningAway] = useState(
    () => app.drafts.get(awayKey(waiting.id)) !== undefined,
  )
  const facts = [
    own.came(formatMoment(words, waiting.receivedAt, day)),
    waiting.until && own.promised(formatDay(words, waiting.until, day)),
    waiting.name && own.caller(waiting.name),
    waiting.hasTelephone && own.hasTelephone,
  ]
  return (
    <>
      <h2>{waiting.itemName ?? waiting.number}</h2>
      <p class={styles.words}>{waiting.words ?? own.noWords}</p>
      {waiting.additions.map((added) => (
        <p key={added} class={styles.words}>
          <strong>{own.added}</strong> {added}
        </p>
      ))}
      {waiting.where && <p>{waiting.where}</p>}
      <p class={styles.soft}>{own.from(waiting.system, waiting.outsideNumber)}</p>
      <p class={styles.soft}>{formatFacts(words, facts)}</p>
      {isTurningAway ? (
        <TurnAway {...props} onCancel={() => setTurningAway(false)} />
      ) : (
        <Admit {...props} onAway={() => setTurningAway(true)} />
      )}
    </>
  )
}

function Admit({ waiting, onDone, onFailed, onAway }: Props & { readonly onAway: () => void }) {
  const app = useParts('session', 'register')
  const own = useHotlineWords()
  const words = useWords()
  const account = useStore(app.session, (session) => session.account)
  const act = useHotlineAct()
  const places = useRegister(app, (register) => placesOffered(register, waiting.place), [waiting])
  const items = useRegister(
    app,
    (register) =>
      (catalogueHere(register)?.items ?? []).filter(
        (item) => account && mayHoldItem(account.role, item),
      ),
    [account],
  )
  const [stream, setStream] = useState(places.length === 1 ? (places[0]?.value ?? '') : '')
  const [item, setItem] = useState(waiting.item ?? '')
  const [level, setLevel] = useState<RequestLevel>('ordinary')
  const [tried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setTried(true)
    if (stream === '') return
    setBusy(true)
    const content = { waiting: waiting.id, stream, item: item === '' ? null : item, level }
    const answer = await act(`hotline/${waiting.id}`, content, (acts, id) =>
      acts.admit({ act: id, ...content }),
    )
    setBusy(false)
    if (answer.ok) return onDone(own.admitted(waiting.number))
    const why = answer.problem === 'offline' ? own.needsNetwork : words.problems[answer.problem]
    setProblem(why)
    onFailed(why)
  }
  return (
    <>
      <div class={styles.fields}>
        <SelectField
          label={own.place}
          value={stream}
          emptyLabel=""
          options={places}
          onInput={setStream}
          error={tried && stream === '' ? own.placeMissing : undefined}
        />
        <SelectField
          label={own.item}
          value={item}
          emptyLabel={own.noItem}
          options={items.map((one) => ({
            value: one.id,
            label: words.language === 'en' ? one.nameEn : one.name,
          }))}
          onInput={setItem}
        />
      </div>
      <ChoiceField
        label={own.level}
        value={level}
        options={requestLevels.map((one) => ({ value: one, label: own.levels[one] }))}
        onInput={(one) => setLevel((one ?? 'ordinary') as RequestLevel)}
      />
      {problem && <Notice tone="alarm">{problem}</Notice>}
      <div class={styles.acts}>
        <Button look="primary" busy={isBusy} onClick={() => void save()}>
          {own.admit}
        </Button>
        <Button onClick={onAway}>{own.away}</Button>
      </div>
    </>
  )
}

type Reason = (typeof invalidReasons)[number]
interface Away {
  readonly reason: Reason
  readonly told: string
}
/** What somebody writes to the hotline is kept while it is typed. */
const awayKey = (id: string) => `hotline-away/${id}`

function TurnAway({
  waiting,
  onDone,
  onFailed,
  onCancel,
}: Props & { readonly onCancel: () => void }) {
  const own = useHotlineWords()
  const words = useWords()
  const act = useHotlineAct()
  const draft = useDraft<Away>(awayKey(waiting.id), () => ({ reason: 'not-for-office', told: '' }))
  const { reason, told } = draft.value
  const [tried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setTried(true)
    if (told.trim() === '') return
    setBusy(true)
    const content = { waiting: waiting.id, reason, told: told.trim() }
    const answer = await act(`hotline/${waiting.id}`, content, (acts, id) =>
      acts.turnAway({ act: id, ...content }),
    )
    setBusy(false)
    if (answer.ok) {
      draft.done()
      return onDone(null)
    }
    const why = answer.problem === 'offline' ? own.needsNetwork : words.problems[answer.problem]
    setProblem(why)
    onFailed(why)
  }
  return (
    <>
      <SelectField
        label={own.reason}
        value={reason}
        options={invalidReasons.map((one) => ({ value: one, label: own.reasons[one] }))}
        onInput={(one) => draft.set((away) => ({ ...away, reason: one as Reason }))}
      />
      <TextAreaField
        label={own.told}
        hint={own.toldHint}
        maxLength={500}
        value={told}
        onInput={(words) => draft.set((away) => ({ ...away, told: words }))}
        error={tried && told.trim() === '' ? own.toldMissing : undefined}
      />
      {problem && <Notice tone="alarm">{problem}</Notice>}
      <div class={styles.acts}>
        <Button look="danger" busy={isBusy} onClick={() => void save()}>
          {own.awayYes}
        </Button>
        <Button
          onClick={() => {
            draft.done()
            onCancel()
          }}
        >
          {words.shell.cancel}
        </Button>
      </div>
    </>
  )
}
