import type { RequestFigures } from '#protocol/requests.ts'
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
  const words = useWords()
  const { figures, least } = props
  const rates = (['inTime', 'solved', 'content'] as const).map((key) =>
    own.rateOf(own[key], own.rate(figures[key])),
  )
  return (
    <Group head={own.answered(figures.answered)} box>
      <p>
        <strong>{formatFacts(words, rates)}</strong>
      </p>
      <Soft>{own.hidden(least)}</Soft>
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
