/**
 * The files in which Chromium keeps large values, damaged one after the other as a disk does it. Each costs a fetch of its
 * stream; the PIN opens, and unsent work is there.
 */
import { cp, rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, newProfile, removeProfile, type Chrome } from '#tests/support/chrome.ts'
import { damages, largeValues } from '#tests/support/lost-files.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { signIn, unlock } from '#tests/support/areas/entry.ts'
import { front, go, waitForSync, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { serveVaultPage, type ServedVaultPage, type VaultPage } from './serve-vault-page.ts'

let served: ServedVaultPage
let profile: string
let chrome: Chrome | null = null

beforeAll(async () => {
  served = await serveVaultPage()
})
afterAll(() => served.close())

/** What the device wrote in three ways, with work that waits beside it. */
const ways: Record<
  string,
  { readonly records: number; write: (page: VaultPage) => Promise<void> }
> = {
  'a first pull': {
    records: 600,
    async write(page) {
      for (let from = 0; from < 600; from += 300) await page.addLarge(from, from + 300, false)
    },
  },
  'a reset': {
    records: 600,
    async write(page) {
      await page.addLarge(0, 300, false)
      await page.addLarge(0, 600, true)
    },
  },
  'a tidying': {
    records: 200,
    async write(page) {
      await page.addSmall(0, 200)
      await page.compact()
    },
  },
}

async function openVaultPage(): Promise<Page> {
  chrome = await launchChrome({ profile })
  const tab = await chrome.context.newPage()
  await tab.goto(served.address)
  await tab.waitForFunction(() => 'vaultPage' in window)
  return tab
}

async function closed(): Promise<void> {
  await chrome?.close()
  chrome = null
}

/** The others by `npm run test:long`. */
const tried = process.env['WUSE_LOST_FILES'] === 'all' ? Object.keys(ways) : ['a reset']

it.each(tried)('after %s, no damaged file keeps work from its owner', async (way) => {
  profile = await newProfile()
  const untouched = await newProfile()
  try {
    const { records, write } = ways[way] ?? { records: 0, write: () => Promise.resolve() }
    const tab = await openVaultPage()
    await tab.evaluate(() => window.vaultPage.choosePin('280417'))
    await tab.evaluate(
      `(${write.toString().replace(/^async write/, 'async function write')})(window.vaultPage)`,
    )
    expect(await tab.evaluate(() => window.vaultPage.save())).toEqual([1])
    await closed()
    const files = await largeValues(profile)
    expect(files.length).toBeGreaterThan(0)
    await cp(profile, untouched, { recursive: true })
    for (const [name, damage] of Object.entries(damages)) {
      for (const file of files) {
        await rm(profile, { recursive: true, force: true })
        await cp(untouched, profile, { recursive: true })
        await damage(file)
        const again = await openVaultPage()
        const about = `${name}: ${file.slice(-8)}`
        expect(await again.evaluate(() => window.vaultPage.unlock('280417')), about).toMatchObject({
          ok: true,
        })
        const found = await again.evaluate(() => window.vaultPage.look())
        expect(found.waiting, about).toEqual([1])
        expect(found.damaged.length, about).toBe(1)
        expect(found.cursors, about).toEqual({})
        expect(found.records, about).toBeLessThan(records)
        // What the server sends then is taken, and is there the next time.
        await again.evaluate(() => window.vaultPage.addLarge(0, 50, true))
        const healed = await again.evaluate(() => window.vaultPage.look())
        expect(healed, about).toMatchObject({ damaged: [], records: 50, waiting: [1] })
        await closed()
      }
    }
  } finally {
    await closed()
    await removeProfile(profile)
    await removeProfile(untouched)
  }
})

it('the app opens without a network, says what it lacks, fetches it, and sends what waits', async () => {
  const server: WuseServer = await createWuseServer(1_150)
  profile = await newProfile()
  try {
    await server.start()
    chrome = await launchChrome({ profile, viewport: { width: 390, height: 844 } })
    let page = chrome.context.pages()[0] ?? (await chrome.context.newPage())
    await signIn(page, server.url, 'worker1')
    await waitUntilInstalled(page)
    await waitForSync(page, 'up-to-date')
    const door = await page.locator('main li a[href^="/household/"]').first().getAttribute('href')
    const before = (await copyOffice(server.url, 'worker1')).all('visit').length
    await server.stop()
    await go(page, door ?? '')
    await front(page).getByRole('button', { name: '无变化' }).click()
    await page.getByText('已保存到本机').waitFor()
    await closed()
    const files = await largeValues(profile)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) await damages.emptied(file)

    chrome = await launchChrome({ profile, viewport: { width: 390, height: 844 } })
    page = chrome.context.pages()[0] ?? (await chrome.context.newPage())
    await page.goto(server.url)
    await unlock(page)
    await page.locator('main > section:not([inert]) button[data-sync]').first().click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText('本机有一部分资料读不出来').waitFor()
    await sheet.getByText('还有1条没发出去').waitFor()
    await server.start()
    await sheet.getByRole('button', { name: '立即同步' }).click()
    await sheet.getByText('没有待发的工作').waitFor()
    await sheet.getByText('本机有一部分资料读不出来').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '关闭' }).click()
    await go(page, '/grid')
    const office = await copyOffice(server.url, 'worker1')
    expect(office.all('visit').length).toBe(before + 1)
    const buildings = office.all('building').length
    await expect.poll(() => page.locator('a[href^="/building/"]').count()).toBe(buildings)
  } finally {
    await closed()
    await removeProfile(profile)
    await server.remove()
  }
})
