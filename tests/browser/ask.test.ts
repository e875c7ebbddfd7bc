/** A resident's phone, a code on a wall, and the office behind it: real pages of the built server on two origins. */
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openDatabase } from '#server/db/connect.ts'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { look, lookInSizes } from '#tests/support/looks.ts'
import { sampleJpeg } from '#tests/support/sample-jpeg.ts'
import { createWuseServer, freePort, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { openRequests } from '#tests/support/areas/requests.ts'
import { front, go } from '#tests/support/worker-app.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

const phones = {
  ...{ tablet: { width: 1180, height: 820 }, phone: { width: 390, height: 844 } },
  small: { width: 320, height: 640 },
}

let server: WuseServer
let office: Chrome
let address = ''
beforeAll(async () => {
  const port = await freePort()
  address = `http://localhost:${port}`
  server = await createWuseServer(300, 60, { ASK_PORT: String(port) })
  await server.start()
  office = await launchChrome({
    ...notInstalled,
    ...{ viewport: { width: 1180, height: 820 }, bypassCSP: true, reducedMotion: 'reduce' },
  })
})
afterAll(async () => {
  await office.close()
  await server.remove()
})

async function codesMade(): Promise<readonly string[]> {
  const db = openDatabase(server.databaseUrl())
  try {
    const { rows } = await sql<{ code: string }>`
      select fields->>'code' as code from record where kind = 'code' order by version`.execute(db)
    return rows.map(({ code }) => code)
  } finally {
    await db.destroy()
  }
}

/** What would come out of a printer: how many pages, and the size of the first in points. */
async function printed(page: Page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  const [, width, height] = /\/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? []
  const pages = pdf.match(/\/Type ?\/Page\b/g)?.length ?? 0
  return { pages, width: Math.round(Number(width)), height: Math.round(Number(height)) }
}

/** Its picture as well, where pictures are wanted: paper has no landmarks, so that there is nothing for axe to find. */
async function paperOf(page: Page, label: string) {
  await front(page).getByRole('button', { name: label }).click()
  const pictures = process.env['WUSE_SHOTS']
  if (pictures !== undefined) {
    const path = join(pictures, `paper-${label.slice(3, 5)}.pdf`)
    await page.pdf({ preferCSSPageSize: true, printBackground: true, path })
  }
  return printed(page)
}

/** By the page's own input, as a camera or a gallery gives it. */
async function choose(page: Page, bytes: Uint8Array, name: string): Promise<void> {
  const file = { name, mimeType: 'image/jpeg', buffer: Buffer.from(bytes) }
  await page.locator('input[type=file]').first().setInputFiles(file)
}
const leftOnPhone = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const request = indexedDB.open('ask')
        request.onsuccess = () => {
          const all = request.result.transaction('photo').objectStore('photo').count()
          all.onsuccess = () => resolve(all.result)
        }
      }),
  )

it('is scanned, tapped once and followed; the office made it and sees what came', async () => {
  const desk = await office.context.newPage()
  await signIn(desk, server.url, 'admin')
  await go(desk, '/wall-codes')
  await front(desk).getByText('还没有报事码').waitFor()
  await front(desk).getByLabel('楼幢').selectOption({ index: 1 })
  await front(desk).getByRole('button', { name: '做码' }).first().click()
  await front(desk).getByRole('button', { name: '打印，A4一页四张' }).waitFor()
  await look(desk, 'ask-codes', { fullPage: true })
  // The two entrances of the building: beside each other on A4, a page each on A6.
  await desk.evaluate(() => (window.print = () => {}))
  expect(await paperOf(desk, '打印，A4一页四张')).toEqual({ pages: 1, width: 595, height: 842 })
  expect(await paperOf(desk, '打印，A6一页一张')).toEqual({ pages: 2, width: 298, height: 420 })
  const [code = ''] = await codesMade()
  expect(code).toMatch(/^[0-9A-Z]{22}$/)

  const phone = await launchChrome({
    ...notInstalled,
    ...{ viewport: { width: 390, height: 844 }, bypassCSP: true, reducedMotion: 'reduce' },
  })
  const page = await phone.context.newPage()
  await page.goto(`${address}/${code}`)
  await look(page, 'ask-page', { fullPage: true })
  // What the community has stands folded under the form.
  const canteen = page.getByText('样例助餐点', { exact: true })
  expect(await canteen.isVisible()).toBe(false)
  await page.locator('summary', { hasText: '这里的服务点（3）' }).click()
  await canteen.waitFor()
  await look(page, 'ask-services', { fullPage: true })
  await page.setViewportSize({ width: 320, height: 640 })
  await look(page, 'ask-page-320', { fullPage: true })
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(page, 'ask-page-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 390, height: 844 })

  await page.getByRole('radio', { name: '楼道灯不亮' }).check()
  await page.getByLabel('说说情况（可不填）').fill('二楼灯不亮，电话 100 1234 0078')
  await page.getByText('里面像有电话号码').waitFor()
  await choose(page, sampleJpeg({ width: 4_000, height: 3_000, noise: 1 }), 'IMG_1.jpg')
  await page.getByRole('img', { name: '第1张照片' }).waitFor()
  await choose(page, new TextEncoder().encode('<svg/>'), 'odd.jpg')
  await page.getByText('这个文件不是照片').waitFor()
  // A web view that throws its page away, and a line that is gone.
  await page.reload()
  expect(await page.getByLabel('说说情况（可不填）').inputValue()).toContain('二楼灯不亮')
  await page.getByRole('img', { name: '第1张照片' }).waitFor()
  await look(page, 'ask-page-photo', { fullPage: true })
  await goOffline(phone.context)
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('写的内容已存在这台手机上').first().waitFor()
  await goOnline(phone.context)
  await page.getByLabel('说说情况（可不填）').fill('二楼灯不亮')
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByRole('heading', { name: '收到了' }).waitFor({ timeout: 40_000 })
  const number = (await page.locator('.number').textContent()) ?? ''
  expect(number).toMatch(/-P0-\d\d$/)
  await page.getByText('1 张照片已收到').waitFor()
  // Going on is closed until the code was kept.
  await page.getByRole('button', { name: '完成' }).click({ force: true })
  await page.getByText('请先留住查询码').waitFor()
  await page.getByRole('button', { name: '显示二维码' }).click()
  await page.getByRole('img', { name: '查询码的二维码' }).waitFor()
  await look(page, 'ask-sent', { fullPage: true })
  const token = ((await page.locator('.keep .code').textContent()) ?? '').replace(/\s+/g, '')
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('link', { name: '再报一件' }).waitFor()
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('二楼')

  await page.goto(`${address}/follow#${token}`)
  await page.getByText('等社区受理').waitFor()
  await page.getByText('二楼灯不亮').waitFor()
  await page.getByRole('button', { name: '第1张照片' }).click()
  await page.getByRole('dialog').getByRole('img').waitFor()
  await look(page, 'ask-follow-photo')
  await page.getByRole('button', { name: '关闭' }).click()
  await look(page, 'ask-follow', { fullPage: true })
  // Neither the address nor what the browser would go back to says the code.
  expect(page.url()).toBe(`${address}/follow`)
  await page.getByText('补充几句').first().click()
  await choose(page, sampleJpeg({ width: 800, height: 600, noise: 9, seed: 5 }), 'IMG_2.jpg')
  await page.getByText('1 张照片已收到').waitFor()
  await page.locator('form.say textarea').first().fill('三楼也不亮')
  await page.getByRole('button', { name: '补充', exact: true }).click()
  await page.getByText('好了，已经记下').waitFor()
  await page.getByText('三楼也不亮').waitFor()
  await page.getByRole('button', { name: '第2张照片' }).waitFor()
  expect(await leftOnPhone(page)).toBe(0)

  await openRequests(desk)
  await front(desk).getByText('楼道灯不亮').first().click()
  await front(desk).getByRole('button', { name: '第2张照片' }).click()
  await desk.getByRole('dialog').locator('canvas').waitFor()
  await desk.getByRole('dialog').getByRole('button', { name: '关闭' }).click()

  // For the office alone, with a photograph: it waits, and the office sees it there.
  await page.goto(`${address}/${code}`)
  await page.getByText('称呼、电话、门牌').click()
  await page.getByLabel('只给社区办公室看').check()
  await page.getByRole('radio', { name: '楼道灯不亮' }).check()
  await choose(page, sampleJpeg({ width: 900, height: 1_200, noise: 9, seed: 7 }), 'IMG_3.jpg')
  await page.getByRole('img', { name: '第1张照片' }).waitFor()
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('1 张照片已收到').waitFor({ timeout: 40_000 })
  await go(desk, '/wall-codes/waiting')
  await front(desk).getByRole('button', { name: '第1张照片' }).click()
  await desk.getByRole('dialog').locator('canvas').waitFor()
  await lookInSizes(desk, 'ask-waiting-photo', phones)
  await desk.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  await lookInSizes(desk, 'ask-waiting', phones)
  await desk.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'ask-waiting-dark')
  await desk.emulateMedia({ colorScheme: 'light' })
  await front(desk).getByRole('button', { name: '放行', exact: true }).click()
  await front(desk).getByText('没有待放行的来件').waitFor()
  await openRequests(desk)

  // The same phone with scripts switched off.
  const plain = await phone.context
    .browser()
    ?.newContext({ javaScriptEnabled: false, locale: 'zh-CN' })
  if (!plain) throw new Error('no browser')
  const bare = await plain.newPage()
  await bare.goto(`${address}/${code}`)
  await bare.getByRole('radio', { name: '垃圾没有清运' }).check()
  await bare.getByRole('button', { name: '提交' }).click()
  await bare.getByRole('heading', { name: '收到了' }).waitFor()
  await bare.getByText('社区看过以后交给网格员').waitFor()
  await plain.close()
  await go(desk, '/wall-codes/waiting')
  await front(desk).getByText('没有验算').last().waitFor()
  await look(desk, 'ask-waiting', { fullPage: true })
  await front(desk).getByRole('button', { name: '放行', exact: true }).click()
  await front(desk).getByText('没有待放行的来件').waitFor()

  await go(desk, '/wall-codes/check')
  await front(desk).getByLabel('网址或8位').fill(`${address}/${code}`)
  await front(desk).getByText('这是真的').waitFor()
  await front(desk).getByLabel('网址或8位').fill(`http://ask.example/${code}`)
  await front(desk).getByText('不是我们的：').waitFor()
  await lookInSizes(desk, 'ask-check', phones)
  await phone.close()
})
