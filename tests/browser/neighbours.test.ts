/** One old one young: whom nobody met this month, on a worker's telephone without a connection and at the office. */
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { instantToDay } from '#domain/day.ts'
import { isPresent } from '#domain/resident.ts'
import { cutWords, look, waitForRest } from '#tests/support/looks.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { front, go, openTab, save, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { peopleAtWork } from '#tests/support/people-at-work.ts'
import { testClock } from '#tests/support/test-clock.ts'
import { goOffline } from '#tests/support/offline.ts'

const { enter: withDevice, pageOf: enter, url } = peopleAtWork(1_150)

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
  await goOffline(page.context())
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
  await goOffline(page.context())
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

/** Who was met last of all before today, and has nothing arranged: nobody is sent there today. */
async function metLately() {
  const register = await copyOffice(url(), 'worker1')
  const today = testClock.today()
  const met = register
    .all('visit')
    .map(({ fields }) => ({ household: fields.household, day: instantToDay(fields.at) }))
    .filter(({ day }) => day < today)
    .sort((a, b) => (a.day < b.day ? 1 : -1))
  const people = register.all('resident').filter(({ fields }) => isPresent(fields))
  for (const { household } of met) {
    const home = people.filter(({ fields }) => fields.household === household)
    const [person] = home
    if (person && home.every(({ fields }) => !fields.cares?.length)) return { household, person }
  }
  throw new Error('nobody was met')
}

it('a request leads to care in one tap, whose day is a visit on the list; services are read offline', async () => {
  const { household, person } = await metLately()
  const today = testClock.today()
  const { page } = await withDevice('worker1', 390, 844, {})
  await waitUntilInstalled(page)
  await goOffline(page.context())
  const stop = page.locator(`main a[href="/household/${household}"]`, { hasText: '照护到期' })
  expect(await stop.count()).toBe(0)
  await go(page, `/resident/${person.id}/request`)
  await front(page).getByLabel('什么事').fill('样例：做不了午饭')
  await save(page, '保存诉求')
  await front(page).getByRole('button', { name: '已交给本人' }).click()
  await openTab(page, '诉求')
  await front(page)
    .getByRole('link', { name: /样例：做不了午饭/ })
    .click()
  await front(page)
    .getByRole('link', { name: /加一项照护/ })
    .click()
  // Where somebody cooks is asked on the way, and nobody has a signal.
  const form = page.url()
  await front(page)
    .getByRole('link', { name: /服务点/ })
    .click()
  await front(page)
    .getByRole('link', { name: /样例助餐点/ })
    .click()
  await front(page).getByText('100-0000-0101').first().waitFor()
  await look(page, 'service-offline-390')
  await go(page, new URL(form).pathname + new URL(form).search)
  await front(page).getByRole('radio', { name: '助餐' }).check()
  await front(page).getByLabel('谁来做').fill('样例助餐点')
  await front(page).getByLabel('下次看一看的日子').fill(today.replaceAll('-', ' '))
  await save(page, '保存照护安排')
  await go(page, '/')
  await stop.first().waitFor()
  await look(page, 'today-care-due-390', { fullPage: true })
})

it('an office sees the figure of all places, and a list by grid', async () => {
  const page = await enter('office2', 1180, 820)
  await go(page, '/overview')
  await page.getByText('特殊困难老人本月已探访').first().waitFor()
  await go(page, '/coverage')
  await page.getByText(/^本月还没见\d+人$/).waitFor()
})

it('begins each page at its head, and where somebody was for whoever goes back to it', async () => {
  const page = await enter('worker1', 360, 640)
  const top = () => front(page).evaluate((pane) => pane.scrollTop)
  await page.locator('main a[href^="/household/"]').first().click()
  await front(page).getByRole('button', { name: '有变化' }).waitFor()
  await front(page).evaluate((pane) => pane.scrollTo(0, 60))
  await expect.poll(top).toBe(60)
  await front(page).getByRole('link', { name: '添加居民' }).click()
  await front(page).getByLabel(/^姓名/).waitFor()
  expect(await top()).toBe(0)
  await page.goBack()
  await front(page).getByRole('button', { name: '有变化' }).waitFor()
  await expect.poll(top).toBe(60)
})

it('finds from the list of today which doors are still to be asked, and from one’s own page the meetings', async () => {
  const page = await enter('worker1', 390, 844)
  await front(page).getByRole('heading', { name: '正在逐户征求意见' }).waitFor()
  await front(page)
    .getByRole('link', { name: /样例：楼道灯改造.*还没问\d+户/ })
    .click()
  await front(page)
    .getByRole('link', { name: /还没问/ })
    .first()
    .waitFor()
  await openTab(page, '我的')
  await look(page, 'me-neighbours-390', { fullPage: true })
  await front(page).getByRole('link', { name: '议事会、选民接待' }).click()
  await front(page).getByText('1件没办').waitFor()
})

it('leaves the desk whole beside an open page', async () => {
  for (const width of [1180, 1280]) {
    const page = await enter('office2', width, 800)
    await go(page, '/desk')
    await page.getByText('来人走人，待核实').waitFor()
    await go(page, '/topics/new')
    await front(page).getByLabel(/^议题/).waitFor()
    // Nothing of it reaches over its neighbour, and no word of a row is broken into a column of its own.
    const narrow = await page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'main > section:first-of-type h2 + *, main > section:first-of-type ul a',
        ),
      ]
        .filter((one) => one.checkVisibility())
        .filter((one) => one.getBoundingClientRect().height > 110)
        .map((one) => one.innerText),
    )
    expect(narrow).toEqual([])
    expect(await cutWords(page)).toEqual([])
    await look(page, `desk-beside-${String(width)}`)
  }
})

it('keeps the words of the tabs apart in large letters, in either language', async () => {
  const page = await enter('worker1', 360, 640)
  for (const language of ['简体中文', 'English']) {
    await go(page, '/me')
    await front(page).getByRole('radio', { name: language }).check()
    await front(page)
      .getByRole('radio', { name: /^(大字|Large)$/ })
      .check()
    await page.locator(':root[data-large]').waitFor({ state: 'attached' })
    await waitForRest(page)
    const gaps = await page.evaluate(() => {
      const words = [...document.querySelectorAll('nav a > span')].map((one) =>
        one.getBoundingClientRect(),
      )
      return words.map(({ left }, at) => left - (words[at - 1]?.right ?? 0))
    })
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2)
    expect(await cutWords(page)).toEqual([])
  }
})
