import { useState } from 'preact/hooks'
import type { ListedPerson } from '#protocol/purge.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { patchOf } from '#app/acts/household-intents.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { DateField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { placeOfRecord } from '#app/views/record-place.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePurgeWords } from './purge-words.ts'
import styles from './Purge.module.css'
import type { KnownPurge } from './use-purge.ts'
import { walkPages } from '#app/links/walk.ts'

/** Somebody on the list: why and until when, with the two answers that there are. */
export function PersonCard(props: { readonly person: ListedPerson; readonly purge: KnownPurge }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = usePurgeWords()
  const today = useStore(app.today, (store) => store.day)
  const { person, purge } = props
  const { record, stream, why } = person
  const resident = useRegister(app, (register) => register.get('resident', record), [record])
  const { where } = useRegister(app, (register) => placeOfRecord(register, 'resident', record), [
    record,
  ])
  const [isMending, setMending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const field = why === 'died' ? 'diedOn' : 'movedOutOn'
  const isMended = resident !== undefined && resident.fields[field] !== person.day
  const keep = async () => {
    setBusy(true)
    const refused = await purge.answer((acts) => acts.keep({ stream, record }))
    setBusy(false)
    setProblem(refused && words.problems[refused])
  }
  const day = (value: string) => formatDay(words, value, today)
  return (
    <article class={styles.item}>
      <strong>
        {resident ? (
          <a class={styles.open} href={walkPages.resident(record)}>
            {person.name}
          </a>
        ) : (
          person.name
        )}
      </strong>
      {where && <span class={styles.soft}>{where}</span>}
      <span>
        {formatFacts(words, [
          said.says(said.why[why], day(person.day)),
          person.received && said.received(day(person.received)),
        ])}
      </span>
      <span>
        {formatFacts(words, [
          said.due(day(person.due)),
          person.daysLeft > 0 && said.daysLeft(person.daysLeft),
        ])}
      </span>
      {isMended && <Notice>{said.mended}</Notice>}
      {problem && <Notice tone="alarm">{problem}</Notice>}
      {isMending && <Mend person={person} onEnd={() => setMending(false)} />}
      {!isMending && !isMended && (
        <div class={styles.buttons}>
          <Button busy={busy} onClick={() => void keep()}>
            {said.keep}
          </Button>
          <Button onClick={() => setMending(true)}>{said.wrongDate}</Button>
        </div>
      )}
    </article>
  )
}

/** Saved on this device like any other change, so also without a connection. */
function Mend(props: { readonly person: ListedPerson; readonly onEnd: () => void }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = usePurgeWords()
  const today = useStore(app.today, (store) => store.day)
  const { record, why } = props.person
  const resident = useRegister(app, (register) => register.get('resident', record), [record])
  const [on, setOn] = useState('')
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  if (!resident) {
    return (
      <>
        <Notice>{said.notHere}</Notice>
        <Button onClick={props.onEnd}>{said.cancel}</Button>
      </>
    )
  }
  const save = (fields: Readonly<Record<string, unknown>>) =>
    saving.run([patchOf(resident, fields)], props.onEnd)
  const isDay = on !== '' && on <= today
  const change = () => {
    setAsked(true)
    if (isDay) save(why === 'died' ? { diedOn: on } : { movedOutOn: on })
  }
  return (
    <div class={styles.list}>
      <Button
        busy={saving.busy}
        onClick={() =>
          save(why === 'died' ? { diedOn: null } : { movedOutOn: null, movedOutTo: null })
        }
      >
        {said.notGone[why]}
      </Button>
      <DateField
        label={said.rightDay[why]}
        value={on}
        max={today}
        onInput={setOn}
        error={asked && !isDay ? said.rightDayMissing : undefined}
      />
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      <div class={styles.buttons}>
        <Button look="primary" busy={saving.busy} onClick={change}>
          {said.saveDay}
        </Button>
        <Button onClick={props.onEnd}>{said.cancel}</Button>
      </div>
    </div>
  )
}
