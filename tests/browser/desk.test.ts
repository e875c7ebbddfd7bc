/** The office's desk and its rail, by role and size: every page in two taps, nothing cut, nothing that a role may not see. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { cramped, cutWords, findings } from '#tests/support/looks.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { openMe } from '#tests/support/areas/me.ts'
import { openDesk } from '#tests/support/areas/office.ts'
import { front, go, openTab, save, waitForSync } from '#tests/support/worker-app.ts'
import { goOffline } from '#tests/support/offline.ts'

const shots = process.env['WUSE_SHOTS']
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

async function enter(login: string, [width, height]: readonly [number, number]): Promise<Page> {
  const viewport = { width, height }
  const chrome = await launchChrome({
    ...notInstalled,
    viewport,
    bypassCSP: true,
    reducedMotion: 'reduce',
  })
  open.push(chrome)
  const page = await chrome.context.newPage()
  await signIn(page, server.url, login)
  // 我的 is there from the first; what else an account has comes with a later script.
  await railOf(page).getByRole('link').nth(1).waitFor()
  return page
}

const railOf = (page: Page) => page.getByRole('navigation', { name: /^(主导航|Main)$/ })
const viewsOf = (page: Page) => page.getByRole('navigation', { name: /^(同类页面|Pages)$/ })
const pathOf = (page: Page) => new URL(page.url()).pathname

async function linksIn(page: Page, of: 'rail' | 'views') {
  const nav = of === 'rail' ? railOf(page) : viewsOf(page)
  return nav
    .getByRole('link')
    .evaluateAll((links) =>
      links.map((link): [string, string] => [
        (link as HTMLElement).innerText.replace(/\d/g, '').trim(),
        link.getAttribute('href') ?? '',
      ]),
    )
}

async function expectWhole(page: Page, at: string) {
  expect({ at, cut: await cutWords(page), cramped: await cramped(page, 48) }).toEqual({
    ...{ at, cut: [], cramped: [] },
  })
}

/** Taps every entry and every page at its head, or in the list that a narrow screen has; says where these led. */
async function walk(page: Page): Promise<Record<string, string[]>> {
  const seen: Record<string, string[]> = {}
  for (const [name, href] of await linksIn(page, 'rail')) {
    await railOf(page).locator(`a[href="${href}"]`).click()
    await expect.poll(() => pathOf(page)).toBe(href)
    await page.locator('main h1').first().waitFor()
    await expectWhole(page, href)
    if (shots) await page.screenshot({ path: `${shots}/rail-${name}.png` })
    const list =
      href === '/office'
        ? await front(page)
            .getByRole('link')
            .evaluateAll((links) => links.map((a) => a.getAttribute('href') ?? ''))
        : (await linksIn(page, 'views')).map(([, to]) => to)
    seen[name] = list.length > 0 ? list : [href]
    for (const to of list) {
      await railOf(page).locator(`a[href="${href}"]`).click()
      await page.locator(`main a[href="${to}"]`).first().click()
      await expect.poll(() => pathOf(page)).toBe(to)
      await page.locator('main h1').first().waitFor()
      await expect.poll(() => railOf(page).locator('[aria-current=page]').count()).toBe(1)
      await expectWhole(page, to)
    }
  }
  return seen
}

const requests = ['/requests', '/requests/overview', '/requests/import', '/wall-codes/waiting']
const topics = ['/topics', '/meetings']
const jobs = {
  工作台: ['/desk', '/today', '/desk/grids', '/coverage', '/declarations'],
  诉求: [...requests, ...topics],
  登记: ['/table', '/grid', '/import', '/search', '/services', '/funds'],
  五色: ['/overview', '/scheme'],
  复核: ['/review'],
}
const manage = ['/places', '/people', '/devices', '/protection', '/approvals', '/protection/purge']
const ofAdmin = {
  ...jobs,
  诉求: [...requests, '/requests/catalogue', '/requests/calendar', ...topics],
  管理: [...manage, '/hotline/systems', '/wall-codes', '/audit'],
  我的: ['/me'],
}

describe('the rail', () => {
  it('has seven jobs for an administrator, and every page is two taps away', async () => {
    const page = await enter('admin', [1180, 820])
    expect(pathOf(page)).toBe('/desk')
    expect(await walk(page)).toEqual(ofAdmin)
    const last = await railOf(page).getByRole('link').last().boundingBox()
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(820)
  })

  it('shows a clerk no page that is not a clerk’s', async () => {
    const page = await enter('office2', [1280, 800])
    expect(await walk(page)).toEqual({ ...jobs, 管理: [...manage, '/wall-codes'], 我的: ['/me'] })
  })

  it('keeps an auditor and a unit to what they had', async () => {
    const auditor = await enter('auditor', [1180, 820])
    await expect.poll(() => pathOf(auditor)).toBe('/overview')
    expect(await walk(auditor)).toEqual({
      诉求: ['/requests/overview'],
      五色: ['/overview', '/scheme'],
      管理: ['/protection', '/approvals', '/audit'],
      我的: ['/me'],
    })
    const unit = await enter('unit1', [390, 844])
    expect((await linksIn(unit, 'rail')).map(([name]) => name)).toEqual(['诉求', '我的'])
  })

  it('is five tabs on a phone: a worker’s own, and an office’s with the rest behind one', async () => {
    const worker = await enter('worker1', [390, 844])
    expect((await linksIn(worker, 'rail')).map(([name]) => name)).toEqual([
      ...['今日', '网格', '诉求', '搜索', '我的'],
    ])
    const admin = await enter('admin', [390, 844])
    const seen = await walk(admin)
    expect(Object.keys(seen)).toEqual(['工作台', '诉求', '登记', '办公', '我的'])
    expect(new Set(Object.values(seen).flat())).toEqual(new Set(Object.values(ofAdmin).flat()))
  })

  it.each([
    ['大字', 1180, 820],
    ['大字', 390, 844],
    ['English', 1180, 820],
    ['English', 390, 844],
  ] as const)('in %s at %i × %i nothing is cut', async (how, width, height) => {
    const page = await enter('admin', [width, height])
    await openMe(page)
    await page.getByRole('radio', { name: how, exact: true }).check({ force: true })
    const seen = await walk(page)
    expect(Object.keys(seen)).toHaveLength(width < 900 ? 5 : 7)
  })

  it('leaves every address where it was', async () => {
    const page = await enter('admin', [1180, 820])
    for (const path of Object.values(ofAdmin).flat()) {
      await go(page, path)
      await expect.poll(() => pathOf(page)).toBe(path)
      await expect.poll(() => railOf(page).locator('[aria-current=page]').count()).toBe(1)
    }
    await go(page, '/')
    await expect.poll(() => pathOf(page)).toBe('/desk')
    expect(await findings(page)).toEqual([])
  })
})

describe('the desk', () => {
  it('shows what waits, and every number opens its list', async () => {
    const page = await enter('office2', [1180, 820])
    const desk = front(page)
    await desk.getByText(/网格和设备：.* 的数字/).waitFor()
    expect(await desk.getByRole('link', { name: /新诉求，待受理/ }).count()).toBe(0)
    await go(page, '/requests/new')
    await front(page).getByLabel('什么事').fill('样例：二楼灯不亮')
    await front(page).getByLabel('在哪里').fill('样例苑 3幢')
    await save(page, '保存诉求')
    await waitForSync(page, 'up-to-date')
    await openDesk(page)
    await desk.getByRole('link', { name: /新诉求，待受理 1 最早 .* 前/ }).click()
    await page.getByRole('button', { name: '只看待受理', pressed: true }).waitFor()
    await page.getByText('样例：二楼灯不亮').first().waitFor()
    await openDesk(page)
    await desk.getByRole('link', { name: /逾期的走访/ }).click()
    await expect.poll(() => pathOf(page)).toBe('/today')
    await page.getByRole('button', { name: /^逾期 \d+/, pressed: true }).waitFor()
    await openDesk(page)
    await desk.getByText(/网格和设备：.* 的数字/).waitFor()
    expect(await findings(page)).toEqual([])
    if (shots) await page.screenshot({ path: `${shots}/desk.png` })

    // Without a connection it goes on from what this device holds, and says of when the rest is.
    await goOffline(page.context())
    await desk.getByRole('button', { name: '再读一次' }).click()
    await desk.getByText(/现在没有网络，网格和设备是 .* 的数字/).waitFor()
    await desk.getByRole('link', { name: /新诉求，待受理 1/ }).waitFor()
  })
})

describe('the overview', () => {
  it.each([
    [1180, 820],
    [1280, 800],
  ] as const)('shows the first of its places above the fold at %i × %i', async (width, height) => {
    const page = await enter('admin', [width, height])
    await openTab(page, '五色')
    const row = front(page).getByRole('row').nth(1)
    await row.waitFor()
    const box = await row.boundingBox()
    expect((box?.y ?? height) + (box?.height ?? height)).toBeLessThanOrEqual(height)
    await front(page).getByText('各色的原因').waitFor()
    expect(await findings(page)).toEqual([])
    // Each figure of the first row leads to its list.
    await front(page)
      .getByRole('link', { name: /^\d+ 逾期/ })
      .click()
    await expect.poll(() => pathOf(page)).toBe('/today')
  })

  it('is printed without the app around it, whole', async () => {
    const page = await enter('admin', [1180, 820])
    await openTab(page, '五色')
    await front(page).getByRole('row').nth(1).waitFor()
    await page.emulateMedia({ media: 'print' })
    await expect.poll(() => railOf(page).isVisible()).toBe(false)
    await expect.poll(() => viewsOf(page).isVisible()).toBe(false)
    const isWhole = () =>
      page.evaluate(() => document.documentElement.scrollHeight > innerHeight * 1.5)
    await expect.poll(isWhole).toBe(true)
  })
})
