/** The building chart in real Chromium: filters, paper, picture, and how it looks on a phone and a tablet. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { cramped, findings, look, waitForRest } from '#tests/support/looks.ts'
import { copyOffice, type OfficeCopy } from '#tests/support/office-copy.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { front, go, openTab, waitUntilInstalled } from '#tests/support/worker-app.ts'

const sizes = [
  { name: 'phone', viewport: { width: 390, height: 844 } },
  { name: 'tablet', viewport: { width: 1180, height: 820 } },
] as const

let server: WuseServer
let office: OfficeCopy
/** The building with the most rooms, and everybody's names in it. */
let building: { readonly id: string; readonly title: string; readonly rooms: number }
let names: ReadonlySet<string>

beforeAll(async () => {
  server = await createWuseServer(1_150)
  await server.start()
  office = await copyOffice(server.url, 'worker1')
  const counts = new Map<string, number>()
  for (const { fields } of office.all('dwelling')) {
    counts.set(fields.building, (counts.get(fields.building) ?? 0) + 1)
  }
  const [id = '', rooms = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? []
  const fields = office.get('building', id)?.fields
  building = { id, rooms, title: `${fields?.estate ?? ''} ${fields?.name ?? ''}` }
  names = new Set(office.all('resident').map((resident) => resident.fields.name))
})

afterAll(() => server.remove())

const chartOf = (page: Page) => page.locator('main > section:not([inert])').first()
const cells = (page: Page) => chartOf(page).locator('table a')
const status = (page: Page) => chartOf(page).locator('p[role=status]')
const away = (page: Page) => chartOf(page).locator('table a[aria-label$="不符合"]')
const chips = (page: Page): Locator => chartOf(page).getByRole('group', { name: '筛选' })

/** What else can be asked for than a colour. */
async function askMore(page: Page): Promise<Locator> {
  await chartOf(page).getByRole('button', { name: /^筛选/ }).click()
  return page.getByRole('dialog', { name: '筛选' })
}

async function matching(page: Page): Promise<number> {
  return Number(/符合(\d+)间/.exec((await status(page).textContent()) ?? '')?.[1] ?? NaN)
}

describe.each(sizes)('at $name size', ({ name, viewport }) => {
  let chrome: Chrome
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    chrome = await launchChrome({ viewport, bypassCSP: true, acceptDownloads: true })
    page = await chrome.context.newPage()
    page.on('pageerror', (fault) => faults.push(fault.message))
    await signIn(page, server.url, 'worker1')
    await waitUntilInstalled(page)
  })

  afterAll(() => chrome.close())

  it('shows every room, and nothing that axe or a thumb minds', async () => {
    await openTab(page, '网格')
    await go(page, `/building/${building.id}`)
    await status(page).getByText(`共${building.rooms}间`).waitFor()
    await expect.poll(() => cells(page).count()).toBeGreaterThan(5)
    await look(page, `chart-${name}`)
  })

  it('filters by colour, reason, residence and overdue together, and says how many match', async () => {
    const chip = chips(page).getByRole('button').first()
    await chip.click()
    const byColour = await matching(page)
    expect(byColour).toBe(Number(/\d+/.exec((await chip.textContent()) ?? '')?.[0]))
    expect(byColour).toBeLessThan(building.rooms)
    await expect.poll(() => away(page).count()).toBeGreaterThan(0)
    await waitForRest(page)
    expect(await findings(page)).toEqual([])

    await (await askMore(page)).getByLabel('按户籍筛选').selectOption('settled')
    await page.getByRole('button', { name: '看结果' }).click()
    const both = await matching(page)
    expect(both).toBeLessThanOrEqual(byColour)
    await chartOf(page).getByRole('button', { name: '清除筛选' }).click()
    await expect.poll(() => status(page).textContent()).toBe(`共${building.rooms}间`)
    await expect.poll(() => away(page).count()).toBe(0)

    const reason = (await askMore(page)).getByLabel('按原因筛选')
    const option = reason.locator('option').nth(1)
    await reason.selectOption({ index: 1 })
    const asked = Number(/\d+$/.exec((await option.textContent()) ?? '')?.[0])
    await waitForRest(page)
    expect(await cramped(page, 48)).toEqual([])
    await page.getByRole('button', { name: '看结果' }).click()
    expect(await matching(page)).toBe(asked)
  })

  it('keeps the filter while somebody looks into a room, and puts nothing of it into the address', async () => {
    const before = await status(page).textContent()
    await cells(page).first().click()
    await front(page).getByRole('heading').first().waitFor()
    await page.goBack()
    await expect.poll(() => status(page).textContent()).toBe(before)
    await openTab(page, '今日')
    await openTab(page, '网格')
    await go(page, `/building/${building.id}`)
    await expect.poll(() => status(page).textContent()).toBe(before)
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(
      `/building/${building.id}`,
    )
    await chartOf(page).getByRole('button', { name: '清除筛选' }).click()
  })

  it('prints the building alone, in marks, without a name; and the app is back afterwards', async () => {
    await page.evaluate(() => {
      window.print = () => window.dispatchEvent(new Event('beforeprint'))
    })
    await chartOf(page).getByRole('button', { name: '更多操作' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '打印' }).click()
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const paper = (await page.locator('body').innerText()).replace(/\s+/g, ' ')
    expect(paper).toContain(`${building.title} 楼栋图`)
    expect(paper).toMatch(/\d{4}年\d+月\d+日 规则：.+ 第\d+版/)
    expect(paper).not.toContain('今日')
    await expect.poll(() => page.locator('body > [data-light] td b').count()).toBe(building.rooms)
    expect([...names].filter((name) => paper.includes(name))).toEqual([])
    expect(paper).not.toMatch(/\d{6}/)
    // Light on paper, though the screen is dark.
    const ink = await page
      .locator('body > [data-light] h1')
      .evaluate((head) => getComputedStyle(head).color.match(/\d+/g)?.map(Number) ?? [])
    expect(Math.max(...ink)).toBeLessThan(80)
    await page.emulateMedia({ media: null, colorScheme: null })
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await status(page).waitFor()
    await expect.poll(() => page.locator('body > [data-light]').count()).toBe(0)
  })

  it('fits on sheets of A4 when the browser prints by its own menu', async () => {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    const sheets = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)]
    expect(sheets.length).toBeGreaterThan(0)
    expect(sheets.length).toBeLessThan(4)
    for (const [, width, height] of sheets) {
      expect(Math.abs(Number(width) - 595)).toBeLessThan(2)
      expect(Math.abs(Number(height) - 842)).toBeLessThan(2)
    }
    await expect.poll(() => page.locator('body > [data-light]').count()).toBe(0)
  })

  it('saves a picture without the network: a PNG named by building and day', async () => {
    await server.stop()
    const wait = page.waitForEvent('download')
    await chartOf(page).getByRole('button', { name: '更多操作' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '存为图片' }).click()
    const download = await wait
    expect(download.suggestedFilename()).toMatch(/^[\p{Script=Han}\d]+幢?-\d{4}-\d{2}-\d{2}\.png$/u)
    const file = await readFile(await download.path())
    expect(file.subarray(0, 8)).toEqual(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]))
    const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)]
    expect(width).toBeGreaterThanOrEqual(1_440)
    expect(height).toBeGreaterThan(600)
    expect(width * height).toBeLessThan(16_700_000)
    await page.getByText('图片已存到“下载”').waitFor()
    await server.start()
  })

  it('met no fault', () => {
    expect(faults).toEqual([])
  })
})
