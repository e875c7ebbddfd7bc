/**
 * The first day of an office that has nothing: the address that the start printed, a subdistrict, a community, a grid, a
 * worker, a roster, and the worker's first visit from a phone. Only what README says and the screens offer is used.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { chooseWayIn, fillSignIn, signInFirst, typePin } from '#tests/support/areas/entry.ts'
import { openDesk } from '#tests/support/areas/office.ts'
import { readOneTime } from '#tests/support/areas/places.ts'
import { front, openTab, save, waitForSync } from '#tests/support/worker-app.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'

const desk = { width: 1180, height: 820 }
const phone = { width: 390, height: 844 }
const password = 'seven herons cross the lake'

let server: WuseServer
let folder: string
const opened: Chrome[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wuse-first-day-'))
  server = await createWuseServer(300, 60, { DEMO: 'off' }, 'own')
  await server.start()
})
afterAll(async () => {
  for (const chrome of opened) await chrome.close()
  await server.remove()
  await rm(folder, { recursive: true, force: true })
})

async function launch(viewport: typeof desk): Promise<Page> {
  const chrome = await launchChrome({
    ...notInstalled,
    viewport,
    bypassCSP: true,
    reducedMotion: 'reduce',
  })
  opened.push(chrome)
  const page = await chrome.context.newPage()
  return page
}

const roster = [
  '姓名,身份证号,性别,与户主关系,小区,楼栋,单元,房号,联系电话',
  '样例子,,女,户主,样例苑,1幢,1单元,101,10012345601',
  '样例丑,,男,配偶,样例苑,1幢,1单元,101,',
  '样例寅,,男,户主,样例苑,1幢,1单元,102,10012345602',
].join('\n')

it('goes from nothing to a visit', async () => {
  const page = await launch(desk)
  await page.goto(server.url)
  await page.getByText('这里还没有账号').waitFor()
  const address = /\S+\/setup#\S+/.exec(server.said())?.[0] ?? ''
  await page.goto(address)
  await page.getByRole('button', { name: '建立' }).click()
  await expect.poll(() => page.getByText('必填').count()).toBe(3)
  await page.getByLabel('街道（或镇、乡）名称').fill('样例街道')
  await page.getByLabel('姓名').fill('样例壬')
  await page.getByLabel('账号').fill('first.admin')
  await page.getByLabel('密码').fill('first.admin1')
  await page.getByRole('button', { name: '建立' }).click()
  await page.getByText('太容易猜到').waitFor()
  await page.getByLabel('密码').fill(password)
  await look(page, 'first-day-setup')
  await page.getByRole('button', { name: '建立' }).click()
  await page.getByText('已建好').waitFor()
  await page.getByRole('button', { name: '去登录' }).click()
  await fillSignIn(page, 'first.admin', password)
  await chooseWayIn(page)

  // Places: what comes next is said on the first page.
  await page.getByText('先建社区和网格').waitFor()
  await look(page, 'first-day-desk')
  await page.getByRole('link', { name: '去建地方' }).click()
  await page.getByText('点街道的名字').waitFor()
  await page.getByRole('link', { name: /样例街道/ }).click()
  await addPlace(page, '样例社区')
  await page
    .getByRole('link', { name: /样例社区/ })
    .first()
    .click()
  await addPlace(page, '第一网格')

  // A worker, whose one-time password goes onto a slip.
  await page.getByRole('link', { name: '人员', exact: true }).click()
  await page.getByRole('link', { name: '新建账号' }).click()
  await front(page).getByLabel('账号').fill('worker.one')
  await front(page).getByLabel('姓名').fill('样例网格员')
  await front(page)
    .getByRole('checkbox', { name: /第一网格/ })
    .check()
  await front(page).getByRole('button', { name: '新建' }).click()
  const once = await readOneTime(page)
  await front(page).getByRole('button', { name: '已经抄下来了' }).click()

  // The roster.
  await openDesk(page)
  await page.getByText('还没有居民').waitFor()
  await page.getByRole('link', { name: '去导入花名册' }).click()
  const file = join(folder, '花名册.csv')
  await writeFile(file, roster)
  await front(page).locator('input[type=file]').setInputFiles(file)
  await front(page).getByRole('button', { name: '开始核对' }).click()
  await look(page, 'first-day-import')
  await front(page).getByRole('button', { name: '写入3行' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '写入' }).click()
  await page.getByText('已写入登记').waitFor()

  // The worker's phone.
  const walker = await launch(phone)
  await signInFirst(walker, server.url, 'worker.one', once)
  await walker.getByText('设一个6位数字密码').waitFor()
  await typePin(walker)
  await walker.getByText('再输一次').waitFor()
  await typePin(walker)
  await walker.getByRole('navigation').first().waitFor()
  await openTab(walker, '搜索')
  await walker.getByRole('searchbox').fill('样例子')
  await front(walker).getByText('样*子').first().click()
  await front(walker).getByRole('heading', { name: '样*子' }).waitFor()
  await look(walker, 'first-day-resident')
  await front(walker).getByRole('link', { name: /101/ }).first().click()
  await save(walker, '无变化，记走访')
  await waitForSync(walker, 'up-to-date')
  await look(walker, 'first-day-visited')

  // A second start offers nothing any more.
  await server.stop()
  await server.start()
  expect(server.said()).not.toContain('/setup')
}, 300_000)

async function addPlace(page: Page, name: string) {
  await front(page).getByRole('link', { name: '新增下级地方' }).click()
  await front(page).getByLabel('名称').fill(name)
  await front(page).getByRole('button', { name: '保存' }).click()
  await front(page).getByRole('link', { name }).waitFor()
}
