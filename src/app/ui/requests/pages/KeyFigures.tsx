import type { RequestFigures } from '#protocol/requests.ts'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Figure, Figures } from '#app/ui/kit/Figure.tsx'
import { Soft } from '#app/ui/kit/Part.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { formatFacts } from '#app/ui/format.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { FiguresShown } from '#app/views/request-figures.ts'
import { useFigureWords } from './figure-words.ts'

/** What an office opens the page for; each number is the way to its list. */
export function KeyFigures({ keys }: Pick<FiguresShown, 'keys'>) {
  const own = useFigureWords()
  return (
    <Figures label={own.title}>
      {keys.map(({ key, count, href }) => (
        <Figure
          key={key}
          number={count ?? own.rate(null)}
          word={own[key]}
          isLate={key === 'late' && count !== null && count > 0}
          {...(href !== null && { href })}
        />
      ))}
    </Figures>
  )
}

/** How it was answered, of places and kinds and never of a person. */
export function Rates(props: { readonly figures: RequestFigures; readonly least: number }) {
  const own = useFigureWords()
  const { answered, inTime, solved, content } = props.figures
  const rates = { inTime, solved, content }
  return (
    <Group head={own.answered(answered)} box>
      <FactGrid>
        {(['inTime', 'solved', 'content'] as const).map((rate) => (
          <Fact key={rate} label={own[rate]}>
            {own.rate(rates[rate])}
          </Fact>
        ))}
      </FactGrid>
      <Soft>{own.hidden(props.least)}</Soft>
    </Group>
  )
}

/** Where the same comes again and again: places, never people. */
export function Spots({ spots }: Pick<FiguresShown, 'spots'>) {
  const own = useFigureWords()
  const words = useWords()
  if (spots.length === 0) return null
  return (
    <Group head={own.spots}>
      {spots.map(({ key, building, kind, count, href }) => (
        <Row
          key={key}
          title={formatFacts(words, [building ?? own.unknown, kind])}
          aside={own.times(count)}
          {...(href !== null && { href })}
        />
      ))}
    </Group>
  )
}
