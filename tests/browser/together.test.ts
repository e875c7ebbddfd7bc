/**
 * People at one register: two phones that set a field differently, an office that sees its devices, takes in what a
 * phone could not send, and ends one. At phone and tablet size, with axe.
 */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { copyOffice, type OfficeCopy } from '#tests/support/office-copy.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { openView } from '#tests/support/areas/office.ts'
import { sayPurpose } from '#tests/support/areas/walk.ts'
import {
  agree,
  front,
  go,
  save,
  waitForSync,
  waitUntilInstalled,
} from '#tests/support/worker-app.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

const phone = { width: 390, height: 844 }
const tablet = { width: 1180, height: 820 }

let server: WuseServer
let office: OfficeCopy
const chromes: Chrome[] = []

async function open(login: string, viewport: typeof phone) {
  const chrome = await launchChrome({ viewport, bypassCSP: true, reducedMotion: 'reduce' })
  chromes.push(chrome)
  const page = await chrome.context.newPage()
  await signIn(page, server.url, login)
  await waitUntilInstalled(page)
  return { page, offline: (off: boolean) => (off ? goOffline : goOnline)(chrome.context) }
}

let mine: Awaited<ReturnType<typeof open>>
let theirs: typeof mine
let desk: typeof mine

beforeAll(async () => {
  server = await createWuseServer(1_400)
  await server.start()
  office = await copyOffice(server.url, 'worker1')
  mine = await open('worker1', phone)
  theirs = await open('worker2', phone)
  desk = await open('office2', tablet)
})
afterAll(async () => {
  for (const chrome of chromes) await chrome.close()
  await server.remove()
})

/** Somebody of the demo who lives there. */
function someone() {
  const found = office
    .all('resident')
    .find(({ fields }) => !fields.movedOutOn && !fields.diedOn && fields.name.length > 1)
  if (!found) throw new Error('nobody lives here')
  return found
}
async function note(page: Page, id: string, text: string) {
  await go(page, `/resident/${id}/edit`)
  await sayPurpose(page)
  await front(page).getByRole('button', { name: '更多' }).click()
  await front(page).getByRole('textbox', { name: '备注' }).fill(text)
  await agree(page)
  await save(page, '保存')
}
const inRegister = async (id: string) =>
  (await copyOffice(server.url, 'worker1')).get('resident', id)?.fields

it('two phones that set one field differently: both values are shown, one tap settles it for all', async () => {
  const { id } = someone()
  await theirs.offline(true)
  await note(theirs.page, id, '样例乙说')
  await note(mine.page, id, '样例甲说')
  await waitForSync(mine.page, 'up-to-date')
  await theirs.offline(false)
  await waitForSync(theirs.page, 'up-to-date')

  await go(mine.page, '/')
  await mine.page.getByRole('link', { name: '去核对' }).click()
  await front(mine.page).getByText('样例乙说').waitFor()
  await expect.poll(() => front(mine.page).getByText('样例甲说').isVisible()).toBe(true)
  await look(mine.page, 'together-1')
  const other = (await inRegister(id))?.note === '样例甲说' ? '样例乙说' : '样例甲说'
  await save(mine.page, '改用这个')
  await front(mine.page).getByText('没有要核对的').waitFor()
  await look(mine.page, 'together-2')
  await waitForSync(mine.page, 'up-to-date')
  expect((await inRegister(id))?.note).toBe(other)
  await go(theirs.page, '/clashes')
  await front(theirs.page).getByText('没有要核对的').waitFor()
  await go(theirs.page, '/')
})

it('a phone without network saves a file; the office brings it in; the phone hears of it later', async () => {
  const { id } = someone()
  await theirs.offline(true)
  await note(theirs.page, id, '样例文件')
  await go(theirs.page, '/')
  await theirs.page.locator('main > section:not([inert]) button[data-sync]').first().click()
  // The look at the masked values is on record as well.
  await theirs.page.getByText(/还有\d条没发出去/).waitFor()
  const downloading = theirs.page.waitForEvent('download')
  await theirs.page.getByRole('button', { name: '导出没发出去的工作' }).click()
  const download = await downloading
  await theirs.page.getByText('文件已存到').waitFor()
  await look(theirs.page, 'together-3')
  expect(download.suggestedFilename()).toMatch(/^wuse-unsent-\d{4}-\d\d-\d\d\.wuse$/)
  const file = await readFile(await download.path(), 'utf8')
  expect(file).not.toMatch(/样例|note/)
  await theirs.page.getByRole('button', { name: '关闭' }).click()

  await openView(desk.page, '管理', '设备')
  await front(desk.page).getByText('上次同步').first().waitFor()
  await look(desk.page, 'together-4')
  await front(desk.page)
    .locator('input[type=file]')
    .setInputFiles({
      name: 'wuse-unsent.wuse',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(file),
    })
  await front(desk.page)
    .getByText(/文件里有(\d)条，已登记\1条。/)
    .waitFor()
  await look(desk.page, 'together-5')
  expect((await inRegister(id))?.note).toBe('样例文件')
  await waitForSync(theirs.page, 'offline')
  await theirs.offline(false)
  await waitForSync(theirs.page, 'up-to-date')

  await front(desk.page)
    .locator('input[type=file]')
    .setInputFiles({
      name: 'poem.wuse',
      mimeType: 'text/plain',
      buffer: Buffer.from('a poem'),
    })
  await front(desk.page).getByText('这个文件打不开').waitFor()
})

it('an office ends a device and says before what is lost; the device opens nothing any more', async () => {
  await theirs.offline(false)
  await openView(desk.page, '管理', '设备')
  const card = front(desk.page).locator('li', { hasText: '样例网格员乙' })
  await card.getByRole('button', { name: '停用这台设备' }).click()
  await card.getByText('这些永远拿不回来').waitFor()
  await look(desk.page, 'together-6')
  await card.getByRole('button', { name: '确定停用' }).click()
  await front(desk.page).getByText('已停用').waitFor()
  await theirs.page.getByText('这台设备已被停用').waitFor()
  await expect.poll(() => theirs.page.getByRole('navigation').count()).toBe(0)
  await look(theirs.page, 'together-7')
})

it('the office moves a resident to another grid; late work of the old one says where it went', async () => {
  const all = await copyOffice(server.url, 'office2')
  const leaving = someone()
  const room = all
    .all('dwelling')
    .find((one) => one.stream !== leaving.stream && one.fields.room && one.fields.unit)
  const building = all.get('building', room?.fields.building ?? '')
  const lone = await open('worker1', phone)
  await lone.offline(true)
  await note(lone.page, leaving.id, '样例迟到')

  await go(desk.page, `/resident/${leaving.id}/move`)
  await front(desk.page)
    .getByLabel('搬到哪一间')
    .fill(
      `${building?.fields.estate ?? ''}${building?.fields.name ?? ''}${room?.fields.unit ?? ''}单元${room?.fields.room ?? ''}`,
    )
  // The grid's name tells doors apart that are called the same.
  const found = front(desk.page)
    .getByRole('button', { name: room?.fields.room ?? '' })
    .filter({ hasText: '网格' })
  await found.first().waitFor()
  await look(desk.page, 'together-8')
  await found.first().click()
  await front(desk.page).getByRole('radio', { name: '单独成一户' }).check()
  await save(desk.page, '保存换房')
  await waitForSync(desk.page, 'up-to-date')
  const after = await copyOffice(server.url, 'office2')
  expect(after.get('resident', leaving.id)).toMatchObject({ stream: room?.stream })
  await go(desk.page, `/resident/${leaving.id}`)
  await front(desk.page).getByRole('button', { name: '看修改记录' }).click()
  await front(desk.page).getByText('网格', { exact: true }).first().waitFor()
  await look(desk.page, 'together-9')

  await lone.offline(false)
  await go(lone.page, '/')
  await waitForSync(lone.page, 'attention')
  await lone.page.locator('main > section:not([inert]) button[data-sync]').first().click()
  await lone.page.getByText('这条记录已转到别的网格').waitFor()
  await look(lone.page, 'together-10')
})
