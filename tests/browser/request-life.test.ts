/**
 * One request's whole life over four devices, compared on each of them and on the server; and what no screen may ever
 * get wrong: late words move nothing, no answer is lost, a suspension outlives a level, a due is China's.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { idBornIn } from '#domain/born-ids.ts'
import { defaultCalendar } from '#domain/calendar.ts'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { sampleJpeg } from '#tests/support/sample-jpeg.ts'
import { createWuseServer, demoPassword, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn, unlock } from '#tests/support/areas/entry.ts'
import { nothing, step } from '#tests/support/areas/requests.ts'
import {
  front,
  go,
  openTab,
  save,
  waitForSync,
  waitUntilInstalled,
} from '#tests/support/worker-app.ts'
import { testClock } from '#tests/support/test-clock.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

let server: WuseServer
const open: Chrome[] = []

beforeAll(async () => {
  server = await createWuseServer(300)
  await server.start()
})
afterEach(async () => {
  for (const chrome of open.splice(0)) await chrome.close()
})
afterAll(async () => {
  await server.remove()
})

async function enter(login: string, more: BrowserContextOptions = {}) {
  const viewport = login.startsWith('office')
    ? { width: 1180, height: 820 }
    : { width: 390, height: 844 }
  const chrome = await launchChrome({ viewport, reducedMotion: 'reduce', ...more })
  open.push(chrome)
  const page = await chrome.context.newPage()
  await signIn(page, server.url, login)
  await waitForSync(page, 'up-to-date')
  const offline = (isOffline: boolean) => (isOffline ? goOffline : goOnline)(chrome.context)
  return { page, offline }
}

/** Takes a request of a kind on the page of a household; returns its number and follow-up code. */
async function take(page: Page, kind: string, words: string) {
  const register = await copyOffice(server.url, 'worker1')
  const home = register.all('household').find(({ fields }) => !fields.endedOn)
  await go(page, `/household/${home?.id ?? ''}/request`)
  await front(page)
    .getByLabel(/哪一类/)
    .selectOption({ label: kind })
  await front(page).getByLabel('什么事').fill(words)
  await save(page, '保存诉求')
  const text = await front(page).getByText('诉求编号').locator('..').innerText()
  const number = /[A-Z]{2,4}-\d{6}-[0-9A-Z]{2}-\d{2,4}/.exec(text)?.[0] ?? ''
  const code = /(?:[0-9A-HJKMNP-TV-Z]{4}\s*){7}/.exec(text.slice(text.indexOf('查询码')))?.[0] ?? ''
  await front(page).getByRole('button', { name: '已交给本人' }).click()
  return { number, code: code.replace(/\s/g, '') }
}
const idOf = async (number: string) => {
  const found = await expect
    .poll(async () =>
      (await copyOffice(server.url, 'worker1'))
        .all('request')
        .find(({ fields }) => fields.number === number),
    )
    .toBeTruthy()
    .then(() => copyOffice(server.url, 'worker1'))
  return found.all('request').find(({ fields }) => fields.number === number)?.id ?? ''
}
async function openRequest(page: Page, id: string) {
  await go(page, `/request/${id}`)
  await front(page).getByRole('heading', { name: '经过' }).waitFor()
}
const sent = (page: Page) =>
  expect.poll(() => front(page).getByText('在本机，待发送').count()).toBe(0)
async function act(page: Page, name: string, fill = nothing as Parameters<typeof step>[2]) {
  await step(page, name, fill)
  await sent(page)
}
const dispatch = (dialog: ReturnType<Page['locator']>) =>
  dialog
    .getByLabel('承办单位')
    .selectOption({ label: '样例物业维修组' })
    .then(() => undefined)
const reply = (words: string) => async (dialog: ReturnType<Page['locator']>) => {
  await dialog.getByRole('radio', { name: '已解决', exact: true }).check({ force: true })
  await dialog.getByRole('textbox', { name: '说明', exact: true }).fill(words)
  await dialog.getByLabel('给诉求人的话').fill(`${words}，请您看看`)
}
/** The course as a device shows it, line by line, without the moments, which each writes in its own words. */
const courseOn = async (page: Page) =>
  (await front(page).locator('ol > li').allInnerTexts()).map((text) => text.split('\n')[0])

it('is the same on four devices and on the server, from the door to the call-back', async () => {
  const worker = await enter('worker1')
  const second = await enter('worker1')
  const office = await enter('office2')
  const unit = await enter('unit1')
  await waitUntilInstalled(worker.page)
  await worker.offline(true)
  const { number, code } = await take(worker.page, '楼道灯不亮', '样例二楼灯不亮，电话10012340078')
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{28}$/)
  await worker.offline(false)
  await waitForSync(worker.page, 'up-to-date')
  const id = await idOf(number)

  // Whoever comes to the desk with the slip is found by it.
  await openTab(office.page, '诉求')
  await office.page.getByLabel(/^找诉求/).fill(code.toLowerCase())
  await office.page.locator(`main a[href="/request/${id}"]`).click()
  await front(office.page).getByText(number).first().waitFor()
  await act(office.page, '受理')
  await act(office.page, '分派', dispatch)

  await openTab(unit.page, '诉求')
  await front(unit.page).getByText('楼道灯不亮').click()
  await front(unit.page).getByText('样例二楼灯不亮，电话***********').waitFor()
  await unit.offline(true)
  await step(unit.page, '签收', nothing)
  await step(unit.page, '办完，写答复', reply('换了灯泡'))
  await unit.offline(false)
  await waitForSync(unit.page, 'up-to-date')
  await front(office.page).getByText('已答复，待审').first().waitFor()
  await act(office.page, '放行答复')

  await openRequest(second.page, id)
  await front(second.page).getByText('待回访').first().waitFor()
  await second.offline(true)
  await step(second.page, '记一次回访', async (dialog) => {
    await dialog.getByRole('radio', { name: '联系上了', exact: true }).check({ force: true })
    await dialog.getByRole('radio', { name: '解决了', exact: true }).check({ force: true })
  })
  await second.offline(false)
  await waitForSync(second.page, 'up-to-date')

  await openRequest(worker.page, id)
  for (const { page } of [worker, second, office]) {
    await front(page).getByText('已办结').first().waitFor()
    await sent(page)
  }
  const shown = await courseOn(office.page)
  expect(shown).toHaveLength(7)
  expect(await courseOn(worker.page)).toEqual(shown)
  expect(await courseOn(second.page)).toEqual(shown)
  for (const words of ['换了灯泡', '换了灯泡，请您看看']) {
    for (const { page } of [worker, second, office]) {
      expect(await front(page).getByText(words, { exact: true }).count()).toBe(1)
    }
  }
  // Field by field: what a worker and the office pull of it is one thing, and a unit gets none of its records.
  const kinds = ['request', 'request-step', 'asker'] as const
  const of = async (login: string) => {
    const copy = await copyOffice(server.url, login)
    return kinds.flatMap((kind) =>
      copy
        .all(kind)
        .filter((one) => one.id === id || (one.fields as { request?: string }).request === id)
        .map((one) => ({ kind, ...one })),
    )
  }
  const records = await of('worker1')
  expect(records.map(({ kind }) => kind)).toHaveLength(9)
  expect(await of('office2')).toEqual(records)
  expect(await of('unit1')).toEqual([])
  expect(JSON.stringify(records)).not.toContain(code)
  const errand = (await copyOffice(server.url, 'unit1'))
    .all('errand')
    .find(({ fields }) => fields.request === id)
  expect(errand?.fields).toMatchObject({ number, endedBy: 'release', contact: null })
  expect(JSON.stringify(errand?.fields)).not.toContain('10012340078')
})

it('is never taken back from a unit by a worker who settled it without a signal', async () => {
  const worker = await enter('worker1')
  const office = await enter('office2')
  const { number } = await take(worker.page, '楼道灯不亮', '样例三楼灯不亮')
  await waitForSync(worker.page, 'up-to-date')
  const id = await idOf(number)
  await openRequest(worker.page, id)
  await worker.offline(true)
  await step(worker.page, '当场已解决', async (dialog) => {
    await dialog.getByRole('textbox').first().fill('样例当场拧好了')
  })
  await front(worker.page).getByText('已办结').first().waitFor()
  await openRequest(office.page, id)
  await act(office.page, '受理')
  await act(office.page, '分派', dispatch)
  await worker.offline(false)
  await waitForSync(worker.page, 'up-to-date')
  for (const { page } of [worker, office]) {
    await front(page).getByText('样例当场拧好了').waitFor()
    await front(page)
      .locator('strong', { hasText: /^已分派，样例物业维修组/ })
      .first()
      .waitFor()
  }
})

it('keeps the answer that a unit gave while its request was merged into another', async () => {
  const worker = await enter('worker1')
  const office = await enter('office2')
  const unit = await enter('unit1')
  const one = await take(worker.page, '垃圾没有清运', '样例第一堆')
  const other = await take(worker.page, '垃圾没有清运', '样例第二堆')
  await waitForSync(worker.page, 'up-to-date')
  const [first, second] = [await idOf(one.number), await idOf(other.number)]
  await openRequest(office.page, second)
  await act(office.page, '受理')
  await openRequest(office.page, first)
  await act(office.page, '受理')
  await act(office.page, '分派', dispatch)
  await openTab(unit.page, '诉求')
  await front(unit.page).getByText('垃圾没有清运').first().click()
  await front(unit.page).getByText('样例第一堆').waitFor()
  await unit.offline(true)
  await step(unit.page, '办完，写答复', reply('样例堆清走了'))
  await act(office.page, '并案', (dialog) =>
    dialog
      .getByLabel('并入哪一件')
      .selectOption(second)
      .then(() => undefined),
  )
  await unit.offline(false)
  await waitForSync(unit.page, 'up-to-date')
  await openRequest(office.page, second)
  await front(office.page).getByText('样例堆清走了', { exact: true }).waitFor()
  await front(office.page)
    .getByText(/来自并入的诉求/)
    .first()
    .waitFor()
})

it('shows the office what a unit photographed with its answer, taken without a signal', async () => {
  const worker = await enter('worker1')
  const office = await enter('office2', { bypassCSP: true })
  const unit = await enter('unit1', { bypassCSP: true })
  const { number } = await take(worker.page, '垃圾没有清运', '样例第三堆')
  await waitForSync(worker.page, 'up-to-date')
  const id = await idOf(number)
  await openRequest(office.page, id)
  await act(office.page, '受理')
  await act(office.page, '分派', dispatch)
  await openTab(unit.page, '诉求')
  const errands = async () => (await copyOffice(server.url, 'unit1')).all('errand')
  const isThere = async () => (await errands()).some(({ fields }) => fields.number === number)
  await expect.poll(isThere).toBe(true)
  const errand = (await errands()).find(({ fields }) => fields.number === number)
  await waitForSync(unit.page, 'up-to-date')
  await go(unit.page, `/errand/${errand?.id ?? ''}`)
  await front(unit.page).getByText('样例第三堆').waitFor()
  await unit.offline(true)
  await step(unit.page, '办完，写答复', async (dialog) => {
    await reply('样例堆清走了')(dialog)
    const chooser = unit.page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: '拍照' }).click()
    const bytes = Buffer.from(sampleJpeg({ width: 1_600, height: 1_200, noise: 6 }))
    await (await chooser).setFiles({ name: 'IMG.jpg', mimeType: 'image/jpeg', buffer: bytes })
    await dialog.getByText('已存1张照片到本机').waitFor()
    await look(unit.page, 'unit-photo-step')
  })
  await front(unit.page).getByText('1张照片，1张在路上').waitFor()
  await unit.offline(false)
  await waitForSync(unit.page, 'up-to-date')
  await front(unit.page).getByText('1张照片', { exact: true }).waitFor()
  await look(unit.page, 'unit-photo-errand')
  await front(office.page).getByText('样例堆清走了', { exact: true }).waitFor()
  await front(office.page).getByText('1张照片', { exact: true }).waitFor({ timeout: 60_000 })
  await front(office.page).getByRole('button', { name: '第1张照片' }).click()
  await office.page.getByRole('dialog').locator('canvas').waitFor()
  await look(office.page, 'unit-photo-at-the-office')
})

it('stays suspended where its level is lowered', async () => {
  const worker = await enter('worker1')
  const office = await enter('office2')
  const unit = await enter('unit1')
  const { number } = await take(worker.page, '路面破损', '样例路上有坑')
  await waitForSync(worker.page, 'up-to-date')
  const id = await idOf(number)
  await openRequest(office.page, id)
  await act(office.page, '受理')
  await act(office.page, '分派', dispatch)
  await openTab(unit.page, '诉求')
  await front(unit.page).getByText('路面破损').first().click()
  await act(unit.page, '签收')
  await front(office.page).getByText('办理中').first().waitFor()
  await act(office.page, '挂起', async (dialog) => {
    await dialog.getByLabel('原因').fill('样例等材料')
    await dialog.getByLabel('到哪一天').fill('2026-12-04')
    await dialog.getByLabel('给诉求人的话').fill('样例等材料，十二月再修')
  })
  await front(office.page).getByText('已挂起').first().waitFor()
  await act(office.page, '改紧急程度', (dialog) =>
    dialog.getByRole('radio', { name: '一般', exact: true }).check({ force: true }),
  )
  await front(office.page).getByText('已挂起').first().waitFor()
  await front(office.page).getByText('挂起到12月4日').waitFor()
})

/** Days off of a spring festival that nobody has announced, and a Saturday that is worked for it. */
async function saveCalendar(): Promise<void> {
  const copy = await copyOffice(server.url, 'admin')
  const stream =
    copy.all('place').find(({ fields }) => fields.placeKind === 'subdistrict')?.id ?? ''
  const versions = copy.all('calendar').map(({ fields }) => fields.calendarVersion)
  const device = randomUUID()
  const headers = { 'content-type': 'application/json' }
  const call = (path: string, body: object, cookie = '') =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { ...headers, cookie },
      body: JSON.stringify({ protocol: 1, device, ...body }),
    })
  const signedIn = await call('/api/session', {
    ...{ login: 'admin', password: demoPassword, deviceName: 'test' },
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const at = new Date(testClock.now()).toISOString()
  const days = Array.from({ length: 7 }, (_, day) => `2027-02-${String(day + 5).padStart(2, '0')}`)
  const mutation = {
    ...{ id: randomUUID(), device, seq: 1, at, batch: null, stream, kind: 'calendar' },
    ...{ record: idBornIn(stream, randomUUID()), op: 'create', seen: 0 },
    fields: {
      ...{
        ...defaultCalendar,
        name: '样例放假安排',
        calendarVersion: Math.max(1, ...versions) + 1,
      },
      ...{ off: [...defaultCalendar.off, ...days] },
      ...{ worked: [...defaultCalendar.worked, '2027-02-13'], knownUntil: '2027-12-31' },
    },
  }
  const pushed = await call('/api/push', { sentAt: at, mutations: [mutation] }, cookie)
  expect(await pushed.json()).toMatchObject({ receipts: [{ ok: true }] })
}

it('falls due by China’s days over a spring festival, on a phone in another time zone', async () => {
  await saveCalendar()
  const { page, offline } = await enter('worker1', { timezoneId: 'America/New_York' })
  await waitUntilInstalled(page)
  await offline(true)
  // Thursday, 09:00 in China and still Wednesday in New York; seven days off, then a Saturday that is worked.
  await page.clock.setFixedTime(new Date('2027-02-04T01:00:00Z'))
  // The app was not touched for weeks.
  await page.mouse.click(200, 8)
  await unlock(page)
  const { number } = await take(page, '楼道灯不亮', '样例过年前灯不亮')
  expect(number).toContain('-270204-')
  await openTab(page, '诉求')
  await page
    .locator('main a[href^="/request/"]')
    .filter({ hasText: /2月17日 17:30/ })
    .first()
    .waitFor()
})
