/** One old one young: whom nobody met this month, on a worker's telephone without a connection and at the office. */
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { look } from '#tests/support/looks.ts'
import { front, go, save } from '#tests/support/worker-app.ts'
import { peopleAtWork } from '#tests/support/people-at-work.ts'

const { pageOf: enter } = peopleAtWork(1_150)

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
  await save(page, /^保存/)
  await go(page, '/coverage')
  await expect.poll(async () => (await numbersIn(page)).met).toBeGreaterThan(before.met)
  expect((await numbersIn(page)).meant).toBe(before.meant)
})

it('a worker looks at care that has lapsed, without a connection', async () => {
  const page = await enter('worker1', 390, 844)
  const due = front(page).getByRole('heading', { name: /^照护到期\d+项$/ })
  await due.waitFor()
  const before = Number((await due.innerText()).replace(/\D/g, ''))
  await page.context().setOffline(true)
  const stop = front(page).locator('a[href*="/care/"]').first()
  await stop.click()
  await look(page, 'care-form-390')
  await front(page).getByLabel('下次看一看的日子').fill('2027 12 01')
  await save(page, '保存照护安排')
  await go(page, '/')
  await expect
    .poll(async () => {
      const text = (await due.count()) > 0 ? await due.innerText() : '0'
      return Number(text.replace(/\D/g, ''))
    })
    .toBe(before - 1)
  await look(page, 'today-care-390')
})

it('an office sees the figure of all places, and a list by grid', async () => {
  const page = await enter('office2', 1180, 820)
  await go(page, '/overview')
  await page.getByText('特殊困难老人本月已探访').first().waitFor()
  await go(page, '/coverage')
  await page.getByText(/^本月还没见\d+人$/).waitFor()
})
