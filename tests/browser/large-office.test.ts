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
import { look } from '#tests/support/looks.ts'
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
    const looked = { viewport, bypassCSP: true, reducedMotion: 'reduce' } as const
    chrome = await launchChrome({ ...notInstalled, ...looked })
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
  await page.getByText(/只含本机上的0个网格/).waitFor()
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
  await page.getByRole('radio', { name: '本机1个网格' }).waitFor()
  await goOnline(chrome.context)
})

const person = () => page.getByRole('gridcell').filter({ hasText: /^.[*＊]/ })

it('the table of all grids is listed by the server, page after page, and a row brings its grid', async () => {
  await go(page, '/table')
  await page.getByRole('radio', { name: /^全部\d+个网格$/ }).check()
  await page.getByText('要说用途，每次查看都留下记录', { exact: false }).waitFor()
  await look(page, 'table-beyond-purpose')
  await timed('a page of the table', async () => {
    await page.getByRole('button', { name: '核对名册' }).click()
    await page.getByText('已列出60人').waitFor()
  })
  await look(page, 'table-beyond')
  await timed('another one', async () => {
    await page.getByRole('grid').evaluate((box) => box.scrollTo(0, box.scrollHeight))
    await page.getByText('已列出120人').waitFor()
  })
  await timed('the table by name', async () => {
    await page.getByTitle('按姓名排序').click()
    await page.getByText(/按姓名升序/).waitFor()
    await page.getByText('已列出60人').waitFor()
  })
  await timed('the table by colour', async () => {
    await page.getByTitle('按五色排序').click()
    await page.getByText(/按五色升序/).waitFor()
    await page.getByText('已列出60人').waitFor()
  })
  await page.setViewportSize({ width: 390, height: 844 })
  await look(page, 'table-beyond-phone')
  await page.setViewportSize({ width: 1180, height: 820 })
  await timed('a row with its grid', async () => {
    await person().first().click()
    await page.waitForURL(/\/resident\//)
  })
  expect((await held()).grids).toBeGreaterThan(0)
})

it('goes out as one file, in slices with progress', async () => {
  await go(page, '/table')
  await page.getByRole('radio', { name: /^全部\d+个网格$/ }).check()
  await page.getByRole('button', { name: '导出' }).click()
  await page.getByLabel('核对名册').check()
  await look(page, 'table-beyond-export')
  const saved = page.waitForEvent('download', { timeout: 600_000 })
  await timed('everybody as a workbook', async () => {
    await page.getByRole('button', { name: '导出文件' }).click()
    await page.getByRole('button', { name: '停止' }).waitFor()
    await saved
  })
  expect((await saved).suggestedFilename()).toMatch(/\.xlsx$/)
})

it('the review counts what waits in other grids, and looks for people registered twice over all', async () => {
  await go(page, '/review')
  await page.getByRole('button', { name: '看别的网格有几条' }).click()
  await page
    .getByText(/别的网格没有要处理的|改得不一样\d+条|人工调色\d+条/)
    .first()
    .waitFor()
  await timed('duplicates over all grids', async () => {
    await page.getByRole('button', { name: '核对证件' }).click()
    await page
      .getByText(/没有找到重复登记的人|^找到\d+对|先列出最像的/)
      .first()
      .waitFor({ timeout: 300_000 })
  })
  await look(page, 'review-beyond')
  await page.setViewportSize({ width: 390, height: 844 })
  await look(page, 'review-beyond-phone')
  await page.setViewportSize({ width: 1180, height: 820 })
})

it('what is held stands under 我的, and leaves when it is let go', async () => {
  await go(page, '/held')
  const letGo = page.getByRole('button', { name: '移走' })
  await letGo.first().waitFor()
  const open = await letGo.count()
  // The one of the search, and the one of a row of the table where that was another.
  expect([1, 2]).toContain(open)
  await timed('let go', async () => {
    for (let n = open; n > 0; n -= 1) {
      await letGo.first().click()
      if (n > 1)
        await page
          .getByText('下次同步时移走')
          .or(letGo.nth(n - 1))
          .first()
          .waitFor()
    }
    await page.getByText('还没有打开网格。下面选一个打开。').waitFor()
  })
  expect(await held()).toEqual({ grids: 0, people: 0 })
})
