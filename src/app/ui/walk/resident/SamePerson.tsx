import { useState } from 'preact/hooks'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { parted } from '#app/acts/same-person-intents.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { placeOfRecord } from '#app/views/record-place.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Resident.module.css'
import { useSamePersonWords } from './same-person-words.ts'

/** Other records of this person: the one that counts, those that were merged into it, and the one behind another door. */
export function SamePerson(props: { readonly resident: Rec<'resident'> }) {
  const app = useParts('register')
  const said = useSamePersonWords()
  const { id, fields } = props.resident
  // Few look at one file at a time: a scan costs a millisecond, an index would cost every start.
  const merged = useRegister(
    app,
    (register) => [...register.all('resident')].filter((one) => one.fields.mergedInto === id),
    [id],
  )
  const others = fields.sameAs ?? []
  if (fields.mergedInto) return <Merged resident={props.resident} into={fields.mergedInto} />
  if (merged.length === 0 && others.length === 0) return null
  return (
    <section class={styles.part}>
      {others.length > 0 && (
        <>
          <h2>{fields.residence === '3' ? said.livesAt : said.hukouAt}</h2>
          {others.map((other) => (
            <Other key={other} resident={other} />
          ))}
        </>
      )}
      {merged.length > 0 && (
        <>
          <h2>{said.merged}</h2>
          <p>{said.mergedHint}</p>
          {merged.map((other) => (
            <Other key={other.id} resident={other.id} />
          ))}
        </>
      )}
    </section>
  )
}

function Other(props: { readonly resident: string }) {
  const app = useParts('register')
  const said = useSamePersonWords()
  const { where, href } = useRegister(
    app,
    (register) => placeOfRecord(register, 'resident', props.resident),
    [props.resident],
  )
  return href ? (
    <a class={styles.other} href={href}>
      {where}
    </a>
  ) : (
    <p>{said.elsewhere}</p>
  )
}

/** This record is history: where the one that counts is, and the way to part them again. */
function Merged(props: { readonly resident: Rec<'resident'>; readonly into: string }) {
  const app = useParts('register')
  const words = useWords()
  const said = useSamePersonWords()
  const [asking, setAsking] = useState(false)
  const saving = useSave()
  const { resident, into } = props
  const { intents, isBuiltOn } = useRegister(app, (register) => parted(register, resident), [
    resident,
  ])
  return (
    <section class={styles.part}>
      <Notice>
        <p>{said.isMerged}</p>
      </Notice>
      <Other resident={into} />
      {!asking && (
        <Button look="quiet" onClick={() => setAsking(true)}>
          {said.part}
        </Button>
      )}
      {asking && (
        <>
          <p>{isBuiltOn ? said.partBuiltOn : said.partAsk}</p>
          <div class={styles.acts}>
            <Button busy={saving.busy} onClick={() => saving.run(intents, () => setAsking(false))}>
              {said.partYes}
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {words.shell.cancel}
            </Button>
          </div>
        </>
      )}
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
    </section>
  )
}
