/** Every screen at phone and tablet size, in both languages' shell and in large mode: axe finds nothing, nothing is cut. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { copyOffice, type OfficeCopy } from '#tests/support/office-copy.ts'
import { createWuseServer, demoPassword, type WuseServer } from '#tests/support/wuse-server.ts'
import { fillSignIn, signIn, typePin } from '#tests/support/areas/entry.ts'
import { openMe } from '#tests/support/areas/me.ts'
import { sayPurpose } from '#tests/support/areas/walk.ts'
import { front, go, openTab } from '#tests/support/worker-app.ts'

const sizes = [
  { name: 'phone', viewport: { width: 390, height: 844 } },
  { name: 'tablet', viewport: { width: 1180, height: 820 } },
] as const

let server: WuseServer
let office: OfficeCopy

beforeAll(async () => {
  server = await createWuseServer(1_150)
  await server.start()
  office = await copyOffice(server.url, 'worker1')
})

afterAll(() => server.remove())

describe.each(sizes)('at $name size', ({ name, viewport }) => {
  let chrome: Chrome
  let page: Page

  beforeAll(async () => {
    // The policy stays as it is for the app; only the checker's own script is let past it.
    chrome = await launchChrome({
      ...notInstalled,
      viewport,
      bypassCSP: true,
      reducedMotion: 'reduce',
    })
    page = await chrome.context.newPage()
  })

  afterAll(() => chrome.close())

  const check = (screen: string, least = 48) => look(page, `${screen}-${name}`, { least })

  it('before the register: sign-in, PIN, wrong words', async () => {
    await page.goto(server.url)
    await page.getByRole('button', { name: '登录' }).click()
    await check('sign-in')
    await fillSignIn(page, 'worker1', 'wrong-password')
    await page.getByText('账号或密码不对').waitFor()
    await check('wrong-words')
    await page.getByLabel('密码').fill(demoPassword)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByText('设一个6位数字密码').waitFor()
    await check('choose-pin')
    await page.goto('about:blank')
    await signIn(page, server.url, 'worker1')
  })

  it('lists: today, grid, building chart, search, me, sync', async () => {
    await check('today')
    await openTab(page, '网格')
    await check('grid')
    await page.locator('a[href^="/building/"]').first().click()
    await check('building')
    await openTab(page, '搜索')
    await page.getByRole('searchbox').fill('wang')
    await check('search')
    await page.getByRole('searchbox').fill('zzzzzz')
    await check('nobody-found')
    await openMe(page)
    await check('me')
    await page.locator('button[data-sync]').last().click()
    await page.getByRole('dialog').waitFor()
    await check('sync')
    await page.keyboard.press('Escape')
    await openTab(page, '今日')
  })

  it('records: household, its changes, resident, reveal, history, dwelling', async () => {
    const home = office.all('household').find((one) => !one.fields.endedOn)
    const resident = office
      .all('resident')
      .find((one) => one.fields.household === home?.id && !one.fields.movedOutOn)
    await go(page, `/household/${home?.id ?? ''}`)
    await check('household')
    await front(page).getByRole('button', { name: '有变化' }).click()
    await page.getByRole('dialog').waitFor()
    await check('changes')
    await page.keyboard.press('Escape')
    await go(page, `/resident/${resident?.id ?? ''}`)
    await front(page).getByRole('button', { name: '看修改记录' }).click()
    await front(page).getByRole('button', { name: '看其他资料' }).click()
    await check('resident')
    await front(page).getByRole('button', { name: '显示姓名' }).click()
    await page.getByRole('dialog').waitFor()
    await check('reveal')
    await page.getByRole('button', { name: '联系本人' }).click()
    await front(page)
      .getByText(resident?.fields.name ?? 'none')
      .waitFor()
    await go(page, `/dwelling/${home?.fields.dwelling ?? ''}`)
    await check('dwelling')
    await go(page, '/household/01900000-0000-7000-8000-00000000dead')
    await check('gone')
  })

  it('forms: add, edit, visit, intake, birth, death, moves, dwelling; and their errors', async () => {
    const home = office.all('household').find((one) => !one.fields.endedOn)
    const resident = office
      .all('resident')
      .find((one) => one.fields.household === home?.id && !one.fields.movedOutOn)
    const household = `/household/${home?.id ?? ''}`
    const person = `/resident/${resident?.id ?? ''}`
    const room = `/dwelling/${home?.fields.dwelling ?? ''}`
    for (const [path, saveName] of [
      [`${household}/add`, '保存'],
      [`${household}/visit`, null],
      [`${household}/birth`, '保存新生儿'],
      [`${household}/leave`, null],
      [`${household}/move`, '保存换房'],
      [`${person}/death`, null],
      [`${person}/move`, '保存换房'],
      [`${room}/intake`, /保存这一户/],
      [`${room}/edit`, null],
    ] as const) {
      await go(page, path)
      await front(page).locator('form').waitFor()
      const form = path.replace(/\/[\da-f-]{36}/, '').replaceAll('/', '-')
      await check(`form${form}`)
      if (!saveName) continue
      await front(page).getByRole('button', { name: saveName }).click()
      await front(page).getByText('要改，改好再保存').waitFor()
      await check(`errors${form}`)
    }
    await go(page, `${person}/edit`)
    await check('why-edit')
    await sayPurpose(page)
    await front(page).getByRole('button', { name: '更多' }).click()
    await check('edit')
  })

  it('larger and largest letters, English, dark and locked', async () => {
    await openMe(page)
    for (const [size, pixels] of [
      ['大字', 24],
      ['特大', 30],
    ] as const) {
      await page.getByRole('radio', { name: size }).check()
      // The page is drawn anew after the tap.
      const letters = () => page.evaluate(() => getComputedStyle(document.body).fontSize)
      await expect.poll(letters).toBe(`${pixels}px`)
      await check(`me-${pixels}`, 60)
      await openTab(page, '今日')
      await check(`today-${pixels}`, 60)
      await openMe(page)
    }
    await page.getByRole('radio', { name: '标准' }).check()
    await page.getByRole('radio', { name: 'English' }).check()
    await page.getByRole('link', { name: 'Today', exact: true }).waitFor()
    await check('me-english')
    await page.getByRole('link', { name: 'Today', exact: true }).click()
    await check('today-english')
    await page.emulateMedia({ colorScheme: 'dark' })
    await check('today-dark')
    await page.getByRole('link', { name: 'Me', exact: true }).click()
    await check('me-dark')
    await page.getByRole('button', { name: 'Lock now' }).click()
    await page.getByText('Enter your PIN').waitFor()
    await check('locked-dark')
    await typePin(page)
    await page.getByRole('navigation').waitFor()
  })
})
