/** What opens an office's tablet: a passphrase, a PIN within the shift and a passkey; and that a locked page gets no answer. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, newProfile, removeProfile, type Chrome } from '#tests/support/chrome.ts'
import { passphrase, signIn, typePin, unlock, waitForLock } from '#tests/support/areas/entry.ts'
import { lockNow } from '#tests/support/areas/me.ts'
import { go, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'

let server: WuseServer
let chrome: Chrome
const profiles: string[] = []

beforeAll(async () => {
  server = await createWuseServer(300)
  await server.start()
})
afterAll(async () => {
  await chrome.close().catch(() => {})
  await server.remove()
  for (const profile of profiles) await removeProfile(profile)
})

async function open(profile: string, width = 390): Promise<Page> {
  chrome = await launchChrome({ profile, viewport: { width, height: 844 } })
  return chrome.context.pages()[0] ?? (await chrome.context.newPage())
}

it('an office’s tablet asks for the passphrase after it was closed, for the PIN within the shift, or for a passkey', async () => {
  const profile = await newProfile()
  profiles.push(profile)
  let page = await open(profile, 900)
  await signIn(page, server.url, 'office2')
  await waitUntilInstalled(page)
  // It says that somebody was signed in here, and opens nothing.
  const cookies = await chrome.context.cookies()
  expect(cookies.map(({ name, value }) => [name, value])).toEqual([['wuse-was-here', '1']])

  const guard = await page.context().newCDPSession(page)
  await guard.send('WebAuthn.enable')
  await guard.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const lock = async () => {
    await lockNow(page)
  }
  await lock()
  // Within the shift by the PIN.
  await waitForLock(page)
  await typePin(page)
  await page.getByRole('navigation').first().waitFor()

  await go(page, '/me')
  await page.getByText('用指纹、面容或锁屏密码打开').click()
  await page.getByLabel('先输一次口令').fill(passphrase)
  await page.getByRole('button', { name: '加上' }).click()
  await page.getByText('已经加上了。').waitFor()

  // Loaded anew, nothing of the shift is left in memory.
  await page.reload()
  await page.getByRole('heading', { name: '输入口令' }).waitFor()
  await page.getByLabel('口令', { exact: true }).fill('something quite different')
  await page.getByRole('button', { name: '打开', exact: true }).click()
  await page.getByText('口令不对，还可以试9次。').waitFor()
  await page.getByRole('button', { name: '用指纹、面容或锁屏密码打开' }).click()
  await page.getByRole('navigation').first().waitFor()

  await go(page, '/me')
  await page.getByText('用指纹、面容或锁屏密码打开').click()
  await page.getByRole('button', { name: '去掉' }).click()
  await page.reload()
  await unlock(page)

  // Locked, the page itself gets no answer, whatever its code asks.
  await lock()
  await waitForLock(page)
  const statuses = await page.evaluate(async () => {
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(path, { credentials: 'include', ...init }).then(({ status }) => status)
    const post = { method: 'POST', headers: { 'content-type': 'application/json' } }
    return [
      await ask('/api/session'),
      await ask('/api/devices/own'),
      await ask('/api/events'),
      await ask('/api/pull', { ...post, body: '{"protocol":2,"cursors":{}}' }),
      await ask('/api/session/pass', { ...post, body: '{"protocol":3}' }),
      await ask('/api/session/exchange', { ...post, body: '{"protocol":3}' }),
    ]
  })
  expect(statuses).toEqual([401, 401, 401, 401, 401, 401])
  page = chrome.context.pages()[0] ?? page
  await chrome.close()
})
