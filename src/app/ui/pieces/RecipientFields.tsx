import { useState } from 'preact/hooks'
import {
  handOutGrounds,
  longestRecipient,
  usualGrounds,
  type HandOutGround,
  type Recipient,
} from '#domain/export.ts'
import { cleanText } from '#domain/text.ts'
import { ChoiceField, SelectField, TextField } from '#app/ui/kit/Field.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useRecipientWords, type RecipientWords } from './recipient-words.ts'

/** As somebody fills it in. */
export interface RecipientDraft {
  readonly recipient: Recipient
  readonly name: string
  readonly ground: HandOutGround | null
}

/** As it goes on record. */
export interface Handed {
  readonly recipient: Recipient
  readonly recipientName?: string
  readonly ground: HandOutGround
}

export function useRecipient(first: Recipient) {
  const [draft, setDraft] = useState<RecipientDraft>(() => draftFor(first))
  return { draft, setDraft, handed: handedOf(draft) }
}

/** With the ground that goes without saying, where there is one. */
export function draftFor(recipient: Recipient, name = ''): RecipientDraft {
  return { recipient, name, ground: usualGrounds[recipient] }
}

/** Null while something is missing. */
export function handedOf({ recipient, name, ground }: RecipientDraft): Handed | null {
  if (ground === null) return null
  if (recipient !== 'office') return { recipient, ground }
  const recipientName = cleanText(name)
  return recipientName === '' ? null : { recipient, recipientName, ground }
}

/** To whom and on which ground, in one line; '' where neither is known. */
export function goesToInWords(
  words: RecipientWords,
  said: {
    readonly recipient?: string | null
    readonly recipientName?: string | null
    readonly ground?: string | null
  },
): string {
  const recipients: Readonly<Record<string, string>> = words.recipients
  const { recipient, recipientName, ground } = said
  if (!recipient && !ground) return ''
  const who = recipientName ?? recipients[recipient ?? ''] ?? recipient ?? ''
  const known = handOutGrounds.find((one) => one === ground)
  const why = known ? words.inFull(words.grounds[known], words.articles[known]) : (ground ?? '')
  return words.goesTo(who, why)
}

/** Asked of everything that leaves the app with personal data: who gets it, and on which ground. */
export function RecipientFields(props: {
  readonly recipients: readonly Recipient[]
  readonly draft: RecipientDraft
  /** Somebody tried to go on: what is missing is said. */
  readonly tried: boolean
  onChange(draft: RecipientDraft): void
}) {
  const { required } = useWords().shell
  const own = useRecipientWords()
  const { recipients, draft, tried, onChange } = props
  return (
    <>
      <ChoiceField
        label={own.recipient}
        value={draft.recipient}
        options={recipients.map((value) => ({ value, label: own.recipients[value] }))}
        onInput={(value) => {
          const recipient = recipients.find((one) => one === value)
          if (recipient) onChange(draftFor(recipient, draft.name))
        }}
      />
      {draft.recipient === 'office' && (
        <TextField
          label={own.name}
          required={required}
          maxLength={longestRecipient}
          value={draft.name}
          hint={own.nameHint}
          error={tried && cleanText(draft.name) === '' ? own.nameMissing : undefined}
          onInput={(name) => onChange({ ...draft, name })}
        />
      )}
      <SelectField
        label={own.ground}
        required={required}
        value={draft.ground ?? ''}
        hint={draft.ground ? own.articles[draft.ground] : undefined}
        {...(draft.ground === null ? { emptyLabel: own.groundOpen } : {})}
        error={tried && draft.ground === null ? own.groundMissing : undefined}
        options={handOutGrounds.map((value) => ({ value, label: own.grounds[value] }))}
        onInput={(value) =>
          onChange({ ...draft, ground: handOutGrounds.find((one) => one === value) ?? null })
        }
      />
    </>
  )
}
