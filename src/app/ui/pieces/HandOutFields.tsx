import type { ComponentChildren } from 'preact'
import type { ExportPurpose, FilePurpose } from '#domain/export.ts'
import { ChoiceField } from '#app/ui/kit/Field.tsx'
import { useWords } from '#app/ui/words/use-words.ts'

export type Mask = 'masked' | 'open'

export interface HandOutWords<P extends ExportPurpose | FilePurpose> {
  readonly mask: string
  readonly masks: Readonly<Record<Mask, string>>
  readonly openHint: string
  readonly purpose: string
  readonly purposes: Readonly<Record<P, string>>
  readonly purposeMissing: string
  readonly logged: string
}

/** What is asked before data leaves the app: masked or in full, and what for. */
export function HandOutFields<P extends ExportPurpose | FilePurpose>(props: {
  readonly words: HandOutWords<NoInfer<P>>
  readonly purposes: readonly P[]
  readonly mask: Mask
  readonly purpose: NoInfer<P> | null
  /** Somebody tried to go on: what is missing is said. */
  readonly tried: boolean
  readonly softStyle: string | undefined
  onMask(mask: Mask): void
  onPurpose(purpose: NoInfer<P> | null): void
  /** What else is asked, before it is said that it is on record. */
  readonly children?: ComponentChildren
}) {
  const { required } = useWords().shell
  const { words: own, purposes, mask, purpose } = props
  return (
    <>
      <ChoiceField
        label={own.mask}
        value={mask}
        hint={mask === 'open' ? own.openHint : undefined}
        options={(['masked', 'open'] as const).map((value) => ({ value, label: own.masks[value] }))}
        onInput={(value) => props.onMask(value === 'open' ? 'open' : 'masked')}
      />
      <ChoiceField
        label={own.purpose}
        required={required}
        value={purpose ?? ''}
        error={props.tried && !purpose ? own.purposeMissing : undefined}
        options={purposes.map((value) => ({ value, label: own.purposes[value] }))}
        onInput={(value) => props.onPurpose(purposes.find((one) => one === value) ?? null)}
      />
      {props.children}
      <p class={props.softStyle}>{own.logged}</p>
    </>
  )
}
