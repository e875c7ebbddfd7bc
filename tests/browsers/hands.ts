/** What a person sees and taps: an element counts only where nothing lies over its middle (`elementFromPoint`). */
import { until, type Browser } from './browser.ts'

interface Wanted {
  /** A selector of CSS. */
  readonly css: string
  /** What stands in it, or what it is called. */
  readonly text?: string
  readonly exact?: boolean
}

interface Seen {
  readonly x: number
  readonly y: number
  readonly text: string
}

/** Runs in the page, and so speaks no newer language than the oldest browser. */
function look({ css, text, exact }: Wanted): Seen | null {
  for (const element of document.querySelectorAll<HTMLElement>(css)) {
    const said = (element.getAttribute('aria-label') ?? element.innerText).trim()
    if (text !== undefined && !(exact ? said === text : said.includes(text))) continue
    const box = () => element.getBoundingClientRect()
    const isInside = ({ top, bottom }: DOMRect) => top >= 0 && bottom <= innerHeight
    if (box().width < 1 || box().height < 1) continue
    const middle = () => {
      const { left, top, width, height } = box()
      const x = left + width / 2
      const y = top + height / 2
      const there = document.elementFromPoint(x, y)
      const isSeen =
        there !== null &&
        (element.contains(there) || there.closest('label')?.contains(element) === true)
      return isSeen ? { x, y, text: said } : null
    }
    const seen = isInside(box()) ? middle() : null
    if (seen) return seen
    element.scrollIntoView({ block: 'center' })
    const found = middle()
    if (found) return found
  }
  return null
}

export interface Hands {
  sees(wanted: Wanted, patience?: number): Promise<Seen>
  taps(wanted: Wanted): Promise<void>
  /** Into a field, which is tapped first. */
  fills(css: string, text: string): Promise<void>
  types(pin: string): Promise<void>
}

export function createHands(browser: Browser): Hands {
  const sees = (wanted: Wanted, patience?: number) =>
    until(
      wanted.text ?? wanted.css,
      () => browser.evaluate<Seen | null>(`(${look.toString()})(${JSON.stringify(wanted)})`),
      patience,
    )
  const taps = async (wanted: Wanted) => {
    const { x, y } = await sees(wanted)
    await browser.tap(x, y)
  }
  return {
    sees,
    taps,
    async fills(css, text) {
      await taps({ css })
      await browser.type(text)
    },
    async types(pin) {
      for (const digit of pin) await taps({ css: 'button', text: digit, exact: true })
    },
  }
}
