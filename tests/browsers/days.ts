/** The worker's day with two outages, the office's day, and a resident before a code, as steps that are timed. */
import { readFile } from 'node:fs/promises'
import { sampleDocument } from '#server/demo/people.ts'
import { createRandom } from '#server/demo/random.ts'
import { passphrase, pin } from '#tests/support/areas/entry.ts'
import { demoPassword } from '#tests/support/wuse-server.ts'
import { until, wait, type Browser, type BrowserKind } from './browser.ts'
import { createHands, type Hands } from './hands.ts'
import type { Relay } from './relay.ts'

/** The promise: what was recorded in an outage is sent within ten seconds of the server's return. */
const mostAfterReturn = 10_000

export interface Place {
  readonly kind: BrowserKind
  readonly profile: string
  readonly relay: Relay
  readonly workbook: string
  /** The page of a code on a wall. */
  readonly codePage: string
}

/** Times a step; what it fails with ends the day. */
export type Step = (name: string, act: () => Promise<void>) => Promise<void>

const firstStop = { css: 'main > section:not([inert]) a[href^="/household/"]' }
const tab = (href: string) => ({ css: `nav a[href="${href}"]` })
const synced = (browser: Browser) =>
  browser.evaluate<boolean>(
    `(() => { const all = [...document.querySelectorAll('main > section:not([inert]) [data-sync]')]; return all.length > 0 && all.every((one) => one.dataset.sync === 'up-to-date') })()`,
  )

async function signIn(browser: Browser, hands: Hands, login: string, url: string) {
  await browser.goto(url)
  await hands.sees({ css: 'button', text: '登录' }, 60_000)
  await hands.fills('input[name=login]', login)
  await hands.fills('input[name=password]', demoPassword)
  await hands.taps({ css: 'button', text: '登录', exact: true })
  const way = await hands.sees({ css: 'h1, h2', text: '设一个' }, 60_000)
  if (way.text.includes('口令')) {
    // Of whoever holds more than a grid.
    await hands.taps({ css: 'label', text: '口令', exact: true })
    await browser.type(passphrase)
    await hands.taps({ css: 'label', text: '再输一次口令' })
    await browser.type(passphrase)
    await hands.taps({ css: 'button', text: '用这个口令' })
  }
  await hands.sees({ css: 'h2', text: '6位数字密码' }, 60_000)
  await hands.types(pin)
  await hands.sees({ css: 'h2', text: '再输一次' })
  await hands.types(pin)
  await hands.sees({ css: 'nav a' }, 90_000)
}

async function unlock(hands: Hands) {
  await hands.sees({ css: 'h2', text: '输入解锁密码' }, 60_000)
  await hands.types(pin)
  await hands.sees({ css: 'nav a' }, 60_000)
}

/** One tap at a door, and the word that it is on the disk, which must be seen. */
async function visit(hands: Hands) {
  await hands.taps(firstStop)
  await hands.taps({ css: 'footer button', text: '无变化' })
  await hands.sees({ css: 'nav a' })
}

/** Whatever the toast lies over: its taps go through, so that what is under it is what is hit. */
async function readsToast(browser: Browser) {
  await until('已保存到本机', () =>
    browser.evaluate<boolean>(
      `[...document.querySelectorAll('[role=status]')].some((one) => { const { top, bottom, height } = one.getBoundingClientRect(); return one.innerText.includes('已保存到本机') && height > 20 && top >= 0 && bottom <= innerHeight })`,
    ),
  )
}

export async function workersDay(place: Place, step: Step): Promise<void> {
  const { kind, profile, relay } = place
  const size = { width: 390, height: 844 }
  let browser = await kind.open(profile, size)
  let hands = createHands(browser)
  try {
    await step('sign in, first pull', () => signIn(browser, hands, 'worker1', relay.url))
    await step('today', async () => {
      await hands.sees(firstStop)
      await browser.evaluate('navigator.serviceWorker.ready.then(() => true)')
    })
    await step('无变化', async () => {
      await visit(hands)
      await readsToast(browser)
      await until('已同步', () => synced(browser), 20_000)
    })
    await step('add a resident', async () => {
      await hands.taps(firstStop)
      await hands.taps({ css: 'a', text: '添加居民' })
      const open = 'main > section:not([inert])'
      await hands.taps({ css: `${open} form label`, text: '姓名' })
      await browser.type('样例新')
      await hands.fills(
        `${open} form input[inputmode=numeric]`,
        sampleDocument(createRandom(9), '1990-05-06', '1'),
      )
      await hands.sees({ css: `${open} form p`, text: '号码正确' })
      // Each browser draws a list of its own over the page: what is chosen there is told to the form.
      await browser.evaluate(
        `(() => { const list = [...document.querySelectorAll('${open} form select')].find((one) => [...one.options].some(({ value }) => value === '99')); list.value = '99'; list.dispatchEvent(new Event('input', { bubbles: true })); return true })()`,
      )
      await hands.taps({ css: 'footer button' })
      await readsToast(browser)
      await hands.taps({ css: 'header button', text: '返回' })
    })
    await step('search by pinyin', async () => {
      await hands.taps(tab('/search'))
      await hands.fills('input[type=search]', 'ylx')
      await hands.sees({ css: 'a[href^="/resident/"]' })
    })
    await step('building chart', async () => {
      await hands.taps(tab('/grid'))
      await hands.taps({ css: 'a[href^="/building/"]' })
      await hands.sees({ css: 'main > section:not([inert]) td a' })
      await hands.taps({ css: 'header button', text: '返回' })
    })
    await step('map, or words', async () => {
      await hands.taps({ css: 'main > section:not([inert]) a', text: '地图' })
      await until('the map, or why there is none', () =>
        browser.evaluate<boolean>(
          `document.querySelector('[data-map=drawn]') !== null || document.body.innerText.includes('画不出地图')`,
        ),
      )
    })
    await step('me', async () => {
      await hands.taps(tab('/me'))
      await hands.sees({ css: 'button', text: '立即锁定' })
    })
    await step('lock, unlock', async () => {
      await hands.taps({ css: 'button', text: '立即锁定' })
      await unlock(hands)
      await hands.taps(tab('/'))
    })
    await step('5 s away: sent', async () => {
      await relay.down()
      await visit(hands)
      await readsToast(browser)
      await wait(5_000)
      await relay.up()
      await until('sent after 5 s away', () => synced(browser), mostAfterReturn)
    })
    await step('starts offline', async () => {
      await relay.down()
      await browser.evaluate('setTimeout(() => location.reload(), 0) > 0')
      await wait(500)
      await unlock(hands)
      await hands.sees(firstStop)
    })
    await step('45 s away: sent', async () => {
      await visit(hands)
      await readsToast(browser)
      await wait(45_000)
      await relay.up()
      await until('sent after 45 s away', () => synced(browser), mostAfterReturn)
    })
    if (!kind.keeps) return
    await step('closed and opened', async () => {
      await browser.close()
      browser = await kind.open(profile, size)
      hands = createHands(browser)
      await browser.goto(relay.url)
      await unlock(hands)
      await hands.sees(firstStop)
      await until('已同步', () => synced(browser), mostAfterReturn)
    })
  } finally {
    await browser.close()
    await relay.up().catch(() => {})
  }
}

export async function officesDay(place: Place, step: Step): Promise<void> {
  const { kind, profile, relay } = place
  const browser = await kind.open(profile, { width: 1180, height: 820 })
  const hands = createHands(browser)
  try {
    await step('office: sign in', () => signIn(browser, hands, 'office2', relay.url))
    await step('office: table', async () => {
      await hands.taps({ css: 'nav a', text: '登记' })
      await hands.sees({ css: '[role=grid] [role=gridcell]' })
    })
    await step('office: export .xlsx', async () => {
      await browser.evaluate(
        `(() => { const make = URL.createObjectURL.bind(URL); URL.createObjectURL = (blob) => { window.handedOut = blob; return make(blob) }; return true })()`,
      )
      await hands.taps({ css: 'button', text: '导出', exact: true })
      await hands.taps({ css: 'dialog label', text: '核对名册' })
      await hands.taps({ css: 'dialog button', text: '导出文件' })
      const head = await until('a workbook', () =>
        browser.evaluate<string | null>(
          `window.handedOut ? window.handedOut.slice(0, 2).text() : null`,
        ),
      )
      if (head !== 'PK') throw new Error('what was handed out is no workbook')
    })
    await step('office: overview', async () => {
      await hands.taps({ css: 'nav a', text: '五色' })
      await hands.sees({ css: 'main table td, main table th' })
    })
    await step('office: five colours', async () => {
      await hands.taps({ css: 'main nav a', text: '五色规则' })
      await hands.sees({ css: 'main h1, main h2', text: '五色' })
    })
    await step('office: import .xlsx', async () => {
      await hands.taps({ css: 'nav a', text: '登记' })
      await hands.taps({ css: 'main nav a', text: '导入' })
      await until('a place for the file', () =>
        browser.evaluate<boolean>(`document.querySelector('input[type=file]') !== null`),
      )
      const bytes = (await readFile(place.workbook)).toString('base64')
      await browser.evaluate(
        `(() => { const text = atob(${JSON.stringify(bytes)}); const file = new File([Uint8Array.from(text, (one) => one.charCodeAt(0))], 'roster.xlsx'); const all = new DataTransfer(); all.items.add(file); const field = document.querySelector('input[type=file]'); field.files = all.files; field.dispatchEvent(new Event('change', { bubbles: true })); return true })()`,
      )
      await hands.sees({ css: 'main p, main h2, main h3', text: '看看每一列是什么' })
    })
  } finally {
    await browser.close()
  }
}

/** A resident with a phone that is no part of the office: scans, taps once, and looks later how it stands. */
export async function residentsTap({ kind, profile, codePage }: Place, step: Step): Promise<void> {
  const browser = await kind.open(profile, { width: 390, height: 844 })
  const hands = createHands(browser)
  const said = (selector: string) =>
    browser.evaluate<string>(`document.querySelector(${JSON.stringify(selector)}).textContent`)
  try {
    await step('resident: page of a code', async () => {
      await browser.goto(`${codePage}?l=zh-CN`)
      await hands.sees({ css: 'label', text: '楼道灯不亮' })
    })
    await step('resident: one tap, sent', async () => {
      await hands.taps({ css: 'label', text: '楼道灯不亮' })
      await hands.taps({ css: 'button', text: '提交' })
      await hands.sees({ css: 'h1, h2', text: '收到了' }, 90_000)
    })
    await step('resident: QR of the follow-up code', async () => {
      await hands.taps({ css: 'button', text: '显示二维码' })
      await until('a picture of the code', () =>
        browser.evaluate<boolean>(
          `document.querySelector('[aria-label*="二维码"], [alt*="二维码"]') !== null`,
        ),
      )
    })
    await step('resident: how it stands', async () => {
      const token = (await said('.keep .code')).replace(/\s+/g, '')
      await browser.goto(`${new URL(codePage).origin}/follow?l=zh-CN#${token}`)
      await hands.sees({ css: 'p, h1, h2, li, div', text: '等社区受理' })
    })
  } finally {
    await browser.close()
  }
}
