import { longestEntry, longestSource } from '#domain/import.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { DateField, TextField } from '#app/ui/kit/Field.tsx'
import { useOriginWords } from '#app/ui/pieces/origin-words.ts'

/** As somebody fills it in; all of it may stay empty. */
export interface OriginDraft {
  readonly source: string
  readonly entry: string
  readonly on: string
}

/** Who gave the roster: asked where it is seen what it will write. */
export function OriginFields(props: {
  readonly draft: OriginDraft
  onChange(draft: OriginDraft): void
}) {
  const own = useOriginWords()
  const today = useStore(useParts('today').today, (store) => store.day)
  const { draft, onChange } = props
  return (
    <>
      <TextField
        label={own.source}
        hint={own.sourceHint}
        maxLength={longestSource}
        value={draft.source}
        onInput={(source) => onChange({ ...draft, source })}
      />
      {draft.source !== '' && (
        <>
          <TextField
            label={own.entry}
            hint={own.entryHint}
            maxLength={longestEntry}
            value={draft.entry}
            onInput={(entry) => onChange({ ...draft, entry })}
          />
          <DateField
            label={own.on}
            max={today}
            value={draft.on}
            onInput={(on) => onChange({ ...draft, on })}
          />
        </>
      )}
    </>
  )
}
