import { useEffect, useRef } from 'preact/hooks'
import { maskName } from '#domain/mask.ts'
import type { Rec } from '#app/views/records.ts'
import { Button, ButtonLink } from '../kit/Button.tsx'
import { useToasts } from '../toasts.ts'
import { useWords } from '../words/use-words.ts'
import styles from './CallButton.module.css'
import { PurposeSheet } from './PurposeSheet.tsx'
import { useReveals } from './reveals.ts'

/**
 * Calls a resident: asks what for, and dials. The dialler shows the number, so this is a reveal like any other. Nothing where
 * no number is known.
 */
export function CallButton(props: {
  readonly resident: Rec<'resident'>
  readonly words?: boolean
}) {
  const words = useWords()
  const toasts = useToasts()
  const { id, fields } = props.resident
  const reveals = useReveals(id)
  const link = useRef<HTMLSpanElement>(null)
  const isShown = reveals.isShown('phones')
  const phone = fields.phones?.[0]
  // A tap that dials once more needs no new reason while the number may be seen.
  useEffect(() => {
    if (isShown) link.current?.querySelector('a')?.click()
  }, [isShown])
  useEffect(() => {
    if (reveals.failed) toasts.show(words.household.lookFailed)
  }, [reveals.failed, toasts, words])
  if (phone === undefined) return null
  const look = {
    icon: 'phone',
    // Whoever speaks to the phone says the word that stands on the button.
    label: props.words
      ? `${words.resident.call} ${maskName(fields.name)}`
      : words.household.call(maskName(fields.name)),
    ...(props.words && { children: words.resident.call }),
  } as const
  return (
    <span ref={link} class={styles.call}>
      {isShown ? (
        <ButtonLink {...look} href={`tel:${phone}`} />
      ) : (
        <Button {...look} onClick={() => reveals.toggle('phones')} />
      )}
      <PurposeSheet reveals={reveals} />
    </span>
  )
}
