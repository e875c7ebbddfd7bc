/** A fund from pledge to printed sheet: an office, a worker without a connection, a neighbour's phone, and the paper. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { signIn } from '#tests/support/areas/entry.ts'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { pdfText } from '#tests/support/pdf-text.ts'
import { sampleJpeg } from '#tests/support/sample-jpeg.ts'
import { createWuseServer, freePort, type WuseServer } from '#tests/support/wuse-server.ts'
import { front, go, waitForSync, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

let server: WuseServer
let address = ''
const open: Chrome[] = []
beforeAll(async () => {
  const port = await freePort()
  address = `http://localhost:${port}`
  server = await createWuseServer(300, 60, { ASK_PORT: String(port) })
  await server.start()
})
afterAll(async () => {
  for (const chrome of open) await chrome.close()
  await server.remove()
})

async function device(width: number, height: number, more: object = notInstalled): Promise<Page> {
  const chrome = await launchChrome({
    ...more,
    ...{ viewport: { width, height }, bypassCSP: true, reducedMotion: 'reduce' },
  })
  open.push(chrome)
  return chrome.context.newPage()
}

const shown = (page: Page) => front(page)
const agree = async (page: Page, fund: string, row: RegExp) => {
  await go(page, fund)
  await shown(page).getByRole('link', { name: row }).first().click()
  await shown(page).getByRole('button', { name: '看过了，确认入账' }).click()
  await shown(page).getByText('已入账').waitFor()
}

it('goes from a pledge to a printed sheet whose code is that of the page', async () => {
  const desk = await device(1180, 820)
  await signIn(desk, server.url, 'office2')
  // By the stickers on walls a device knows where the page for residents is.
  await go(desk, '/wall-codes')
  await shown(desk).getByLabel('楼幢').selectOption({ index: 1 })
  await shown(desk).getByRole('button', { name: '做码' }).first().click()
  await shown(desk).getByRole('button', { name: '打印，A4一页四张' }).waitFor()
  await go(desk, '/funds')
  await look(desk, 'funds-office-list')
  await go(desk, '/funds/new')
  await shown(desk).getByLabel('做什么用').fill('样例灯改造')
  await shown(desk).getByLabel('哪一幢（可不选）').selectOption({ index: 1 })
  await shown(desk).getByLabel('怎么商定的（可不填）').fill('11月18日楼道议事，12户同意')
  await look(desk, 'fund-new', { fullPage: true })
  await shown(desk).getByRole('button', { name: '开账', exact: true }).click()
  await shown(desk).getByText('还没有账目').waitFor()
  // Nobody removes an account, so nothing offers to undo it.
  await desk.getByText('已保存到本机').waitFor()
  expect(await desk.getByRole('button', { name: '撤销' }).count()).toBe(0)
  const fund = new URL(desk.url()).pathname
  await waitForSync(desk, 'up-to-date')

  // The worker enters without a connection; the photograph of the receipt lies on the telephone.
  const phone = await device(390, 844, {})
  await signIn(phone, server.url, 'worker1')
  await go(phone, fund)
  await shown(phone).getByText('还没有账目').waitFor()
  await waitUntilInstalled(phone)
  await goOffline(phone.context())
  const enter = async (kind: string, yuan: string) => {
    await go(phone, `${fund}/enter`)
    await shown(phone).getByRole('radio', { name: kind }).check()
    await shown(phone).getByLabel('金额（元）').fill(yuan)
  }
  const save = async () => {
    await shown(phone).getByRole('button', { name: '登记，等人确认' }).click()
    await shown(phone).getByText('等确认，还不算数').waitFor()
  }
  await enter('认捐', '500')
  await shown(phone).getByLabel('哪一户').selectOption({ index: 1 })
  await shown(phone)
    .getByText(/公开的账上写“.*一户”。/)
    .waitFor()
  await look(phone, 'fund-entry-390', { fullPage: true })
  await save()
  await enter('收到', '1,000.50')
  await shown(phone).getByLabel('谁出的').fill('三楼一户')
  await save()
  await enter('支出', '12a')
  await shown(phone).getByLabel('付给谁').fill('样例五金店')
  await shown(phone).getByLabel('事项').fill('声控灯8只')
  await shown(phone).getByRole('button', { name: '登记，等人确认' }).click()
  await shown(phone).getByText('比如120或120.50').waitFor()
  await shown(phone).getByLabel('金额（元）').fill('120.01')
  const file = sampleJpeg({ width: 900, height: 1_200, noise: 9 })
  await shown(phone)
    .locator('input[type=file]')
    .last()
    .setInputFiles({ name: 'IMG.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(file) })
  await shown(phone).getByRole('button', { name: '第1张照片' }).waitFor()
  await look(phone, 'fund-spent-390', { fullPage: true })
  await save()
  await look(phone, 'fund-offline-390', { fullPage: true })
  await shown(phone)
    .getByRole('link', { name: /支出 120.01元/ })
    .click()
  await shown(phone).getByText('你登记的，要由另一个人确认').waitFor()
  expect(await shown(phone).getByRole('button', { name: '看过了，确认入账' }).count()).toBe(0)
  await goOnline(phone.context())
  await waitForSync(phone, 'up-to-date')

  // The office is told, looks at each, and agrees.
  await go(desk, '/desk')
  await shown(desk)
    .getByRole('link', { name: /账目等第二人确认/ })
    .waitFor()
  await look(desk, 'fund-desk')
  await go(desk, fund)
  await shown(desk).getByText('3笔等你确认').waitFor()
  await shown(desk)
    .getByRole('link', { name: /支出 120.01元/ })
    .click()
  await shown(desk).getByRole('button', { name: '第1张照片' }).waitFor()
  await look(desk, 'fund-entry-office')
  await agree(desk, fund, /认捐 500.00元/)
  await agree(desk, fund, /收到 1,000.50元/)
  await agree(desk, fund, /支出 120.01元/)
  await go(desk, fund)
  await shown(desk).getByText('结余 880.49元').waitFor()
  await shown(desk).getByText('核对过，账没有被改过').waitFor()
  await shown(desk).getByRole('button', { name: '做一个码' }).click()
  await shown(desk).getByRole('button', { name: '打印带码的账单' }).waitFor()
  await look(desk, 'fund-office', { fullPage: true })
  const key = (
    await shown(desk)
      .getByText(/^([0-9A-Z]{4}-?){7}$/)
      .innerText()
  ).replace(/\W/g, '')
  const hash = await shown(desk)
    .locator('strong', { hasText: /^([0-9a-f]{4} ?){6}$/ })
    .innerText()

  // The neighbour's phone, by the code of the sheet, with a script and without.
  const door = await device(390, 844)
  await door.goto(`${address}/fund#${key}`)
  await door.getByRole('heading', { name: '样例灯改造' }).waitFor()
  expect(door.url()).toBe(`${address}/fund`)
  await door.getByText('880.49 元').waitFor()
  expect(await door.locator('.hash').innerText()).toBe(hash)
  await door.getByRole('button', { name: '凭证1' }).waitFor()
  await look(door, 'fund-page-390', { fullPage: true })
  await door.getByRole('button', { name: '凭证1' }).click()
  await door.getByRole('dialog').getByRole('img').waitFor()
  await door.getByRole('button', { name: '关闭' }).click()
  await door.setViewportSize({ width: 320, height: 640 })
  await look(door, 'fund-page-320', { fullPage: true })
  await door.getByRole('button', { name: 'English' }).click()
  await door.getByText('Paid to 样例五金店').waitFor()
  await door.getByText('In danger, call at once:').waitFor()
  expect(await door.locator('html').getAttribute('lang')).toBe('en')
  await look(door, 'fund-page-en', { fullPage: true })
  const plain = await door.context().browser()?.newContext({ javaScriptEnabled: false })
  const bare = await plain?.newPage()
  if (!plain || !bare) throw new Error('no browser')
  await bare.goto(`${address}/fund?l=zh-CN`)
  await bare.getByLabel('账目页的码').fill(key)
  await bare.getByRole('button', { name: '看账' }).click()
  await bare.getByText('付给 样例五金店').waitFor()
  expect(await bare.locator('.hash').innerText()).toBe(hash)
  await plain.close()

  // The paper says the same.
  const pdf = await desk.pdf({ preferCSSPageSize: true, ...saved('fund-sheet.pdf') })
  const { text, sizes } = pdfText(pdf)
  expect(sizes).toHaveLength(1)
  for (const words of ['样例灯改造', '880.49元', '120.01', '样例五金店', hash, key.slice(0, 4)]) {
    expect(text).toContain(words.replace(/\s/g, ''))
  }

  // In English too, and by now without the code, which went with the screen where it was made.
  const inLanguage = async (name: string) => {
    await go(desk, '/me')
    await shown(desk).getByRole('radio', { name }).check()
    await go(desk, fund)
  }
  await inLanguage('English')
  await shown(desk).getByText('Checked: nothing in it was changed').waitFor()
  const english = pdfText(await desk.pdf({ preferCSSPageSize: true, ...saved('fund-en.pdf') }))
  for (const words of ['Account of a repair fund', '¥880.49', hash, '1/1']) {
    expect(english.text).toContain(words.replace(/\s/g, ''))
  }
  expect(english.text).not.toContain(key.slice(0, 4))
  await inLanguage('中文')

  await desk.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await desk.emulateMedia({ media: 'print' })
  if (pictures) await desk.screenshot({ ...saved('fund-sheet.png'), fullPage: true })
  await desk.emulateMedia({ media: 'screen' })
  await desk.evaluate(() => dispatchEvent(new Event('afterprint')))

  // A mistake is taken back by a second entry, which the worker agrees to.
  await go(desk, fund)
  await shown(desk)
    .getByRole('link', { name: /支出 120.01元/ })
    .click()
  await shown(desk).getByRole('link', { name: '冲正这一笔' }).click()
  await shown(desk).getByLabel('为什么冲正').fill('退货')
  await shown(desk).getByRole('button', { name: '登记冲正' }).click()
  await waitForSync(desk, 'up-to-date')
  await go(phone, fund)
  await agree(phone, fund, /冲正 120.01元/)
  await go(phone, fund)
  await shown(phone).getByText('结余 1,000.50元').waitFor()
  await look(phone, 'fund-390', { fullPage: true })
  await phone.setViewportSize({ width: 320, height: 640 })
  await look(phone, 'fund-320', { fullPage: true })
  await go(phone, '/me')
  await shown(phone).getByRole('radio', { name: '大字' }).check()
  await go(phone, fund)
  await shown(phone).getByText('结余 1,000.50元').waitFor()
  await look(phone, 'fund-large-320', { fullPage: true })
})

const pictures = process.env['WUSE_SHOTS']
const saved = (name: string) => (pictures === undefined ? {} : { path: `${pictures}/${name}` })
