import { useLayoutEffect, useRef } from 'preact/hooks'
import { upgradeIdentityNumber } from '#domain/document-key.ts'
import { formatIdentityNumber, identityNumberProgress } from '#domain/identity-number.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatAge, formatDay } from '../format.ts'
import { Button } from '../kit/Button.tsx'
import { Field } from '../kit/Field.tsx'
import fieldStyles from '../kit/Field.module.css'
import { useComposing } from '../kit/use-composing.ts'
import { useFormWords } from './form-words.ts'
import { maskName } from '#domain/mask.ts'
import { doorOfHousehold } from '#app/views/door.ts'
import styles from './IdentityField.module.css'
import { walkPages } from '#app/links/walk.ts'

/**
 * The identity number in groups of 6-8-4, checked as it is typed. Says at once whom the register already knows
 * under it, so that nobody is taken in twice.
 */
export function IdentityField(props: {
  readonly value: string
  readonly error?: string | undefined
  /** The resident whose form this is: finding them is no surprise. */
  readonly self?: string
  readonly onInput: (value: string) => void
  /** Where the known person can be moved instead. */
  readonly onMoveHere?: (resident: string) => void
}) {
  const app = useParts('register', 'today')
  const words = useFormWords()
  const day = useStore(app.today, (store) => store.day)
  const input = useRef<HTMLInputElement>(null)
  const caret = useRef<number | null>(null)
  const progress = identityNumberProgress(props.value, day)
  // A number of before 1999 has fifteen digits. Some of them could also be the beginning of a newer one.
  const upgraded = upgradeIdentityNumber(props.value)
  const known = useRegister(app, (register) =>
    props.value.length < 15
      ? []
      : register
          .byDocument(props.value)
          .filter(({ id, fields }) => id !== props.self && !fields.mergedInto),
  )
  const keepCaret = ({ value, selectionStart }: HTMLInputElement) => {
    caret.current = compact(value.slice(0, selectionStart ?? value.length)).length
  }
  useLayoutEffect(() => {
    if (caret.current === null || !input.current) return
    const at = caretAfter(input.current.value, caret.current)
    input.current.setSelectionRange(at, at)
    caret.current = null
  })
  const composing = useComposing(
    formatIdentityNumber(props.value),
    (text) => props.onInput(compact(text)),
    // Half a number is not judged while an input method is at it.
    () => false,
  )
  const hint = progress.ok
    ? progress.done
      ? words.forms.identity.valid(
          progress.sex === '1' ? words.shell.male : words.shell.female,
          formatDay(words, progress.birth, day),
          formatAge(words, progress.birth, day) ?? '',
        )
      : props.value === ''
        ? undefined
        : words.forms.identity.left(18 - props.value.length)
    : undefined
  const wrong =
    progress.ok || upgraded
      ? undefined
      : words.fieldProblem({ field: '', problem: progress.problem })
  const old = upgraded && words.forms.identity.old
  return (
    <div class={styles.identity}>
      <Field label={words.forms.identity.label} hint={old ?? hint} error={wrong ?? props.error}>
        {(ids) => (
          <div class={styles.line}>
            <input
              {...ids}
              ref={input}
              class={fieldStyles.input}
              inputMode="numeric"
              autocomplete="off"
              maxLength={24}
              {...composing}
              onInput={(event) => {
                if (!event.isComposing) keepCaret(event.currentTarget)
                composing.onInput(event)
              }}
              onCompositionEnd={(event) => {
                keepCaret(event.currentTarget)
                composing.onCompositionEnd(event)
              }}
            />
            {props.value.length === 17 && (
              <Button
                label={words.forms.identity.x}
                onClick={() => props.onInput(`${props.value}X`)}
              >
                X
              </Button>
            )}
          </div>
        )}
      </Field>
      {upgraded && (
        <Button look="quiet" onClick={() => props.onInput(upgraded)}>
          {words.forms.identity.upgrade(formatIdentityNumber(upgraded))}
        </Button>
      )}
      {known.map((resident) => (
        <div key={resident.id} class={styles.known} role="status">
          <p>
            {words.forms.identity.already} <strong>{maskName(resident.fields.name)}</strong>{' '}
            <Door household={resident.fields.household} />
          </p>
          {props.onMoveHere && (
            <Button wide onClick={() => props.onMoveHere?.(resident.id)}>
              {words.forms.identity.moveHere}
            </Button>
          )}
          <a href={walkPages.resident(resident.id)}>{words.forms.identity.openThem}</a>
        </div>
      ))}
    </div>
  )
}

function Door(props: { readonly household: string }) {
  const app = useParts('register')
  return <>{useRegister(app, (register) => doorOfHousehold(register, props.household, true))}</>
}

/** Digits and a last X alone, at most 18. */
function compact(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9X]/g, '')
    .slice(0, 18)
}

/** The place in the grouped text behind so many characters of the number. */
function caretAfter(grouped: string, count: number): number {
  let seen = 0
  for (let index = 0; index < grouped.length; index += 1) {
    if (seen === count) return index
    if (grouped[index] !== ' ') seen += 1
  }
  return grouped.length
}
