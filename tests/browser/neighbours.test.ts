/** One old one young: whom nobody met this month, on a worker's telephone without a connection and at the office. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { front, go, signIn } from '#tests/support/worker-app.ts'

let server: WuseServer
const open: Chrome[] = []

beforeAll(async () => {
  server = await createWuseServer(1_150)
  await server.start()
})
afterEach(async () => {
  for (const chrome of open.splice(0)) await chrome.close()
})
afterAll(() => server.remove())

async function enter(login: string, width: number, height: number): Promise<Page> {
  const chrome = await launchChrome({
    ...notInstalled,
    viewport: { width, height },
    bypassCSP: true,
    reducedMotion: 'reduce',
  })
  open.push(chrome)
  const page = await chrome.context.newPage()
  await signIn(page, server.url, login)
  return page
}

const numbersIn = async (page: Page) => {
  const text = await page
    .getByText(/^已见\d+ \/ \d+$/)
    .first()
    .innerText()
  const [met = NaN, meant = NaN] = (text.match(/\d+/g) ?? []).map(Number)
  return { met, meant }
}

it('a worker meets somebody of the month by telephone, without a connection', async () => {
  const page = await enter('worker1', 390, 844)
  const row = page.getByRole('link', { name: /探访关爱/ })
  await row.waitFor()
  await look(page, 'today-coverage')
  await row.click()
  await front(page)
    .getByText(/^本月还没见\d+人$/)
    .waitFor()
  const before = await numbersIn(page)
  expect(before.meant).toBeGreaterThan(before.met)
  await look(page, 'coverage-390')
  await page.setViewportSize({ width: 320, height: 640 })
  await look(page, 'coverage-320')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(page, 'coverage-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  const person = front(page).locator('a[href^="/household/"]').first()
  const household = await person.getAttribute('href')
  await person.click()
  await go(page, `${household ?? ''}/visit`)
  await front(page).getByRole('radio', { name: '电话' }).check()
  await page.context().setOffline(true)
  await front(page).getByRole('button', { name: /^保存/ }).click()
  await page
    .getByText(/走访已存本机|已保存到本机/)
    .first()
    .waitFor()
  await go(page, '/coverage')
  await expect.poll(async () => (await numbersIn(page)).met).toBeGreaterThan(before.met)
  expect((await numbersIn(page)).meant).toBe(before.meant)
})

it('an office sees the figure of all places, and a list by grid', async () => {
  const page = await enter('office1', 1180, 820)
  await go(page, '/overview')
  await page.getByText('特困老人本月已探访').first().waitFor()
  await look(page, 'overview-coverage', { fullPage: true })
  await go(page, '/coverage')
  await page.getByText(/^本月还没见\d+人$/).waitFor()
  await look(page, 'coverage-1180')
})
