import { useState } from 'preact/hooks'
import type { RulesPreview as Counted } from '#protocol/rules-preview.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { formatFacts } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Part } from '#app/ui/kit/Part.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useRulesWords } from './rules-words.ts'

/** What a draft would make of the last month's requests, counted by the office; nothing is saved. */
export function RulesPreview(props: {
  readonly place: string
  /** The draft, under the name of what it replaces. */
  readonly draft: { readonly catalogue: object } | { readonly calendar: object }
  readonly disabled: boolean
}) {
  const app = useParts('officeActs')
  const words = useWords()
  const own = useRulesWords()
  const { place, draft, disabled } = props
  const text = JSON.stringify(draft)
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<{
    readonly of: string
    readonly answer: OfficeAnswer<Counted>
  } | null>(null)
  const ask = async () => {
    setBusy(true)
    const answer = await app.officeActs.previewRules({ place, ...draft })
    setBusy(false)
    setTold({ of: text, answer })
  }
  return (
    <Part>
      <Button disabled={disabled || busy} onClick={() => void ask()}>
        {own.preview}
      </Button>
      {busy && <Progress label={own.previewing} value={null} />}
      {told && !told.answer.ok && (
        <Notice>
          {told.answer.problem === 'offline' ? own.offline : words.problems[told.answer.problem]}
        </Notice>
      )}
      {told?.answer.ok && (
        <>
          {told.of !== text && <Notice>{own.stale}</Notice>}
          <p>
            {own.previewed(told.answer.value.days, told.answer.value.total)}
            {own.colon}
            <Sums sums={told.answer.value} />
          </p>
          <FactGrid>
            {told.answer.value.byItem.map((one) => (
              <Fact key={one.item ?? ''} label={one.name ?? own.noItem} wide>
                <Sums sums={one} />
              </Fact>
            ))}
          </FactGrid>
        </>
      )}
    </Part>
  )
}

function Sums(props: { readonly sums: Pick<Counted, 'elsewhere' | 'sooner' | 'later'> }) {
  const own = useRulesWords()
  const words = useWords()
  const { elsewhere, sooner, later } = props.sums
  const said = [
    elsewhere > 0 && own.elsewhere(elsewhere),
    sooner > 0 && own.sooner(sooner),
    later > 0 && own.later(later),
  ]
  return <>{formatFacts(words, said) || own.nothing}</>
}
