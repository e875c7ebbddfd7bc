/**
 * An administrator's day in an office of more people than a device carries: the first list without one of them, a search over all, a
 * grid with one tap, work in it without a connection, and it is let go. Prints what it took; `WUSE_RESIDENTS` makes the office
 * larger (350000 is filled in some minutes).
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn, unlock } from '#tests/support/areas/entry.ts'
import { lockNow } from '#tests/support/areas/me.ts'
import { go } from '#tests/support/worker-app.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

const residents = Number(process.env['WUSE_RESIDENTS'] ?? 6_000)
const carried = residents >= 60_000 ? 50_000 : Math.round(residents / 2)
/** Seconds for the filling, also on a slow machine. */
const patience = 60 + residents / 100

let server: WuseServer
let chrome: Chrome
let page: Page
const figures: string[] = []

beforeAll(
  async () => {
    const settings = { DEVICE_RESIDENTS: String(carried) }
    server = await createWuseServer(residents, patience, settings)
    await server.start()
    const viewport = { width: 1280, height: 900 }
    chrome = await launchChrome({ ...notInstalled, viewport, reducedMotion: 'reduce' })
    page = await chrome.context.newPage()
  },
  2 * patience * 1_000,
)
afterAll(async () => {
  process.stdout.write(`\nan office of ${residents}: ${figures.join(', ')}\n`)
  await chrome.close()
  await server.remove()
})

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const done = await work()
  figures.push(`${what} ${Math.round(performance.now() - began)} ms`)
  return done
}

async function heap(when: string) {
  const devtools = await chrome.context.newCDPSession(page)
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  figures.push(`heap ${when} ${Math.round(usedSize / 1e6)} MB`)
  await devtools.detach()
}

const range = () => page.getByText(/在本机的\d+个网格、[\d,]+人里找/)
const held = async () => {
  await go(page, '/search')
  const [, grids = '', people = ''] =
    /(\d+)个网格、([\d,]+)人/.exec(await range().innerText()) ?? []
  return { grids: Number(grids), people: Number(people.replaceAll(',', '')) }
}

it('begins with the office’s figures and nobody of the register', async () => {
  await timed('sign-in to the first page', () => signIn(page, server.url, 'admin'))
  await page.getByText(/只含本机上的0个网格，共\d+个/).waitFor()
  expect(await held()).toEqual({ grids: 0, people: 0 })
  await heap('with nothing held')
})

it('finds somebody of the whole subdistrict, and opens the grid with one tap', async () => {
  await go(page, '/search')
  // Whoever they are, somebody has one of these.
  const sought = ['小明', '建国', '秀兰', '志强', '丽华', '1000', '0001']
  for (const text of sought) {
    await page.getByRole('searchbox').fill(text)
    await page.getByRole('button', { name: '联系本人' }).click()
    await page.getByText(/全部网格里找到|全部网格里也没有找到|只显示前/).waitFor()
    if (await page.getByText(/全部网格里找到|只显示前\d+个，请再输几个字后重新/).isVisible()) break
  }
  await timed('search at the server', async () => {
    await page.getByRole('button', { name: '联系本人' }).click()
    await page.getByText('打开网格').first().waitFor()
  })
  const hit = page.getByRole('listitem').filter({ hasText: '打开网格' }).first()
  const name = (await hit.locator('button').first().innerText()).split('\n')[0] ?? ''
  await timed('a grid opened', async () => {
    await hit.getByRole('button').first().click()
    await page.locator('a[href^="/resident/"]').first().waitFor()
  })
  await page.locator('a[href^="/resident/"]').first().click()
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: name.slice(0, 1) })
    .waitFor()
  const now = await held()
  expect(now.grids).toBe(1)
  expect(now.people).toBeGreaterThan(100)
  await heap('with one grid')
})

it('the grid is there after the lock, without a connection; the table says over what it ranges', async () => {
  const before = await held()
  await lockNow(page)
  await goOffline(chrome.context)
  await timed('unlocked', () => unlock(page))
  expect(await held()).toEqual(before)
  await go(page, '/table')
  await page
    .getByText(/只含本机上的1个网格，共\d+个/)
    .first()
    .waitFor()
  await goOnline(chrome.context)
})

it('what is held stands under 我的, and leaves when it is let go', async () => {
  await go(page, '/held')
  await page.getByRole('button', { name: '移走' }).waitFor()
  expect(await page.getByRole('button', { name: '移走' }).count()).toBe(1)
  await timed('let go', async () => {
    await page.getByRole('button', { name: '移走' }).click()
    await page.getByText('还没有打开网格。下面选一个打开。').waitFor()
  })
  expect(await held()).toEqual({ grids: 0, people: 0 })
})
