import { useState } from 'preact/hooks'
import { parseDoor } from '#domain/address.ts'
import type { DoorLevels } from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { doorOf } from '#app/views/door.ts'
import styles from './Import.module.css'
import { useQuestionWords } from './question-words.ts'
import { levelsToWords } from './row-words.ts'

const most = 6

/** Which door a text means: a likely one, one found in the register, or one written out, which may be new. */
export function DoorAnswer(props: {
  readonly suggestions: readonly DoorLevels[]
  readonly onAnswer: (door: DoorLevels) => void
}) {
  const { suggestions, onAnswer } = props
  const app = useParts('register')
  const said = useQuestionWords()
  const [text, setText] = useState('')
  const query = text.trim()
  const found = useRegister(
    app,
    (register) =>
      (query === '' ? [] : register.search(query, 60))
        .filter(({ kind }) => kind === 'dwelling')
        .flatMap(({ id }) => {
          const dwelling = register.get('dwelling', id)
          const building = dwelling && register.get('building', dwelling.fields.building)
          if (!dwelling || !building) return []
          const { unit, floor, room } = dwelling.fields
          const { estate, name } = building.fields
          const door = { estate, building: name, unit: unit ?? null, floor, room }
          return [{ id, door, words: doorOf(register, id, true) }]
        })
        .slice(0, most),
    [query],
  )
  const read = query === '' ? null : parseDoor(query)
  const isDoor = read !== null && read.estate !== null && read.building !== null
  return (
    <>
      {suggestions.length > 0 && (
        <div class={styles.choices} role="group" aria-label={said.likely}>
          {suggestions.map((door) => (
            <Button key={levelsToWords(door)} onClick={() => onAnswer(door)}>
              {levelsToWords(door)}
            </Button>
          ))}
        </div>
      )}
      <TextField
        label={said.ownDoor}
        hint={said.ownDoorHint}
        maxLength={60}
        value={text}
        searches
        onInput={setText}
      />
      {found.length > 0 && (
        <div class={styles.choices} role="group" aria-label={said.found}>
          {found.map(({ id, door, words }) => (
            <Button key={id} onClick={() => onAnswer(door)}>
              {words}（{said.isKnown}）
            </Button>
          ))}
        </div>
      )}
      {isDoor ? (
        <div class={styles.answered}>
          <span>{said.readAs(levelsToWords(read))}</span>
          <Button look="primary" onClick={() => onAnswer(read)}>
            {said.use}
          </Button>
        </div>
      ) : (
        query !== '' && found.length === 0 && <p class={styles.soft}>{said.notADoor}</p>
      )}
    </>
  )
}
