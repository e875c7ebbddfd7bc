/** The browser cannot open an account's database any more: it is said, work goes on beside it, nothing is lost. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { cramped, findings } from '#tests/support/looks.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { signIn, typePin, unlock, waitForLock } from '#tests/support/areas/entry.ts'
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

let server: WuseServer
let chrome: Chrome

beforeAll(async () => {
  server = await createWuseServer(300)
  await server.start()
  chrome = await launchChrome({
    viewport: { width: 390, height: 844 },
    bypassCSP: true,
    reducedMotion: 'reduce',
  })
})
afterAll(async () => {
  await chrome.close()
  await server.remove()
})

/** As of a damaged store: the first database of an account does not open while the mark is set. */
function breakDatabases() {
  const open = indexedDB.open.bind(indexedDB)
  indexedDB.open = (name: string, version?: number) => {
    if (localStorage.getItem('broken') && /^wuse-[\da-f]{8}-[\da-f-]{27}$/.test(name)) {
      throw new DOMException('Internal error opening backing store', 'UnknownError')
    }
    return open(name, version)
  }
}

async function note(page: Page, id: string, text: string) {
  await go(page, `/resident/${id}/edit`)
  await sayPurpose(page)
  await front(page).getByRole('button', { name: '更多' }).click()
  await front(page).getByRole('textbox', { name: '备注' }).fill(text)
  await agree(page)
  await save(page, '保存')
}

it('another one is begun, and the work in the old one is sent once it opens again', async () => {
  const [first, second] = (await copyOffice(server.url, 'worker1'))
    .all('resident')
    .filter(({ fields }) => !fields.movedOutOn && !fields.diedOn)
    .map(({ id }) => id)
  const page = await chrome.context.newPage()
  await page.addInitScript(breakDatabases)
  await signIn(page, server.url, 'worker1')
  await waitUntilInstalled(page)
  // No server at all: a browser that is told to be offline may still send what it had begun.
  await server.stop()
  await note(page, first ?? '', '样例在旧库')
  await page.evaluate(() => localStorage.setItem('broken', 'yes'))

  await page.goto(server.url)
  await waitForLock(page)
  await typePin(page)
  await page.getByText('这台设备上的数据打不开').waitFor()
  // Nothing of the old database can have gone out: no server was there while it opened, and now it does not open.
  expect(await page.evaluate(() => localStorage.getItem('broken'))).toBe('yes')
  await server.start()
  const before = await copyOffice(server.url, 'worker1')
  expect(before.get('resident', first ?? '')?.fields.note ?? null).not.toBe('样例在旧库')
  await page.getByRole('button', { name: '重启了还是打不开' }).click()
  await page.getByText('原来那份留在手机里不删').waitFor()
  expect(await findings(page)).toEqual([])
  expect(await cramped(page, 48)).toEqual([])
  await page.getByRole('button', { name: '另起一份，接着工作' }).click()
  await page.getByText('已另起一份').waitFor()
  await unlock(page)
  await waitForSync(page, 'up-to-date')
  await note(page, second ?? '', '样例在新库')
  await go(page, '/')
  await waitForSync(page, 'up-to-date')
  const between = await copyOffice(server.url, 'worker1')
  expect(between.get('resident', second ?? '')?.fields.note).toBe('样例在新库')
  expect(between.get('resident', first ?? '')?.fields.note ?? null).not.toBe('样例在旧库')

  await page.evaluate(() => localStorage.removeItem('broken'))
  await page.goto(server.url)
  await unlock(page)
  await waitForSync(page, 'up-to-date')
  const after = await copyOffice(server.url, 'worker1')
  expect(after.get('resident', first ?? '')?.fields.note).toBe('样例在旧库')
  expect(after.get('resident', second ?? '')?.fields.note).toBe('样例在新库')
})
