/** How a page looks to those who see little, or have large thumbs: axe's findings, and what is cut or cramped. */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/** A folder for pictures of every screen that a test looks at; without it none is taken. */
const pictures = process.env['WUSE_SHOTS'] || undefined

export interface LookOptions {
  /** What a thumb needs in CSS pixels: more where letters are larger. */
  readonly least?: number
  /** The picture is of the whole page, not of what fits the screen. */
  readonly fullPage?: boolean
}

/**
 * Looks at a screen once it has come to rest: takes its picture where one is wanted, and expects that axe finds nothing,
 * that no target is smaller than a thumb needs, and that nothing reaches beyond the screen. The context needs
 * `bypassCSP`: the app's policy lets no other script in.
 */
export async function look(
  page: Page,
  name: string,
  { least = 48, fullPage = false }: LookOptions = {},
): Promise<void> {
  await waitForRest(page)
  if (pictures !== undefined)
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage })
  const seen = { screen: name, axe: await findings(page), cramped: await cramped(page, least) }
  expect(seen).toEqual({ screen: name, axe: [], cramped: [] })
}

/** Looks at a screen in several sizes, and leaves it in the first of them. */
export async function lookInSizes(
  page: Page,
  name: string,
  sizes: Readonly<Record<string, { readonly width: number; readonly height: number }>>,
  options?: LookOptions,
): Promise<void> {
  const before = page.viewportSize()
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    await look(page, `${name}-${size}`, options)
  }
  if (before) await page.setViewportSize(before)
}

/** As many frames in a row without a change as a page at rest has; a busy machine draws them slower. */
const framesAtRest = 6

/** Until the fonts are there, every open pane shows something, no animation with an end runs, and nothing changes any more. */
export async function waitForRest(page: Page): Promise<void> {
  await page.evaluate(async (frames) => {
    let changed = 0
    const changes = new MutationObserver(() => (changed += 1))
    changes.observe(document, {
      ...{ subtree: true, childList: true, characterData: true, attributes: true },
    })
    const runs = (animation: Animation) =>
      animation.playState === 'running' &&
      animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY
    const isBlank = () =>
      [...document.querySelectorAll('main > section:not([inert])')].some(
        (pane) => pane.textContent.trim() === '',
      )
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    try {
      await document.fonts.ready
      for (let still = 0; still < frames; still += 1) {
        const before = changed
        await frame()
        const isMoving = changed !== before || document.getAnimations().some(runs)
        if (isMoving || isBlank()) still = -1
      }
    } finally {
      changes.disconnect()
    }
  }, framesAtRest)
}

interface Finding {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** What axe finds on the page as it stands, as lines that say where. */
export async function findings(page: Page): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window)
  if (!isThere) await page.evaluate(axeSource)
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

/**
 * Targets smaller than a thumb needs (a mouse at a desk needs 40 px), and text that reaches beyond the screen. Larger
 * letters need more height; 48 px are as wide as a thumb is, and six equal levels fit beside each other at 320 px.
 */
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
      if (height < smallest - 0.5 || width < Math.min(48, smallest) - 0.5) {
        wrong.push(
          `small: ${width.toFixed(0)}×${height.toFixed(0)} ${element.outerHTML.slice(0, 120)}`,
        )
      }
    }
    if (document.documentElement.scrollWidth > innerWidth)
      wrong.push('the page is wider than the screen')
    for (const pane of document.querySelectorAll('main > section')) {
      if (!shown(pane) || pane.scrollWidth <= pane.clientWidth + 1) continue
      const { right } = pane.getBoundingClientRect()
      const scrolls = (one: Element | null): boolean =>
        one !== null &&
        one !== pane &&
        (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(one).overflowX) ||
          scrolls(one.parentElement))
      const wide = [...pane.querySelectorAll('*')].find(
        (one) => one.getBoundingClientRect().right > right + 1 && !scrolls(one.parentElement),
      )
      wrong.push(`a pane is wider than its place: ${wide?.outerHTML.slice(0, 160) ?? ''}`)
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
        // A line that moves sideways brings all of it into view.
        let moves = false
        for (
          let at = one.parentElement;
          at && !moves && !at.matches('main > section');
          at = at.parentElement
        ) {
          moves =
            ['auto', 'scroll'].includes(getComputedStyle(at).overflowX) &&
            at.scrollWidth > at.clientWidth
        }
        return isWider || (!moves && (right > innerWidth + 1 || left < -1))
      })
      .map((one) => one.innerText.slice(0, 40)),
  )
}
