/**
 * An update of the whole app under a half-filled form: the old version goes on with its own files until the person
 * asks for the new one, nothing typed or saved is lost, and the new one starts without the server.
 */
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { makeNextVersion, type NextVersion } from '#tests/support/next-version.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { signIn, unlock } from '#tests/support/areas/entry.ts'
import { openMe } from '#tests/support/areas/me.ts'
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

let server: WuseServer
let next: NextVersion
let chrome: Chrome

beforeAll(async () => {
  server = await createWuseServer(300)
  await server.start()
  next = await makeNextVersion()
  chrome = await launchChrome({
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
  })
})
afterAll(async () => {
  await chrome.close()
  await server.remove()
  await rm(next.folder, { recursive: true, force: true })
})

/** Which version's files the page runs. */
const isNext = (page: Page) =>
  page.evaluate(
    (mark) =>
      [...document.querySelectorAll('script[src]')].some((script) =>
        script.getAttribute('src')?.includes(`${mark}.js`),
      ),
    next.mark,
  )
const waiting = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting !== null)

it('waits until the form is closed and the person asks for it', async () => {
  const office = await copyOffice(server.url, 'worker1')
  const [first, second] = office
    .all('resident')
    .filter(({ fields }) => !fields.movedOutOn && !fields.diedOn)
  const page = await chrome.context.newPage()
  const failed: string[] = []
  page.on('pageerror', (error) => failed.push(error.message))
  await signIn(page, server.url, 'worker1')
  await waitUntilInstalled(page)
  await page.reload()
  await unlock(page)

  await go(page, `/resident/${first?.id ?? ''}/edit`)
  await sayPurpose(page)
  await front(page).getByRole('button', { name: '更多' }).click()
  await front(page).getByRole('textbox', { name: '备注' }).fill('样例填到一半')

  await server.stop()
  await server.start(next.main)
  // The app comes to the front and looks for a newer version.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect.poll(() => waiting(page), { timeout: 60_000 }).toBe(true)
  await expect
    .poll(() => front(page).getByRole('textbox', { name: '备注' }).inputValue())
    .toBe('样例填到一半')
  expect(await isNext(page)).toBe(false)

  // Pages that were not opened before come from the old version's own files, though the server has none of them.
  await go(page, `/resident/${second?.id ?? ''}/death`)
  await front(page).getByRole('button', { name: '登记去世' }).waitFor()
  await page.goBack()
  // Whoever comes back to a form says again why they look; what was typed is there.
  const typed = async () => {
    await sayPurpose(page)
    await front(page).getByRole('button', { name: '更多' }).click()
    return front(page).getByRole('textbox', { name: '备注' }).inputValue()
  }
  expect(await typed()).toBe('样例填到一半')

  // Not even loading the page anew swaps it under the form: the draft is there, and so is the old version.
  await page.reload()
  await unlock(page)
  expect(await isNext(page)).toBe(false)
  expect(await typed()).toBe('样例填到一半')
  await agree(page)
  await goOffline(chrome.context)
  await save(page, '保存')
  await goOnline(chrome.context)

  await openMe(page)
  const button = page.getByRole('button', { name: '有新版本，点这里更新' })
  // A tap loads the page anew; where the old version was still at something, it is offered once more. A load may wait for
  // the worker that takes over: whoever taps once more begins it anew.
  for (let taps = 0; taps < 5 && !(await isNext(page)); taps += 1) {
    if (taps > 0) await openMe(page)
    await button.waitFor({ timeout: 60_000 })
    const loaded = page.waitForEvent('load', { timeout: 20_000 }).then(
      () => true,
      () => false,
    )
    await button.click()
    if (await loaded) await unlock(page)
  }
  expect(await isNext(page)).toBe(true)
  await go(page, '/')
  await waitForSync(page, 'up-to-date')
  const after = await copyOffice(server.url, 'worker1')
  expect(after.get('resident', first?.id ?? '')?.fields.note).toBe('样例填到一半')

  await server.stop()
  await page.reload()
  await unlock(page)
  expect(await isNext(page)).toBe(true)
  await go(page, `/resident/${second?.id ?? ''}/death`)
  await front(page).getByRole('button', { name: '登记去世' }).waitFor()
  expect(failed).toEqual([])
})
