/** How long the policy keeps something, as people say it. */
import { render, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { useProtectionWords } from '#app/ui/words/protection-words.ts'
import { WordsContext } from '#app/ui/words/use-words.ts'
import { en } from '#app/ui/words/en.ts'

function Kept() {
  const own = useProtectionWords()
  return (
    <ul>
      {[1_095, 400, 365].map((days) => (
        <li key={days}>{own.keepGone(days)}</li>
      ))}
    </ul>
  )
}
const said = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent)

it('whole years are years, all else is days', () => {
  const { unmount } = render(<Kept />)
  expect(said()).toEqual(['3年', '400天', '1年'].map((span) => `搬离或去世后${span}，全部清除`))
  unmount()
  render(
    <WordsContext.Provider value={en}>
      <Kept />
    </WordsContext.Provider>,
  )
  expect(said()).toEqual(
    ['3 years', '400 days', '1 year'].map(
      (span) => `${span} after moving out or death everything is purged`,
    ),
  )
})
