/** How a page looks to those who see little, or have large thumbs: axe's findings, and what is cut or cramped. */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

/** For `addInitScript`, in a context with `bypassCSP`: the app's policy lets no other script in. */
export const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

interface Finding {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** What axe finds on the page as it stands, as lines that say where. */
export async function findings(page: Page): Promise<string[]> {
  const found = (await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(options: unknown): Promise<{ violations: unknown }> }
    }
    // What it would fetch beforehand serves only rules that are not asked for.
    return (await axe.run({ resultTypes: ['violations'], preload: false })).violations
  })) as Finding[]
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  )
}

/** Targets smaller than a thumb needs (a mouse at a desk needs 40 px), and text that reaches beyond the screen. */
export async function cramped(page: Page, least: number): Promise<string[]> {
  return page.evaluate((asked) => {
    const isDesk = matchMedia('(pointer: fine) and (min-width: 1200px)').matches
    const smallest = isDesk && asked === 48 ? 40 : asked
    const wrong: string[] = []
    const shown = (element: Element) => !element.closest('[inert]') && element.checkVisibility()
    for (const element of document.querySelectorAll('button, a[href], select, input, textarea')) {
      if (!shown(element)) continue
      // A radio or a switch lies inside its label, which is the target.
      const target = element.closest('label') ?? element
      const { width, height } = target.getBoundingClientRect()
      if (height < smallest - 0.5 || width < smallest - 0.5) {
        wrong.push(
          `small: ${width.toFixed(0)}×${height.toFixed(0)} ${element.outerHTML.slice(0, 120)}`,
        )
      }
    }
    if (document.documentElement.scrollWidth > innerWidth)
      wrong.push('the page is wider than the screen')
    for (const pane of document.querySelectorAll('main > section')) {
      if (shown(pane) && pane.scrollWidth > pane.clientWidth + 1)
        wrong.push('a pane is wider than its place')
    }
    return wrong
  }, least)
}

/** Words of tabs, buttons and links that do not fit in their place, or reach beyond the screen. */
export async function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('nav a span, main button, main label, main a')]
      .filter((one) => one.checkVisibility() && !one.closest('[inert], table, [role=grid]'))
      .filter((one) => {
        const { left, right } = one.getBoundingClientRect()
        const isWider = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
        return isWider || right > innerWidth + 1 || left < -1
      })
      .map((one) => one.innerText.slice(0, 40)),
  )
}
