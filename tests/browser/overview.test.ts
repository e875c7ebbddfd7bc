/** The overview as an office reads it: on a tablet and a phone, with and without a connection, and as a workbook. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { read, utils } from '@e965/xlsx'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { signInDevice } from '#tests/bench/http-device.ts'
import { look } from '#tests/support/looks.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { front, go, openTab } from '#tests/support/worker-app.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

const phone = { width: 390, height: 844 }
const tablet = { width: 1180, height: 820 }
const upright = { width: 820, height: 1180 }

let server: WuseServer

beforeAll(async () => {
  server = await createWuseServer(3_450)
  await server.start()
  await findHazard()
})
afterAll(() => server.remove())

/** Somebody reports a hazard to life, so that a colour changes today. */
async function findHazard() {
  const worker = await signInDevice(server.url, 'worker1')
  const { records } = await worker.pull()
  const dwelling = records.find(({ kind, fields }) => kind === 'dwelling' && !fields?.hazards)
  if (!dwelling) throw new Error('no dwelling')
  const hazard = { id: randomUUID(), type: '02', found: '2026-11-20', toLife: true }
  await worker.pushAll([worker.patch(dwelling, { hazards: { add: [hazard] } })])
}

async function open(login: string, viewport: { width: number; height: number }, more: object = {}) {
  const chrome = await launchChrome({
    ...notInstalled,
    ...{ viewport, bypassCSP: true, reducedMotion: 'reduce', acceptDownloads: true },
    ...more,
  })
  const page = await chrome.context.newPage()
  await signIn(page, server.url, login)
  return { chrome, page }
}

describe('on the office’s tablet', () => {
  let office: { chrome: Chrome; page: Page }
  beforeAll(async () => {
    office = await open('admin', tablet)
  })
  afterAll(() => office.chrome.close())

  it('goes from the subdistrict down to a grid, and opens it', async () => {
    const { page } = office
    await openTab(page, '五色')
    const here = front(page)
    await here.getByRole('heading', { name: '富春街道' }).waitFor()
    await here.getByRole('table').first().waitFor()
    await here.getByText('每周走势').waitFor()
    await look(page, 'overview-subdistrict-tablet')
    // What changed today, with the rule that explains it.
    await here.getByText('1套', { exact: true }).scrollIntoViewIfNeeded()
    await here
      .getByText(/^开始：/)
      .first()
      .waitFor()
    await look(page, 'overview-shifts-tablet')
    await here.getByRole('row').getByRole('link', { name: '蒋家桥社区' }).click()
    await front(page).getByRole('heading', { name: '蒋家桥社区' }).waitFor()
    await front(page).getByRole('heading', { name: '各网格' }).waitFor()
    await look(page, 'overview-community-tablet')
    await front(page).getByLabel('排列').selectOption('overdue')
    const late = await front(page).locator('tbody tr td:nth-of-type(9)').allTextContents()
    const counts = late.map((text) => parseInt(text, 10))
    expect(counts).toEqual([...counts].sort((one, other) => other - one))
    await front(page).getByLabel('排列').selectOption('order')
    const numbers = await front(page).getByRole('row').nth(1).getByRole('cell').allTextContents()
    // The first grid of the demo holds 1,150 residents; its colours add up to them.
    expect(numbers[1]).toBe('1,150')
    const colours = numbers.slice(2, 8).map((text) => Number(text.replace(',', '')))
    expect(colours.reduce((sum, n) => sum + n, 0)).toBe(1_150)
    await front(page).getByRole('row').nth(1).getByRole('link').click()
    await front(page).getByRole('heading', { name: '第一网格' }).waitFor()
    await look(page, 'overview-grid-tablet')
    await front(page).getByText('看每周的数字').click()
    await look(page, 'overview-weeks-tablet')
    await front(page).getByRole('button', { name: '打开这个网格' }).click()
    await page.waitForURL(/\/grid$/)
    await page.getByRole('heading', { name: '第一网格' }).waitFor()
  })

  it('gives its figures as a workbook, with nobody in it', async () => {
    const { page } = office
    await go(page, '/overview')
    const button = front(page).getByRole('button', { name: '导出表格（Excel）' })
    await button.waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
    expect(download.suggestedFilename()).toMatch(/^五色总览-富春街道-\d{4}-\d\d-\d\d\.xlsx$/)
    const book = read(await readFile(await download.path()))
    expect(book.SheetNames).toEqual(['各处', '走势', '今天的变化'])
    const rows = utils.sheet_to_json<(string | number)[]>(book.Sheets['各处']!, { header: 1 })
    const head = rows.findIndex((row) => row[0] === '地方')
    expect(rows[head + 1]?.slice(0, 3)).toEqual(['富春街道', '街道', 3_450])
    // Every row adds up: six colours are its residents.
    for (const row of rows.slice(head + 1)) {
      expect(row.slice(3, 9).reduce<number>((sum, n) => sum + Number(n), 0)).toBe(row[2])
    }
    expect(utils.sheet_to_json(book.Sheets['走势']!, { header: 1 }).length).toBeGreaterThan(12)
  })

  it('is read without a connection as it was last, and says so', async () => {
    const { page, chrome } = office
    await go(page, '/overview')
    await front(page).getByText('每周走势').waitFor()
    await goOffline(chrome.context)
    await front(page).getByRole('button', { name: '再读一次' }).click()
    await front(page)
      .getByText(/^现在没有网络。下面是 .* 读到的数/)
      .waitFor()
    await front(page).getByText('这台设备上现在的数字').waitFor()
    await front(page)
      .getByText(/由本机的\d+个网格当场算出/)
      .waitFor()
    // What the device counts is what the server told: nothing happened in between.
    const totals = await front(page).getByText('3,450', { exact: true }).count()
    expect(totals).toBeGreaterThan(1)
    await look(page, 'overview-offline-tablet')
    await page.setViewportSize(upright)
    await look(page, 'overview-offline-upright')
    await page.setViewportSize(tablet)
    await goOnline(chrome.context)
  })
})

describe('on a phone', () => {
  it('is a list of cards, in the dark as well', async () => {
    const { chrome, page } = await open('office2', phone, { colorScheme: 'dark' })
    await go(page, '/overview')
    await front(page).getByRole('heading', { name: '蒋家桥社区' }).waitFor()
    await front(page).getByText('今天的变化和原因').waitFor()
    await look(page, 'overview-phone-dark')
    await front(page)
      .getByRole('link', { name: /第三网格/ })
      .scrollIntoViewIfNeeded()
    await look(page, 'overview-cards-phone-dark')
    await front(page).getByText('每周走势').scrollIntoViewIfNeeded()
    await look(page, 'overview-weeks-phone-dark')
    await chrome.close()
  })

  it('tells an auditor no small number, and why', async () => {
    const { chrome, page } = await open('auditor', phone)
    await go(page, '/overview')
    await front(page).getByText('人数少于5').waitFor()
    await front(page)
      .getByRole('link', { name: /蒋家桥社区/ })
      .click()
    await front(page).getByRole('heading', { name: '蒋家桥社区' }).waitFor()
    await front(page).getByText('走势只给能看到居民的人看').waitFor()
    // How many grids nobody walks is a number of places and of no person.
    const texts = await front(page)
      .locator('dd, td, b, [role=group] > :not(:has-text("没有网格员的网格")) :is(strong, span)')
      .allTextContents()
    expect(texts.filter((text) => /^[1-4]$/.test(text.trim()))).toEqual([])
    expect(texts).toContain('···')
    await look(page, 'overview-auditor-phone')
    await chrome.close()
  })
})
