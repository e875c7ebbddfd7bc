import { useState } from 'preact/hooks'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { doorOf } from '#app/views/door.ts'
import { roomsOffered } from '#app/views/rooms-offered.ts'
import { useFormWords } from './form-words.ts'
import styles from './RoomField.module.css'

/** Finds a room by what stands on its door: of the same grid first, then of the others on this device, with their names. */
export function RoomField(props: {
  /** What is asked for; of a move where to. */
  readonly label?: string
  readonly hint?: string
  /** The grid that they live in now. */
  readonly stream: string
  readonly chosen: Rec<'dwelling'> | undefined
  readonly error: string | undefined
  readonly onChoose: (dwelling: string) => void
}) {
  const app = useParts('register')
  const words = useFormWords()
  const [query, setQuery] = useState('')
  const rooms = useRegister(app, (register) => roomsOffered(register, query, props.stream))
  const door = useRegister(app, (register) =>
    props.chosen ? doorOf(register, props.chosen.id, true) : '',
  )
  if (props.chosen) {
    return (
      <div class={styles.chosen}>
        <strong>{words.forms.move.chosen(door)}</strong>
        <Button
          onClick={() => {
            setQuery('')
            props.onChoose('')
          }}
        >
          {words.forms.move.pickAgain}
        </Button>
        {props.error && (
          <p class={styles.error} role="alert">
            {props.error}
          </p>
        )}
      </div>
    )
  }
  return (
    <>
      <TextField
        label={props.label ?? words.forms.move.find}
        hint={props.hint ?? words.forms.move.findHint}
        error={props.error}
        maxLength={40}
        value={query}
        searches
        onInput={setQuery}
      />
      {query.trim() !== '' && rooms.length === 0 && <p>{words.forms.move.none}</p>}
      <div class={styles.rooms}>
        {rooms.map((room) => (
          <Button key={room.id} wide onClick={() => props.onChoose(room.id)}>
            <span>
              {room.door}
              {room.grid && <span class={styles.grid}>{room.grid}</span>}
            </span>
          </Button>
        ))}
      </div>
    </>
  )
}
