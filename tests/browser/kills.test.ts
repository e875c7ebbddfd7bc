/** The browser killed in the middle of a save and of a first pull, as by an empty battery; its profile opened again. */
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, newProfile, removeProfile, type Chrome } from '#tests/support/chrome.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { signIn, typePin, unlock } from '#tests/support/areas/entry.ts'
import { front, go, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { createWuseServer, demoPassword, type WuseServer } from '#tests/support/wuse-server.ts'

const viewport = { width: 390, height: 844 }
/** Many more by `npm run test:long`. */
const kills = Number(process.env['WUSE_BROWSER_KILLS'] ?? 3)

let server: WuseServer
const profiles: string[] = []
let chrome: Chrome

beforeAll(async () => {
  server = await createWuseServer(1_150)
  await server.start()
})
afterAll(async () => {
  await chrome.close().catch(() => {})
  await server.remove()
  for (const profile of profiles) await removeProfile(profile)
})

async function open(profile: string): Promise<Page> {
  chrome = await launchChrome({ profile, viewport })
  return chrome.context.pages()[0] ?? (await chrome.context.newPage())
}

/** Every process of the browser on that profile, at once and without a word. */
async function kill(profile: string): Promise<void> {
  const list = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,command='], { encoding: 'utf8' })
  const pids = list
    .split('\n')
    .filter((line) => line.includes(`--user-data-dir=${profile}`))
    .map((line) => Number(line.trim().split(' ')[0]))
  expect(pids.length).toBeGreaterThan(0)
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended with another one.
    }
  }
  await chrome.close().catch(() => {})
}

async function unsentIn(page: Page): Promise<number> {
  await page.locator('main > section:not([inert]) button[data-sync]').first().click()
  const sheet = page.getByRole('dialog')
  await sheet.waitFor()
  const text = (await sheet.textContent()) ?? ''
  await page.getByRole('button', { name: '关闭' }).click()
  return Number(/还有(\d+)条没发出去/.exec(text)?.[1] ?? 0)
}

/** By the PIN; killed before its keys were on the disk, it asks for the sign-in again: nothing was there to lose. */
async function enter(page: Page): Promise<void> {
  await page.goto(server.url)
  const pin = page.getByText('输入解锁密码')
  const login = page.getByLabel('账号')
  await pin.or(login).first().waitFor()
  if (await pin.isVisible()) return typePin(page)
  await login.fill('worker3')
  await page.getByLabel('密码').fill(demoPassword)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByText('设一个6位数字密码').waitFor()
  await typePin(page)
  await page.getByText('再输一次').waitFor()
  await typePin(page)
}

it('what the screen called saved is there after the battery died, and arrives', async () => {
  const profile = await newProfile()
  profiles.push(profile)
  let page = await open(profile)
  await signIn(page, server.url, 'worker1')
  await waitUntilInstalled(page)
  const doors = await page.evaluate(() =>
    [...document.querySelectorAll('main li a[href^="/household/"]')].map(
      (card) => card.getAttribute('href') ?? '',
    ),
  )
  const before = (await copyOffice(server.url, 'worker1')).all('visit').length
  await server.stop()
  let acknowledged = 0
  for (let round = 0; round < kills; round += 1) {
    await go(page, doors[round % doors.length] ?? '/')
    await front(page).getByRole('button', { name: '无变化' }).click({ noWaitAfter: true })
    // Half of them at the very moment of the word, half of them around the tap.
    if (round % 2 === 0) {
      await page.getByText('已保存到本机').waitFor()
      acknowledged += 1
    } else await new Promise((resolve) => setTimeout(resolve, Math.random() * 30))
    await kill(profile)
    page = await open(profile)
    await page.goto(server.url)
    await unlock(page)
    const unsent = await unsentIn(page)
    expect(unsent).toBeGreaterThanOrEqual(acknowledged)
    expect(unsent).toBeLessThanOrEqual(round + 1)
    // Whatever was on the disk counts from now on: it must not go again.
    acknowledged = unsent
  }
  await server.start()
  // A browser keeps its cookies in memory for half a minute: killed before, it asks for the password, and all work waits.
  await page.locator('main > section:not([inert]) button[data-sync]').first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: '立即同步' }).click()
  const password = sheet.getByLabel('密码')
  const received = sheet.getByText('没有待发的工作')
  await password.or(received).first().waitFor()
  if (await password.isVisible()) {
    await expect.poll(() => sheet.getByText(`还有${acknowledged}条没发出去`).isVisible()).toBe(true)
    await password.fill(demoPassword)
    await sheet.getByRole('button', { name: '继续同步' }).click()
  }
  await received.waitFor()
  const after = (await copyOffice(server.url, 'worker1')).all('visit').length
  expect(after).toBe(before + acknowledged)
  await chrome.close()
})

it('a first pull that is killed goes on when the app is opened again, and ends', async () => {
  const profile = await newProfile()
  profiles.push(profile)
  for (const wait of [20, 250, 600, 1_000]) {
    await enter(await open(profile))
    await new Promise((resolve) => setTimeout(resolve, wait))
    await kill(profile)
  }
  const page = await open(profile)
  await enter(page)
  // Killed before the browser wrote its cookies down, the first pull asks for the password and goes on.
  const list = page.getByRole('navigation')
  const again = page.getByRole('button', { name: '继续同步' })
  await list.or(again).first().waitFor()
  if (await again.isVisible()) {
    await page.getByLabel('密码').fill(demoPassword)
    await again.click()
  }
  await list.waitFor()
  await go(page, '/grid')
  const buildings = (await copyOffice(server.url, 'worker3')).all('building').length
  await expect.poll(() => page.locator('a[href^="/building/"]').count()).toBe(buildings)
  await chrome.close()
})
