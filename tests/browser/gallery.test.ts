/** Every piece of the kit in every state: axe finds nothing, nothing is cut, every target is as large as a thumb. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { cramped, cutWords, findings } from '#tests/support/looks.ts'
import { serveGallery } from '#tests/gallery/serve-gallery.ts'

let served: Awaited<ReturnType<typeof serveGallery>>
let chrome: Chrome
let page: Page

beforeAll(async () => {
  served = await serveGallery()
  chrome = await launchChrome({ reducedMotion: 'reduce' })
  page = await chrome.context.newPage()
})
afterAll(async () => {
  await chrome.close()
  await served.close()
})

type Media = NonNullable<Parameters<Page['emulateMedia']>[0]>

async function open(query = '', width = 390, media: Media = {}): Promise<void> {
  await page.setViewportSize({ width, height: 844 })
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...media })
  await page.goto(served.address + query)
  await page.getByRole('heading', { name: 'Kit', exact: true }).waitFor()
}

const dark: Media = { colorScheme: 'dark' }
const views: readonly (readonly [string, string, number, number, Media])[] = [
  ['light', '', 390, 48, {}],
  ['dark', '', 390, 48, dark],
  ['a small phone', '', 320, 48, {}],
  ['English', '?en', 390, 48, {}],
  ['English on a small phone in the dark', '?en', 320, 48, dark],
  ['large letters', '?large', 390, 60, {}],
  ['largest letters, English', '?largest&en', 390, 60, {}],
  ['large letters on a small phone in the dark', '?large', 320, 60, dark],
  ['forced colours', '', 390, 48, { forcedColors: 'active' }],
  ['a desk with a mouse', '', 1440, 48, {}],
]

it.each(views)('in %s', async (_, query, width, least, media) => {
  await open(query, width, media)
  const pieces = await page.locator('main section[aria-label]').count()
  expect(pieces).toBeGreaterThanOrEqual(15)
  expect(await findings(page)).toEqual([])
  expect(await cramped(page, least)).toEqual([])
  expect(await cutWords(page)).toEqual([])
  await page.getByRole('button', { name: /^(?:设置|Settings)$/ }).click()
  await page.getByRole('dialog').waitFor()
  expect(await findings(page)).toEqual([])
  expect(await cramped(page, least)).toEqual([])
})

it('ranks the levels without colour: filled, two edges, one edge, an outline, dashes', async () => {
  await open()
  const weights = await page
    .locator('section[aria-label=LevelMark] > div:last-child button')
    .evaluateAll((cells) =>
      cells.map((cell) => {
        const look = getComputedStyle(cell)
        const isFilled = look.backgroundColor === look.borderTopColor
        return isFilled ? 'filled' : `${look.borderTopWidth} ${look.borderTopStyle}`
      }),
    )
  expect(weights).toEqual(['filled', 'filled', '2px solid', '1px solid', '1px solid', '1px dashed'])
})

it('the strip has six equal cells of 60 px at 320 px', async () => {
  await open('', 320)
  const cells = await page
    .locator('section[aria-label=LevelStrip] > div:first-of-type button')
    .evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().toJSON() as DOMRect))
  expect(cells).toHaveLength(6)
  for (const { height, width } of cells) {
    expect(height).toBeGreaterThanOrEqual(60)
    expect(Math.abs(width - (cells[0]?.width ?? 0))).toBeLessThan(2)
  }
})

it('nothing moves where motion is unwanted', async () => {
  await open()
  await page.getByRole('button', { name: '设置' }).click()
  await page.getByRole('dialog').waitFor()
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
})
