import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Soft } from '#app/ui/kit/Part.tsx'
import { placeOfRecord } from '#app/views/record-place.ts'
import styles from './Audit.module.css'
import { useAuditWords } from '#app/ui/words/audit-words.ts'
import { privacyPages } from '#app/links/privacy.ts'

const mostShown = 8
const leastLetters = 2

/** From a name or a number to who saw and changed what of that person; nothing where the device has no persons. */
export function FindResident() {
  const app = useParts('register')
  const own = useAuditWords()
  const [text, setText] = useState('')
  const isAsked = text.trim().length >= leastLetters
  const hasPeople = useRegister(app, (register) => {
    for (const _ of register.all('resident')) return true
    return false
  })
  const found = useRegister(
    app,
    (register) =>
      isAsked
        ? register
            .search(text, 200)
            .filter(({ kind }) => kind === 'resident')
            .slice(0, mostShown)
            .map(({ id }) => ({ id, where: placeOfRecord(register, 'resident', id).where }))
        : [],
    [text],
  )
  if (!hasPeople) return null
  return (
    <div class={styles.find}>
      <TextField
        label={own.resident}
        hint={own.residentHint}
        maxLength={40}
        searches
        value={text}
        onInput={setText}
      />
      {isAsked && found.length === 0 && <Soft>{own.noResident}</Soft>}
      {found.length > 0 && (
        <ul class={styles.found}>
          {found.map(({ id, where }) => (
            <li key={id}>
              <a class={styles.about} href={privacyPages.auditOf(id)}>
                {where}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
