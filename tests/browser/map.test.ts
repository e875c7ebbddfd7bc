/** The grid as a map in real Chromium: drawn without the server, filtered, walked by keyboard, on phone and tablet. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { look, waitForRest } from '#tests/support/looks.ts'
import { pmtilesFile } from '#tests/support/pmtiles-file.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn, unlock } from '#tests/support/areas/entry.ts'
import {
  front,
  go,
  openTab,
  save,
  waitForSync,
  waitUntilInstalled,
} from '#tests/support/worker-app.ts'

const sizes = [
  { name: 'phone', viewport: { width: 390, height: 844 } },
  { name: 'tablet', viewport: { width: 1180, height: 820 } },
] as const

let server: WuseServer

beforeAll(async () => {
  server = await createWuseServer(1_150)
  await server.start()
})
afterAll(() => server.remove())

const pane = (page: Page) => page.locator('main > section:not([inert])').first()
const marks = (page: Page) => pane(page).locator('[data-mark]')
const groupMarks = (page: Page) => pane(page).locator('button[data-mark]')
const buildingMarks = (page: Page) => pane(page).locator('a[data-mark]')
const chips = (page: Page) => pane(page).getByRole('group', { name: '筛选' })
const status = (page: Page) => pane(page).locator('p[role=status]').first()

/** Rooms and buildings that the page says match. */
async function told(page: Page): Promise<readonly [number, number]> {
  const text = (await status(page).textContent()) ?? ''
  const [rooms, buildings] = [...text.matchAll(/\d+/g)].map(Number)
  return [rooms ?? NaN, buildings ?? NaN]
}

/** All numbers beside the colours, over all marks. */
async function roomsOnMarks(page: Page): Promise<number> {
  const texts = await marks(page).locator(':scope > span').allTextContents()
  return texts.flatMap((text) => text.match(/\d+/g) ?? []).reduce((sum, n) => sum + Number(n), 0)
}

/** How many buildings the page says are in the list alone. */
async function withoutPlace(page: Page): Promise<number> {
  const text = (await pane(page).textContent()) ?? ''
  return Number(/有(\d+)栋还没有位置/.exec(text)?.[1] ?? 0)
}

/** Whether what has the focus lies within the map. */
function isInside(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const mark = document.activeElement?.getBoundingClientRect()
    const map = document.querySelector('[data-map]')?.getBoundingClientRect()
    if (!mark || !map) return false
    return mark.right > map.left && mark.left < map.right && mark.bottom > map.top
  })
}

/** The colour of the map near its lower left corner, beside everything that stands on it. */
async function corner(page: Page): Promise<readonly number[]> {
  const shot = await pane(page).locator('[data-map] canvas').screenshot()
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const pen = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
    pen?.drawImage(picture, 0, 0)
    return [...(pen?.getImageData(12, 140, 1, 1).data ?? [])].slice(0, 3)
  }, shot.toString('base64'))
}

/** The token that water is drawn in. */
function water(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => {
    const hex = getComputedStyle(document.body).getPropertyValue('--accent-soft').trim()
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))
  })
}

async function waitForMap(page: Page): Promise<void> {
  await pane(page).locator('[data-map=drawn]').waitFor({ timeout: 30_000 })
  await marks(page).first().waitFor()
}

describe.each(sizes)('at $name size', ({ name, viewport }) => {
  let chrome: Chrome
  let page: Page
  const faults: string[] = []
  const foreign: string[] = []

  const check = (what: string) => look(page, `map-${what}-${name}`)

  beforeAll(async () => {
    chrome = await launchChrome({ viewport, bypassCSP: true, reducedMotion: 'reduce' })
    page = await chrome.context.newPage()
    page.on('pageerror', (fault) => faults.push(fault.message))
    page.on('console', (line) => {
      if (line.type() === 'error') faults.push(line.text())
    })
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (/^https?:/.test(url.protocol) && url.origin !== server.url) foreign.push(url.origin)
    })
    await signIn(page, server.url, 'worker1')
    await waitUntilInstalled(page)
  })
  afterAll(() => chrome.close())

  it('is drawn without the server, though nobody opened it before', async () => {
    await server.stop()
    await openTab(page, '网格')
    await status(page).waitFor()
    await check('list')
    await pane(page).getByRole('link', { name: '地图' }).click()
    await waitForMap(page)
    await expect.poll(() => status(page).textContent()).toMatch(/^共\d+间，\d+栋楼$/)
    // What the phone has placed by then is placed on the tablet as well.
    expect(await withoutPlace(page)).toBeGreaterThan(0)
    await check('map')
  })

  it('counts on its marks what the filters leave', async () => {
    const all = await roomsOnMarks(page)
    await chips(page).getByRole('button').first().click()
    await expect.poll(() => roomsOnMarks(page)).toBeLessThan(all)
    const [rooms] = await told(page)
    expect(rooms).toBeGreaterThan(0)
    // Every red room stands in a building with a place, or on the list beside the map.
    expect(await roomsOnMarks(page)).toBeLessThanOrEqual(rooms)
    await check('filtered')
    await pane(page).getByRole('button', { name: /^筛选/ }).click()
    await page.getByLabel('按户籍筛选').selectOption('settled')
    await page.getByRole('button', { name: '看结果' }).click()
    expect((await told(page))[0]).toBeLessThanOrEqual(rooms)
    await pane(page).getByRole('link', { name: '列表' }).click()
    // The same question, asked of the list.
    await pane(page).getByRole('button', { name: '清除筛选' }).waitFor()
    const listed = await pane(page).locator('a[href^="/building/"]').count()
    expect(listed).toBe((await told(page))[1])
    await pane(page).getByRole('button', { name: '清除筛选' }).click()
    await pane(page).getByRole('link', { name: '地图' }).click()
    await waitForMap(page)
    expect(await roomsOnMarks(page)).toBe(all)
  })

  it('comes closer until a tap opens a building, and is left as it was', async () => {
    const before = await marks(page).count()
    for (let taps = 0; taps < 8 && (await buildingMarks(page).count()) === 0; taps += 1) {
      // The first of them may lie outside by now: a focus brings it into view.
      if (taps === 0) await groupMarks(page).first().click()
      else await groupMarks(page).first().press('Enter')
      await waitForRest(page)
    }
    await check('closer')
    const mark = buildingMarks(page).first()
    const href = await mark.getAttribute('href')
    await mark.focus()
    await expect.poll(() => isInside(page)).toBe(true)
    await waitForRest(page)
    await mark.click()
    await expect.poll(() => new URL(page.url()).pathname).toBe(href)
    await status(page)
      .getByText(/共\d+间/)
      .waitFor()
    await page.goBack()
    await waitForMap(page)
    await expect.poll(() => pane(page).locator(`a[data-mark][href="${href}"]`).count()).toBe(1)
    await pane(page).getByRole('button', { name: '看全部' }).click()
    await expect.poll(() => marks(page).count()).toBe(before)
  })

  it('is walked by keyboard', async () => {
    await pane(page).locator('canvas').focus()
    await expect
      .poll(() => pane(page).locator('canvas').getAttribute('aria-label'))
      .toContain('地图')
    const before = await marks(page).evaluateAll((all) => all.map((one) => one.dataset['mark']))
    await page.keyboard.press('=')
    await page.keyboard.press('=')
    await expect
      .poll(() => marks(page).evaluateAll((all) => all.map((one) => one.dataset['mark'])))
      .not.toEqual(before)
    await marks(page).last().focus()
    await expect.poll(() => isInside(page)).toBe(true)
    await pane(page).getByRole('button', { name: '看全部' }).press('Enter')
    await waitForRest(page)
  })

  it('takes in a building whose coordinates somebody pasted from a shifted map', async () => {
    const before = await withoutPlace(page)
    await pane(page)
      .getByText(/，还没有位置$/)
      .first()
      .click()
    await pane(page).getByRole('button', { name: '更多操作' }).click()
    await page.getByRole('dialog').getByRole('link', { name: '位置' }).click()
    const form = front(page)
    await form.getByLabel('坐标', { exact: true }).fill('30.05, 19.96')
    await form.getByText('这两个数不在国内').waitFor()
    await form.getByLabel('坐标', { exact: true }).fill('119.953300，30.047300')
    await form.getByText(/离本网格最近的楼\d+米/).waitFor()
    await form.getByRole('radio', { name: /GCJ-02/ }).check({ force: true })
    await form.getByText(/存入（WGS 84） 30\.04\d+, 119\.94\d+/).waitFor()
    await check('location')
    await save(page, '保存位置')
    await go(page, '/grid/map')
    await waitForMap(page)
    expect(await withoutPlace(page)).toBe(before - 1)
  })

  it('asked no other origin, and met no fault', async () => {
    expect(foreign).toEqual([])
    // What the stopped server did not answer is no fault of the app's.
    expect(faults.filter((fault) => !/ERR_CONNECTION_REFUSED|ERR_EMPTY/.test(fault))).toEqual([])
    await server.start()
    await waitForSync(page, 'up-to-date')
  })

  it('stands in the dark as well', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await check('dark')
    await page.emulateMedia({ colorScheme: null })
  })
})

describe('with a ground of the deployment’s own', () => {
  let own: WuseServer
  let chrome: Chrome
  let page: Page
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wuse-ground-'))
    const file = join(folder, 'sample.pmtiles')
    await writeFile(file, pmtilesFile())
    own = await createWuseServer(300, 60, { MAP_FILE: file, MAP_CREDIT: '样例审图号' })
    await own.start()
    // The policy as it is: what it refuses would be missing on the map.
    chrome = await launchChrome({ viewport: sizes[0].viewport, reducedMotion: 'reduce' })
    page = await chrome.context.newPage()
    await signIn(page, own.url, 'worker1')
    await waitUntilInstalled(page)
  })
  afterAll(async () => {
    await chrome.close()
    await own.remove()
    await rm(folder, { recursive: true })
  })

  it('is drawn from parts of its file, which stay on the device', async () => {
    await go(page, '/grid/map')
    await waitForMap(page)
    await pane(page).getByText('底图已存到本机，没有网络也能看。 样例审图号').waitFor()
    await expect.poll(() => corner(page)).toEqual(await water(page))
  })

  it('is there with the server gone', async () => {
    await own.stop()
    await page.reload()
    await unlock(page)
    await go(page, '/grid/map')
    await waitForMap(page)
    await pane(page).getByText('底图已存到本机').waitFor()
    await expect.poll(() => corner(page)).toEqual(await water(page))
  })
})
