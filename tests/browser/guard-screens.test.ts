/**
 * The screens that guard: passphrase, PIN, second factor, own devices, the rules of the policy, unusual reads, the lock
 * within a shift. At a phone's, a small phone's and a tablet's size axe finds nothing and nothing is cut.
 */
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { fillSignIn, passphrase, typePin, waitForLock } from '#tests/support/areas/entry.ts'
import { lockNow } from '#tests/support/areas/me.ts'
import { openAudit } from '#tests/support/areas/privacy.ts'
import { front, go } from '#tests/support/worker-app.ts'
import { createWuseServer, demoPassword, type WuseServer } from '#tests/support/wuse-server.ts'
import { testClock } from '#tests/support/test-clock.ts'

const sizes = [
  { width: 390, height: 844 },
  { width: 320, height: 568 },
  { width: 1180, height: 820 },
] as const

let server: WuseServer
let chrome: Chrome
let page: Page

beforeAll(async () => {
  server = await createWuseServer(40, 240)
  await server.start()
  chrome = await launchChrome({
    ...notInstalled,
    bypassCSP: true,
    reducedMotion: 'reduce',
    viewport: sizes[0],
  })
  page = await chrome.context.newPage()
  // Passwords are hashed on a machine that others use as well.
  page.setDefaultTimeout(60_000)
}, 300_000)
afterAll(async () => {
  await chrome.close()
  await server.remove()
})

async function check(screen: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    await look(page, `guard-${screen}-${size.width}`)
  }
  await page.setViewportSize(sizes[0])
}

/** The code that an authenticator shows now (RFC 6238); `later`: so many steps of 30 seconds on. */
function codeOf(secret: string, later = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(testClock.now() / 30_000) + later))
  const hash = createHmac('sha1', Buffer.from(bytes)).update(step).digest()
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

it('are whole at every size, and a second factor goes from its picture to the sign-in', async () => {
  await page.goto(server.url)
  await fillSignIn(page, 'admin')
  await page.getByText('设一个口令').waitFor()
  await page.getByLabel('口令', { exact: true }).fill('样例')
  await page.getByRole('button', { name: '用这个口令' }).click()
  await check('passphrase that is too short')
  await page.getByLabel('口令', { exact: true }).fill(passphrase)
  await page.getByLabel('再输一次口令').fill(passphrase)
  await page.getByRole('button', { name: '用这个口令' }).click()
  await page.getByText('设一个6位数字密码').waitFor()
  await check('PIN pad')
  await typePin(page)
  await page.getByText('再输一次').waitFor()
  await typePin(page)
  await page.getByRole('navigation').first().waitFor()

  await go(page, '/me')
  await page.getByText('两步登录', { exact: true }).click()
  await page.getByLabel('密码', { exact: true }).fill(demoPassword)
  await page.getByRole('button', { name: '开始设置' }).click()
  await page.getByText('设置两步登录').waitFor()
  await check('picture of a second factor')
  const spelled = await page.getByText(/^(?:[A-Z2-7]{4} ?)+[A-Z2-7]*$/).innerText()
  const secret = spelled.replaceAll(' ', '')
  await page.getByLabel('验证码').fill(codeOf(secret))
  await page.getByRole('button', { name: '完成设置' }).click()
  await page.getByText('请把备用码抄在纸上').waitFor()
  await check('recovery codes')
  await page.getByRole('button', { name: '已经抄好' }).click()
  await page.getByText('已设置，还有10个备用码。').waitFor()
  await check('second factor that is on')
  await page.getByText('我的设备', { exact: true }).click()
  await page.getByText(/，这台设备/).waitFor()
  await check('own devices')

  await go(page, '/protection/edit')
  await front(page).getByText('社区工作人员和管理员要两步登录').waitFor()
  await check('rules of the policy')
  await openAudit(page)
  await page.getByText('只看不寻常的').waitFor()
  await page.getByText('只看不寻常的').click()
  await check('unusual reads')

  await lockNow(page)
  await waitForLock(page)
  await check('lock within the shift')
  await page.getByRole('button', { name: '改用口令' }).click()
  await page.getByRole('heading', { name: '输入口令' }).waitFor()
  await check('passphrase by choice')
  await page.getByRole('button', { name: '改用6位数字' }).click()
  await typePin(page)
  await page.getByRole('navigation').first().waitFor()

  await page.reload()
  await page.getByRole('heading', { name: '输入口令' }).waitFor()
  await check('lock after the app was closed')
  await page.getByRole('button', { name: '忘了口令' }).click()
  await fillSignIn(page, 'admin')
  await page.getByLabel('验证码').waitFor()
  await check('code at sign-in')
  await page.getByLabel('验证码').fill(codeOf(secret, 1))
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByText('设一个口令').waitFor()
}, 600_000)
