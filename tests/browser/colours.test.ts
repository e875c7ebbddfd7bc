/** The colours as people work on them: the administrator's editor, a colour by hand and the office's second look. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { openView } from '#tests/support/areas/office.ts'
import { front, go, openTab, save, waitForSync } from '#tests/support/worker-app.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

const phone = { width: 390, height: 844 }
const tablet = { width: 1180, height: 820 }

let server: WuseServer

beforeAll(async () => {
  server = await createWuseServer(1_150)
  await server.start()
})

afterAll(() => server.remove())

async function open(login: string, viewport: { width: number; height: number }) {
  const chrome = await launchChrome({
    ...notInstalled,
    viewport,
    bypassCSP: true,
    reducedMotion: 'reduce',
  })
  const page = await chrome.context.newPage()
  await signIn(page, server.url, login)
  return { chrome, page }
}

describe('the scheme', () => {
  let admin: { chrome: Chrome; page: Page }
  let worker: { chrome: Chrome; page: Page }

  beforeAll(async () => {
    admin = await open('admin', tablet)
    worker = await open('worker1', phone)
  })
  afterAll(async () => {
    await admin.chrome.close()
    await worker.chrome.close()
  })

  it('is read by everybody and changed by nobody but the administrator', async () => {
    const { page } = worker
    await go(page, '/scheme')
    await page.getByText('规则由街道管理员修改').waitFor()
    await look(page, 'scheme-phone')
    await expect.poll(() => front(page).getByRole('link', { name: '修改规则' }).count()).toBe(0)
    await go(page, '/scheme/edit')
    await front(page).getByText('规则由街道管理员修改').waitFor()
    await openTab(page, '今日')
  })

  it('is edited, counted, saved once, and colours every device', async () => {
    const { page } = admin
    await openView(page, '五色', '五色规则')
    await look(page, 'scheme-tablet')
    await front(page).getByRole('link', { name: '修改规则' }).click()
    const editor = front(page)
    await editor.getByRole('button', { name: '新增规则' }).click()
    // A rule without its words is a fault that says so, and nothing can be saved.
    await editor.getByText('请写理由，中文英文都要').waitFor()
    await expect
      .poll(() => editor.getByRole('button', { name: '保存并启用' }).isDisabled())
      .toBe(true)
    await editor.getByRole('radio', { name: /重点关注/ }).check({ force: true })
    await editor.getByLabel('数值（岁）').first().fill('0')
    await editor.getByLabel('理由（读给居民听的话）').fill('样例{age}岁')
    await editor.getByLabel('英文理由').fill('sample aged {age}')
    // It outweighs nearly every other rule: that is pointed out.
    await editor
      .getByText(/每次都被更急的规则盖过|什么情况都符合/)
      .first()
      .waitFor()
    await look(page, 'scheme-edit-tablet')
    await editor.getByLabel('数值（岁）').first().fill('75')
    await editor.getByRole('button', { name: '看看会变多少' }).click()
    const told = editor.getByText(/^\d+人、\d+套房会变颜色$/).first()
    await told.waitFor()
    const counted = Number(/^(\d+)人/.exec((await told.textContent()) ?? '')?.[1])
    expect(counted).toBeGreaterThan(0)
    await editor.getByText(/各社区、村/).click()
    await editor.getByText(/举几个例子/).click()
    await look(page, 'scheme-preview-tablet')
    await editor.getByRole('button', { name: '保存并启用' }).click()
    await page.getByRole('dialog').getByText('新增', { exact: true }).waitFor()
    await look(page, 'scheme-save-tablet')
    await page.getByRole('dialog').getByRole('button', { name: '保存并启用' }).click()
    await page.getByText('已保存到本机').waitFor()
    await front(page).getByText('第2版').first().waitFor()
    await waitForSync(page, 'up-to-date')
    // The worker's phone has it with the next pull; who is 75 and older is red there, with the new reason.
    await worker.page
      .getByText(/样例7[5-9]岁|样例8\d岁/)
      .first()
      .waitFor({ timeout: 30_000 })
    await look(worker.page, 'today-new-scheme-phone')
  })

  it('that was there before is compared and brought back', async () => {
    const { page } = admin
    await go(page, '/scheme')
    await front(page).getByRole('link', { name: /第1版/ }).click()
    await front(page).getByText('和正在用的比较').waitFor()
    await front(page).getByText('去掉', { exact: true }).waitFor()
    await look(page, 'scheme-version-tablet')
    await front(page).getByRole('button', { name: '改回这一版' }).click()
    await front(page).getByRole('button', { name: '保存并启用' }).click()
    // Nobody counted what it would change: that is said before it is saved.
    await page.getByRole('dialog').getByText('还没有试算会变多少').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '保存并启用' }).click()
    await page.getByText('已保存到本机').waitFor()
    await front(page).getByText('第3版').first().waitFor()
    await expect.poll(() => worker.page.getByText(/样例\d+岁/).count(), { timeout: 30_000 }).toBe(0)
  })

  it('keeps a half-made draft through a reload, and says without a connection that nobody can count', async () => {
    const { page, chrome } = admin
    await go(page, '/scheme/edit')
    await front(page).getByLabel('名称').fill('样例方案')
    await goOffline(chrome.context)
    await front(page).getByRole('button', { name: '看看会变多少' }).click()
    await front(page).getByText('现在没有网络，算不出会变多少').waitFor()
    await goOnline(chrome.context)
    await go(page, '/scheme')
    await front(page).getByRole('link', { name: '接着改' }).click()
    await expect.poll(() => front(page).getByLabel('名称').inputValue()).toBe('样例方案')
    await front(page).getByRole('button', { name: '放弃修改' }).click()
    await front(page).getByText('没保存的修改都会丢掉').waitFor()
    await front(page).getByRole('button', { name: '放弃修改' }).click()
    await front(page).getByRole('link', { name: '修改规则' }).waitFor()
  })
})

describe('a colour by hand', () => {
  let worker: { chrome: Chrome; page: Page }
  let staff: { chrome: Chrome; page: Page }
  let resident: string
  /** The last five-colour record that the server wrote of this person. */
  const lastRecord = async () => {
    const office = await copyOffice(server.url, 'worker1')
    return office
      .all('colour')
      .filter(({ fields }) => fields.subject === resident)
      .at(-1)?.fields
  }

  beforeAll(async () => {
    worker = await open('worker1', phone)
    staff = await open('office2', { width: 820, height: 1180 })
    const office = await copyOffice(server.url, 'worker1')
    const poor = office
      .all('resident')
      .find(
        ({ fields }) =>
          fields.tags?.map(({ tag }) => tag).join() === 'dibao' &&
          (fields.birth ?? '') > '1970' &&
          (fields.birth ?? '') < '2000' &&
          !fields.movedOutOn &&
          !fields.diedOn,
      )
    if (!poor) throw new Error('nobody in the demo is yellow by a tag')
    resident = poor.id
  })
  afterAll(async () => {
    await worker.chrome.close()
    await staff.chrome.close()
  })

  it('explains itself, and leads to the facts behind it', async () => {
    const { page } = worker
    await go(page, `/resident/${resident}`)
    await front(page).getByRole('link', { name: '颜色不对？' }).click()
    await front(page).getByText('可以读给居民听').waitFor()
    await expect
      .poll(() => front(page).getByRole('link', { name: '去改' }).count())
      .toBeGreaterThan(0)
    await look(page, 'colour-phone')
  })

  it('that is milder waits until the office agrees, and then counts', async () => {
    const { page } = worker
    const detail = front(page)
    await detail.getByRole('button', { name: '提一个颜色' }).click()
    await detail.getByRole('button', { name: '保存' }).click()
    await detail.getByText('请写理由').waitFor()
    await detail.getByRole('radio', { name: /平稳/ }).check({ force: true })
    await detail.getByText('要办公室另一位同事同意才算数').waitFor()
    await detail.getByLabel('理由（居民可以听到）').fill('样例：女儿每天来')
    await look(page, 'by-hand-form-phone')
    await save(page, '保存')
    await detail.getByText('等同事复核').waitFor()
    await waitForSync(page, 'up-to-date')

    await openTab(staff.page, '办公')
    await front(staff.page).getByRole('link', { name: '复核' }).click()
    await front(staff.page)
      .getByRole('link', { name: /人工调色/ })
      .click()
    await front(staff.page).getByText('样例：女儿每天来').waitFor()
    await look(staff.page, 'review-tablet')
    await save(staff.page, /^同意$/)
    await front(staff.page).getByText('都处理完了').waitFor()
    await waitForSync(staff.page, 'up-to-date')

    await detail.getByText('已同意').waitFor({ timeout: 30_000 })
    await look(page, 'by-hand-agreed-phone')
    expect(await lastRecord()).toMatchObject({ colour: 'green', cause: 'override' })
    await detail.getByRole('button', { name: '收回' }).click()
    await detail.getByText('已收回').waitFor()
    await expect.poll(lastRecord).toMatchObject({ colour: 'yellow', cause: 'override' })
  })
})
