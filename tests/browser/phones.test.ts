/** What a phone's screen, keyboard and way back do to a page: measured by what is hit where a finger would be. */
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  launchChrome,
  notInstalled,
  type Chrome,
  type ChromeOptions,
} from '#tests/support/chrome.ts'
import { cutWords } from '#tests/support/looks.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { fillSignIn, signIn, typePin, waitForLock } from '#tests/support/areas/entry.ts'
import { openMe } from '#tests/support/areas/me.ts'
import { openTable } from '#tests/support/areas/office.ts'
import { openFirstHousehold } from '#tests/support/areas/walk.ts'
import { front, go, openTab } from '#tests/support/worker-app.ts'

let server: WuseServer
let chrome: Chrome | null = null

beforeAll(async () => {
  server = await createWuseServer(300)
  await server.start()
})
afterEach(async () => {
  await chrome?.close()
  chrome = null
})
afterAll(() => server.remove())

async function open(options: ChromeOptions): Promise<Page> {
  chrome = await launchChrome({ ...notInstalled, reducedMotion: 'reduce', ...options })
  return chrome.context.newPage()
}

/** Whether a finger at the element's middle, and near its upper and lower edge, would touch the element. */
const isHit = (page: Page, css: string, text = '') =>
  page.evaluate(
    ([selector, wanted]) => {
      const all = [...document.querySelectorAll<HTMLElement>(selector)]
      const element = all.findLast((one) => one.innerText.includes(wanted))
      if (!element) return false
      const { left, top, width, height } = element.getBoundingClientRect()
      return [2, height / 2, height - 2].every((down) =>
        element.contains(document.elementFromPoint(left + width / 2, top + down)),
      )
    },
    [css, text] as const,
  )

async function toPin(page: Page) {
  await page.goto(server.url)
  await fillSignIn(page, 'worker1')
  await page.getByText('设一个6位数字密码').waitFor()
}

/** Nothing has to be scrolled: every key of the pad is on the screen. */
const hiddenKeys = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[role=group] button')]
      .filter((key) => {
        const { left, top, width, height } = key.getBoundingClientRect()
        const isWhole = top >= 0 && top + height <= innerHeight && height >= 48
        return (
          !isWhole || !key.contains(document.elementFromPoint(left + width / 2, top + height / 2))
        )
      })
      .map((key) => key.innerText || (key.getAttribute('aria-label') ?? '')),
  )

describe.each([
  [320, 568],
  [390, 844],
  [844, 390],
  [1180, 820],
])('at %i × %i', (width, height) => {
  it('the PIN pad is there as a whole, when it is chosen and when it unlocks, also with an error', async () => {
    const page = await open({ viewport: { width, height } })
    await toPin(page)
    expect(await hiddenKeys(page)).toEqual([])
    for (let count = 0; count < 6; count += 1) {
      await page.getByRole('button', { name: '1', exact: true }).click()
    }
    await page.getByText('太容易猜到').waitFor()
    expect(await hiddenKeys(page)).toEqual([])
    await typePin(page)
    await page.getByText('再输一次').waitFor()
    await typePin(page)
    await page.getByRole('navigation').first().waitFor({ timeout: 60_000 })
    await page.reload()
    await waitForLock(page)
    expect(await hiddenKeys(page)).toEqual([])
  })
})

describe('a phone', () => {
  it('on its side with the keyboard up shows the field, and no bar lies over it', async () => {
    const page = await open({ viewport: { width: 844, height: 390 } })
    await signIn(page, server.url, 'worker1')
    await openFirstHousehold(page)
    await front(page).getByRole('link', { name: '添加居民' }).click()
    const name = front(page).getByLabel('姓名')
    await name.waitFor()
    // What the keyboard leaves, as `interactive-widget=resizes-content` gives it to the page.
    await page.setViewportSize({ width: 844, height: 190 })
    await name.click()
    await expect.poll(() => page.getByRole('navigation').first().isVisible()).toBe(false)
    const fields = front(page).locator('form input:not([type=radio])')
    await fields.nth(1).focus()
    await expect
      .poll(() =>
        page.evaluate(() => {
          const field = document.activeElement
          const box = field?.getBoundingClientRect()
          if (!field || !box) return false
          const at = (y: number) => document.elementFromPoint(box.left + box.width / 2, y)
          return at(box.top + 2) === field && at(box.bottom - 2) === field
        }),
      )
      .toBe(true)
    // On a list the tabs go while somebody types, and are back without the keyboard.
    await openTab(page, '搜索')
    await page.getByRole('searchbox').click()
    await expect.poll(() => page.getByRole('navigation').first().isVisible()).toBe(false)
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.setViewportSize({ width: 844, height: 390 })
    await expect.poll(() => page.getByRole('navigation').first().isVisible()).toBe(true)
  })

  it('has the save button above a keyboard that does not make the page smaller', async () => {
    const page = await open({ viewport: { width: 390, height: 844 } })
    await page.addInitScript(() => {
      // An iPhone's: the page keeps its height, and only this says what is left of it.
      const seen = Object.assign(new EventTarget(), { height: 844, offsetTop: 0, scale: 1 })
      Object.defineProperty(window, 'visualViewport', { value: seen })
    })
    await signIn(page, server.url, 'worker1')
    await openFirstHousehold(page)
    await front(page).getByRole('link', { name: '添加居民' }).click()
    await front(page).getByLabel('姓名').click()
    await page.evaluate(() => {
      Object.assign(window.visualViewport ?? {}, { height: 508 })
      window.visualViewport?.dispatchEvent(new Event('resize'))
    })
    const foot = await front(page).locator('footer').boundingBox()
    expect(foot && foot.y + foot.height).toBeLessThanOrEqual(508)
    expect(await isHit(page, 'main > section:not([inert]) footer button')).toBe(true)
  })

  it('says what it saved and where, above the tabs, and a tap goes through the word', async () => {
    const page = await open({ viewport: { width: 390, height: 844 } })
    await signIn(page, server.url, 'worker1')
    const household = await openFirstHousehold(page)
    await front(page).getByRole('button', { name: '无变化' }).click()
    const toast = page.getByText(/\d+(?:幢|号).*室 已记走访，已保存到本机/)
    await toast.waitFor()
    await expect
      .poll(() => page.locator('section:not([inert]) header h1').innerText())
      .toContain('今日')
    const [word, tabs] = [await toast.boundingBox(), await page.locator('nav').boundingBox()]
    expect(word && tabs && word.y + word.height).toBeLessThanOrEqual(tabs?.y ?? 0)
    const hit = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x, y)?.closest('[role=status]') === null,
      [(word?.x ?? 0) + 10, (word?.y ?? 0) + 10] as const,
    )
    expect(hit).toBe(true)
    expect(await isHit(page, 'nav a', '搜索')).toBe(true)
    // At the door it stands above the button, and the visit's own line takes it back as well.
    await go(page, household)
    await front(page).getByRole('button', { name: '撤销这次走访' }).waitFor()
    expect(await isHit(page, 'main > section:not([inert]) footer button', '无变化')).toBe(true)
    // It is gone where a form begins.
    await go(page, `${household}/add`)
    await front(page).getByLabel('姓名').waitFor()
    await expect.poll(() => page.getByText('已记走访').count()).toBe(0)
    await go(page, household)
    await front(page).getByRole('button', { name: '撤销这次走访' }).click()
    await page.getByText('已撤销').waitFor()
  })

  it('steps back out of a dialog first, and then from the page', async () => {
    const page = await open({ viewport: { width: 390, height: 844 } })
    await signIn(page, server.url, 'worker1')
    await openFirstHousehold(page)
    const household = front(page).getByRole('button', { name: '无变化' })
    await household.waitFor()
    const address = page.url()
    await front(page).locator('button[data-sync]').click()
    await page.getByRole('dialog').waitFor()
    await page.evaluate(() => history.back())
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => household.isVisible()).toBe(true)
    await expect.poll(() => page.url()).toBe(address)
    await page.evaluate(() => history.back())
    await expect.poll(() => page.locator('section:not([inert]) h1').innerText()).toContain('今日')
  })

  it('leaves three fifths of the height to the page at twice the size of the letters', async () => {
    const page = await open({ viewport: { width: 360, height: 640 } })
    await signIn(page, server.url, 'worker1')
    const share = () =>
      page.evaluate(() => {
        const pane = [...document.querySelectorAll('main > section:not([inert])')].at(-1)
        const bars = pane?.querySelectorAll('header, footer') ?? []
        const held = [...bars, ...document.querySelectorAll('nav')]
          .filter((bar) => bar.tagName === 'NAV' || getComputedStyle(bar).position === 'sticky')
          .reduce((sum, bar) => sum + bar.getBoundingClientRect().height, 0)
        return 1 - held / innerHeight
      })
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '36px'
    })
    await expect.poll(share).toBeGreaterThanOrEqual(0.6)
    await openFirstHousehold(page)
    await front(page).getByRole('button', { name: '无变化' }).waitFor()
    await expect.poll(share).toBeGreaterThanOrEqual(0.6)
    await go(page, `${new URL(page.url()).pathname}/add`)
    await front(page).getByLabel('姓名').waitFor()
    await expect.poll(share).toBeGreaterThanOrEqual(0.6)
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(sideways).toBe(0)
  })

  it('gives a record and a form the room of the tabs, and the tabs back with the list', async () => {
    const page = await open({ viewport: { width: 390, height: 844 } })
    await signIn(page, server.url, 'worker1')
    const tabs = page.getByRole('navigation').first()
    expect(await tabs.isVisible()).toBe(true)
    await openFirstHousehold(page)
    await front(page).getByRole('button', { name: '无变化' }).waitFor()
    await expect.poll(() => tabs.isVisible()).toBe(false)
    const foot = await front(page).locator('footer').boundingBox()
    expect(foot && foot.y + foot.height).toBe(844)
    await front(page).getByRole('button', { name: '返回' }).click()
    await expect.poll(() => tabs.isVisible()).toBe(true)
  })

  it('keeps nothing but the bar when a list is scrolled', async () => {
    const page = await open({ viewport: { width: 390, height: 500 } })
    await signIn(page, server.url, 'worker1')
    const list = front(page)
    await list.locator('a[href^="/household/"]').first().waitFor()
    await list.evaluate((pane) => pane.scrollTo(0, pane.scrollHeight))
    const held = await list.locator('header').evaluate((bar) => bar.getBoundingClientRect())
    expect(held.top).toBe(0)
    expect(held.bottom).toBeLessThanOrEqual(56)
    expect(await list.getByRole('progressbar').first().isVisible()).toBe(true)
    const line = await list.getByRole('progressbar').first().boundingBox()
    expect(line && line.y).toBeLessThan(0)
  })

  it('does not break a door inside its room number', async () => {
    const page = await open({ viewport: { width: 320, height: 568 } })
    await signIn(page, server.url, 'worker1')
    await openFirstHousehold(page)
    await front(page).getByRole('button', { name: '无变化' }).waitFor()
    for (const isLarge of [false, true]) {
      await page.evaluate(
        (large) => document.documentElement.toggleAttribute('data-large', large),
        isLarge,
      )
      const parts = await front(page)
        .locator('h1 span > span')
        .evaluateAll((all) =>
          all.map((one) => ({ text: one.textContent, lines: one.getClientRects().length })),
        )
      expect(parts.length).toBeGreaterThanOrEqual(2)
      expect(parts.filter(({ lines }) => lines !== 1)).toEqual([])
    }
  })
})

describe('an input method', () => {
  const compose = (session: CDPSession, text: string) =>
    session.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })

  it('puts a number into the identity field once, however it composes the digits', async () => {
    const page = await open({ viewport: { width: 390, height: 844 } })
    const session = await page.context().newCDPSession(page)
    await signIn(page, server.url, 'worker1')
    await openFirstHousehold(page)
    await front(page).getByRole('link', { name: '添加居民' }).click()
    const field = front(page).locator('input[inputmode=numeric]').first()
    await field.click()
    const number = '200101199001010014'
    for (let length = 1; length <= 7; length += 1) await compose(session, number.slice(0, length))
    await session.send('Input.insertText', { text: number.slice(0, 7) })
    await expect.poll(() => field.inputValue()).toBe('200101 1')
    await field.fill('')
    for (let length = 1; length <= 18; length += 1) await compose(session, number.slice(0, length))
    await session.send('Input.insertText', { text: number })
    await expect.poll(() => field.inputValue()).toBe('200101 19900101 0014')
  })

  it('keeps the last answer of a search while the next character is composed', async () => {
    const page = await open({ viewport: { width: 390, height: 844 } })
    const session = await page.context().newCDPSession(page)
    await signIn(page, server.url, 'worker1')
    const named = await page.locator('a[href^="/household/"]').first().innerText()
    const surname = /[\u4e00-\u9fff](?=\*)/.exec(named)?.[0] ?? '王'
    await openTab(page, '搜索')
    const field = page.getByRole('searchbox')
    await field.click()
    await session.send('Input.insertText', { text: surname })
    const hits = () => front(page).locator('a[href^="/resident/"]').count()
    await expect.poll(hits).toBeGreaterThan(0)
    const before = await hits()
    for (const letters of ['q', 'qw', 'qwx']) {
      await compose(session, letters)
      expect(await page.getByText('没有找到').count()).toBe(0)
      expect(await hits()).toBe(before)
    }
    await session.send('Input.insertText', { text: '龘' })
    await page.getByText('没有找到').waitFor()
  })
})

it('a dialog stays where marked text ends beside it, and goes where the press began there', async () => {
  const page = await open({ viewport: { width: 1180, height: 820 } })
  await signIn(page, server.url, 'office2')
  await openTable(page)
  await page.getByRole('button', { name: '保存视图' }).click()
  const dialog = page.getByRole('dialog')
  const field = dialog.getByRole('textbox').first()
  await field.fill('样例视图')
  const box = await field.boundingBox()
  if (!box) throw new Error('no field')
  await page.mouse.move(box.x + 60, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(20, box.y + 10, { steps: 5 })
  await page.mouse.up()
  await expect.poll(() => dialog.isVisible()).toBe(true)
  await expect.poll(() => field.inputValue()).toBe('样例视图')
  await page.mouse.click(20, 400)
  await dialog.waitFor({ state: 'detached' })
})

it('what is chosen has an edge where the system chooses the colours', async () => {
  const page = await open({ viewport: { width: 390, height: 844 }, forcedColors: 'active' })
  await signIn(page, server.url, 'worker1')
  const edge = (css: string) =>
    page
      .locator(css)
      .first()
      .evaluate((one) => getComputedStyle(one).outlineStyle)
  expect(await edge('nav a[aria-current=page]')).toBe('solid')
  expect(await edge('nav a:not([aria-current])')).toBe('none')
  // The halves of a switch between two views, and the chips of a filter.
  await openTab(page, '网格')
  await front(page).getByText('列表').first().waitFor()
  const [chosen, other] = await Promise.all(
    ['列表', '地图'].map((name) =>
      front(page)
        .getByText(name, { exact: true })
        .first()
        .evaluate((one) => {
          const part = one.closest('a, button, label') ?? one
          const all = [part, ...part.querySelectorAll('*')]
          return all.some((each) => getComputedStyle(each).outlineStyle === 'solid')
        }),
    ),
  )
  expect([chosen, other]).toEqual([true, false])
  await openTab(page, '今日')
  expect(await edge('main [aria-pressed=true], main input:checked + *')).toBe('solid')
})

describe.each([
  [320, 568],
  [1180, 820],
])('in English at %i × %i', (width, height) => {
  it('no tab, chip or button is cut', async () => {
    const page = await open({ viewport: { width, height } })
    await signIn(page, server.url, width < 900 ? 'worker1' : 'office2')
    await openMe(page)
    await page.getByRole('radio', { name: 'English' }).check()
    const tabs =
      width < 900
        ? ['Today', 'Grid', 'Search', 'Me']
        : ['Desk', 'Requests', 'Register', 'Colours', 'Review', 'Manage', 'Me']
    await page
      .getByRole('link', { name: tabs[0] ?? '', exact: true })
      .first()
      .waitFor()
    for (const tab of tabs) {
      await openTab(page, tab)
      await page.locator('main h1').first().waitFor()
      expect({ tab, cut: await cutWords(page) }).toEqual({ tab, cut: [] })
    }
  })
})
