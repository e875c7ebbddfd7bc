import type { ComponentChildren } from 'preact'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField, SelectField } from '#app/ui/kit/Field.tsx'
import { Foot } from '#app/ui/kit/Foot.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import type { waitingZh } from './waiting-words.ts'

/** As what kind something is let in, and how much it presses; `children` ask to which place. */
export function AdmitForm<Level extends string>(props: {
  readonly words: typeof waitingZh & { readonly item: string; readonly level: string }
  readonly children: ComponentChildren
  readonly item: string
  readonly noItem: string
  readonly items: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[]
  readonly onItem: (item: string) => void
  readonly level: Level
  readonly levels: readonly { readonly value: Level; readonly label: string }[]
  readonly onLevel: (level: Level) => void
  readonly isBusy: boolean
  readonly problem: string | null
  readonly onAdmit: () => void
  readonly onAway: () => void
}) {
  const { words: own, problem } = props
  const { language } = useWords()
  return (
    <>
      {props.children}
      <SelectField
        label={own.item}
        value={props.item}
        emptyLabel={props.noItem}
        options={props.items.map((one) => ({
          value: one.id,
          label: language === 'en' ? one.nameEn : one.name,
        }))}
        onInput={props.onItem}
      />
      <ChoiceField
        label={own.level}
        value={props.level}
        options={props.levels}
        onInput={(level) => {
          const found = props.levels.find(({ value }) => value === level)
          if (found) props.onLevel(found.value)
        }}
      />
      <Foot problem={problem !== null && <Notice tone="alarm">{problem}</Notice>}>
        <Button look="primary" busy={props.isBusy} onClick={props.onAdmit}>
          {own.admit}
        </Button>
        <Button onClick={props.onAway}>{own.away}</Button>
      </Foot>
    </>
  )
}
