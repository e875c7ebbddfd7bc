/**
 * What a screen reader is told: names, roles and order of the worker's day and of the office's main pages, read from the
 * browser's own accessibility tree.
 */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { openMe } from '#tests/support/areas/me.ts'
import { openTable, openView } from '#tests/support/areas/office.ts'
import { openFirstHousehold } from '#tests/support/areas/walk.ts'
import { front, go, openTab, waitForSync } from '#tests/support/worker-app.ts'

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

async function open(width: number, height: number, login: string): Promise<Page> {
  chrome = await launchChrome({
    ...notInstalled,
    viewport: { width, height },
    reducedMotion: 'reduce',
  })
  const page = await chrome.context.newPage()
  await signIn(page, server.url, login)
  return page
}

interface Spoken {
  readonly role: string
  readonly name: string
}

/** Everything that is spoken, in order, without what only holds other things. */
async function spoken(page: Page): Promise<readonly Spoken[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const list: Spoken[] = []
  const visit = (id: string) => {
    const node = byId.get(id)
    if (!node) return
    const role = String(node.role?.value ?? '')
    if (!node.ignored && !/^(?:none|generic|StaticText|InlineTextBox|LineBreak)$/.test(role)) {
      list.push({ role, name: String(node.name?.value ?? '') })
    }
    for (const child of node.childIds ?? []) visit(child)
  }
  if (nodes[0]) visit(nodes[0].nodeId)
  await session.detach()
  return list
}

const controls = /^(?:button|link|textbox|searchbox|combobox|checkbox|radio|switch|tab|spinbutton)$/

type Patterns = readonly (readonly [string, RegExp])[]

/**
 * What somebody can do has a name, and what the patterns name is spoken in their order. The browser draws up what it
 * speaks a little after the page: it is read until it fits.
 */
async function expectSpoken(page: Page, patterns: Patterns = []): Promise<readonly Spoken[]> {
  return vi.waitFor(
    async () => {
      const all = await spoken(page)
      expectNamed(all)
      expectOrder(all, patterns)
      return all
    },
    { timeout: 30_000, interval: 200 },
  )
}

function expectNamed(all: readonly Spoken[]) {
  expect(all.filter(({ role, name }) => controls.test(role) && name.trim() === '')).toEqual([])
  // A mark or an arrow alone is no name.
  const bare = all.filter(({ role, name }) => controls.test(role) && !/[\p{L}\p{N}]/u.test(name))
  expect(bare).toEqual([])
}

/** The places of the first that fit each pattern, in the order in which they are spoken. */
function expectOrder(all: readonly Spoken[], patterns: Patterns) {
  let at = -1
  for (const [role, name] of patterns) {
    const next = all.findIndex(
      (one, index) => index > at && one.role === role && name.test(one.name),
    )
    const heard = all.slice(at + 1).map((one) => `${one.role} ${one.name}`)
    expect(next, `${role} ${String(name)} among ${heard.join(' | ')}`).toBeGreaterThan(at)
    at = next
  }
}

it('a worker hears the list, the door, the form, the search and what was saved', async () => {
  const page = await open(390, 844, 'worker1')
  await waitForSync(page, 'up-to-date')
  await expectSpoken(page, [
    ['navigation', /主导航/],
    ['link', /今日/],
    ['link', /网格/],
    ['link', /搜索/],
    ['link', /我的/],
    ['main', /^/],
    ['heading', /今日/],
    ['button', /同步状态：已同步/],
    ['link', /单元|室/],
  ])

  const household = await openFirstHousehold(page)
  await front(page).getByRole('button', { name: '无变化' }).waitFor()
  const door = await expectSpoken(page, [
    ['button', /返回/],
    ['heading', /\d+(?:幢|号).*室/],
    ['button', /同步状态/],
    ['heading', /./],
    ['link', /添加居民/],
    ['button', /无变化/],
    ['button', /有变化/],
  ])
  // The list that lies under it is not read.
  expect(door.filter(({ role, name }) => role === 'heading' && name.includes('今日'))).toEqual([])

  await front(page).getByRole('button', { name: '无变化' }).click()
  await page.getByText('已保存到本机').waitFor()
  const live = page.locator('[aria-live=polite]', { hasText: '已保存到本机' })
  await expect.poll(() => live.count()).toBe(1)

  await go(page, `${household}/add`)
  await front(page).getByLabel('姓名').waitFor()
  await expectSpoken(page, [
    ['button', /返回/],
    ['heading', /添加居民/],
    ['textbox', /姓名/],
    ['button', /保存/],
  ])
  await front(page).locator('footer button').click()
  const wrong = page.locator('[aria-invalid=true]').first()
  await wrong.waitFor()
  const note = (await wrong.getAttribute('aria-describedby')) ?? ''
  await expect.poll(() => page.locator(`[id="${note}"]`).getAttribute('aria-live')).toBe('polite')
  // The first wrong field has the focus, so that its reason is what is heard.
  await expect.poll(() => wrong.evaluate((one) => one === document.activeElement)).toBe(true)

  await openTab(page, '搜索')
  await page.getByRole('searchbox').fill('w')
  await front(page).getByRole('status').filter({ hasText: /\d/ }).first().waitFor()
  await expectSpoken(page, [
    ['heading', /搜索/],
    ['searchbox', /./],
    ['status', /^/],
    ['link', /./],
  ])
  await openTab(page, '网格')
  await page.locator('a[href^="/building/"]').first().click()
  await front(page).getByRole('heading', { level: 1 }).waitFor()
  await expectSpoken(page)
  await openMe(page)
  await front(page).getByRole('radio', { name: '大字' }).waitFor()
  await expectSpoken(page, [
    ['heading', /我的/],
    ['radio', /大字/],
    ['button', /立即锁定/],
  ])
  await front(page).locator('button[data-sync]').click()
  await page.getByRole('dialog').waitFor()
  await expectSpoken(page, [
    ['dialog', /同步/],
    ['heading', /同步/],
    ['button', /关闭/],
  ])
})

it('an office hears its pages: table, overview, import, places, five colours', async () => {
  const page = await open(1180, 820, 'office2')
  for (const [job, tab, heading] of [
    ['登记', '花名册', /花名册/],
    // Named after its place, once its numbers are there.
    ['五色', '总览', /社区$/],
    ['登记', '导入', /导入/],
    ['管理', '地方', /地方/],
    ['五色', '五色规则', /五色/],
  ] as const) {
    await openView(page, job, tab)
    await page.getByRole('heading', { level: 1 }).filter({ hasText: heading }).first().waitFor()
    await expectSpoken(page, [
      ['navigation', /主导航/],
      ['link', new RegExp(job)],
      ['main', /^/],
      ['heading', heading],
      ['navigation', /同类页面/],
      ['link', new RegExp(tab)],
    ])
  }
  await openTable(page)
  await page.getByRole('grid').waitFor()
  const rows = () => page.getByRole('grid').getAttribute('aria-rowcount')
  await expect.poll(async () => Number(await rows())).toBeGreaterThan(100)
  await expectSpoken(page, [
    ['searchbox', /./],
    ['grid', /./],
    ['columnheader', /姓名/],
    ['gridcell', /./],
  ])
})
