/**
 * Places and people as an office keeps them: a grid split while its worker is in a lane without a signal, grids
 * merged, an account made, signed in with its one-time password and handed over. At tablet sizes, with axe.
 */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import {
  launchChrome,
  notInstalled,
  type Chrome,
  type ChromeOptions,
} from '#tests/support/chrome.ts'
import { lookInSizes } from '#tests/support/looks.ts'
import { copyOffice, type Held, type OfficeCopy } from '#tests/support/office-copy.ts'
import { signIn, signInFirst, typePin } from '#tests/support/areas/entry.ts'
import { openDesk } from '#tests/support/areas/office.ts'
import { openPeople, readOneTime } from '#tests/support/areas/places.ts'
import {
  agree,
  front,
  go,
  openTab,
  save,
  waitForSync,
  waitUntilInstalled,
} from '#tests/support/worker-app.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

const wide = { width: 1280, height: 800 }
const upright = { width: 820, height: 1180 }
const phone = { width: 390, height: 844 }

let server: WuseServer
let desk: Chrome
let page: Page
const opened: Chrome[] = []

async function launch(
  viewport: typeof wide,
  more: ChromeOptions = notInstalled,
): Promise<{ chrome: Chrome; page: Page }> {
  const chrome = await launchChrome({ viewport, bypassCSP: true, reducedMotion: 'reduce', ...more })
  const fresh = await chrome.context.newPage()
  return { chrome, page: fresh }
}

beforeAll(async () => {
  server = await createWuseServer(1_400)
  await server.start()
  const { chrome, page: fresh } = await launch(wide)
  desk = chrome
  page = fresh
  await signIn(page, server.url, 'admin')
})
afterEach(async () => {
  for (const chrome of opened.splice(0)) await chrome.close()
})
afterAll(async () => {
  await desk.close()
  await server.remove()
})

/** As it stands at both sizes of a tablet. */
async function check(name: string, sizes: Record<string, typeof wide> = { wide, upright }) {
  await lookInSizes(page, name, sizes)
  await page.setViewportSize(wide)
}
const office = () => copyOffice(server.url, 'admin')
async function officeWith(isThere: (copy: OfficeCopy) => boolean): Promise<OfficeCopy> {
  let copy = await office()
  await expect
    .poll(async () => {
      copy = await office()
      return isThere(copy)
    })
    .toBe(true)
  return copy
}
const gridsOf = (copy: OfficeCopy, community: string) => {
  const above = copy.all('place').find(({ fields }) => fields.name === community)
  return copy
    .all('place')
    .filter(({ fields }) => fields.parent === above?.id && !fields.closed)
    .sort((a, b) => (a.fields.order ?? 0) - (b.fields.order ?? 0))
}
const buildingsIn = (copy: OfficeCopy, grid: string) =>
  copy.all('building').filter(({ stream }) => stream === grid)
const button = (name: string | RegExp, at = page) => front(at).getByRole('button', { name })
/** The tree or the list at the left, once the office has told its numbers. */
async function openPlaces() {
  await openTab(page, '管理')
  await numbers().waitFor()
}
/** A line of words on a narrow screen, a column of figures at a desk. */
const numbers = () =>
  page
    .getByText(/\d户/)
    .or(page.getByRole('columnheader', { name: '住户' }))
    .first()
async function addGrid(community: string, name: string): Promise<Held<'place'>> {
  const above = (await office()).all('place').find(({ fields }) => fields.name === community)
  await go(page, `/places/${above?.id ?? ''}/add`)
  await front(page).getByLabel('名称').fill(name)
  await button('保存').click()
  await page.waitForURL((url) => url.pathname === `/places/${above?.id ?? ''}`)
  const copy = await officeWith((one) =>
    gridsOf(one, community).some((g) => g.fields.name === name),
  )
  const made = gridsOf(copy, community).find(({ fields }) => fields.name === name)
  if (!made) throw new Error('not made')
  // Its record comes with the next pull.
  await front(page).getByRole('link', { name }).waitFor()
  return made
}

it('shows the tree with its numbers; a name is changed, and what is wrong is said', async () => {
  await openPlaces()
  await button('展开 蒋家桥社区').click()
  await page.getByRole('link', { name: /第三网格/ }).waitFor()
  await check('tree')
  await page.getByLabel('找地方').fill('秋丰')
  await page.getByRole('link', { name: /秋丰村委会/ }).click()
  await front(page).getByText('下级地方').first().waitFor()
  await check('place')
  await front(page).getByRole('link', { name: '改名称或代码' }).click()
  await front(page).getByLabel('行政区划代码').fill('33')
  await button('保存').click()
  await front(page).getByText('请填12位数字，或者留空').waitFor()
  await check('rename', { upright })
  await front(page).getByLabel('行政区划代码').fill('')
  await front(page).getByLabel('名称').fill('秋丰样例村')
  // Without a connection it says so, and what was typed stays.
  await goOffline(desk.context)
  await button('保存').click()
  await front(page).getByText('没有网络，请连上网再试').waitFor()
  await check('rename-offline', { upright })
  await goOnline(desk.context)
  await button('保存').click()
  await page.getByRole('heading', { name: '秋丰样例村' }).waitFor()
  await officeWith((copy) => copy.all('place').some(({ fields }) => fields.name === '秋丰样例村'))
  await page.getByLabel('找地方').fill('')
})

it('splits a grid while its worker has unsent work in a lane; the work is found in the new grid', async () => {
  const before = await office()
  const person = before
    .all('resident')
    .find(
      ({ stream, fields }) =>
        stream === gridsOf(before, '蒋家桥社区')[2]?.id && !fields.movedOutOn && !fields.diedOn,
    )
  const home = before.get('household', person?.fields.household ?? '')
  const room = before.get('dwelling', home?.fields.dwelling ?? '')
  const house = before.get('building', room?.fields.building ?? '')
  if (!person || !house) throw new Error('nobody lives there')

  const { chrome, page: walker } = await launch(phone, {})
  opened.push(chrome)
  await signIn(walker, server.url, 'worker1')
  await waitUntilInstalled(walker)
  await goOffline(chrome.context)
  await go(walker, `/resident/${person.id}/edit`)
  await button('核对证件', walker).click()
  await button('更多', walker).click()
  await front(walker).getByRole('textbox', { name: '备注' }).fill('样例巷子里')
  await agree(walker)
  await save(walker, '保存')

  await go(page, `/places/${house.stream}`)
  await front(page).getByRole('link', { name: '拆分' }).click()
  await button('先看看会怎样').click()
  await front(page).getByText('请选要转的楼').waitFor()
  await front(page).getByLabel('转到哪里').selectOption('new')
  await front(page).getByLabel('新网格的名称').fill('样例江边网格')
  await front(page)
    .getByRole('checkbox', { name: new RegExp(`^${house.fields.name}`) })
    .first()
    .check()
  await check('split')
  await button('先看看会怎样').click()
  await front(page).getByText('不用先同步').waitFor()
  await front(page).getByText('新网格还没有人负责').waitFor()
  await check('split-sure')
  await button('确定转').click()
  await front(page).getByText('转好了1栋').waitFor()
  await check('split-done', { upright })
  await front(page).getByRole('link', { name: '去看转到的网格' }).click()
  await page.getByRole('heading', { name: '样例江边网格' }).waitFor()

  // Somebody looks after it from now on.
  await front(page).getByRole('link', { name: '安排人员' }).click()
  await front(page)
    .getByRole('checkbox', { name: /样例网格员乙/ })
    .check()
  await check('place-people', { upright })
  await button('保存').click()
  await front(page).getByRole('link', { name: '样例网格员乙' }).waitFor()

  await goOnline(chrome.context)
  await waitForSync(walker, 'up-to-date')
  const after = await officeWith(
    (copy) => copy.get('resident', person.id)?.fields.note === '样例巷子里',
  )
  const made = gridsOf(after, '蒋家桥社区').find(({ fields }) => fields.name === '样例江边网格')
  expect(after.get('resident', person.id)?.stream).toBe(made?.id)
  expect(buildingsIn(after, made?.id ?? '').map(({ id }) => id)).toEqual([house.id])
  await go(page, `/resident/${person.id}`)
  await button('看其他资料').click()
  await front(page).getByText('样例巷子里').waitFor()
})

it('merges a grid into another one, goes on after an interruption, and lists it no more', async () => {
  const one = await addGrid('金桥社区', '样例并入网格')
  const before = await office()
  const [from] = gridsOf(before, '蒋家桥社区').filter(
    ({ id }) => buildingsIn(before, id).length > 1,
  )
  const houses = buildingsIn(before, from?.id ?? '').slice(0, 2)
  // Two houses that the merge takes along.
  await go(page, `/places/${from?.id ?? ''}/split`)
  await front(page).getByLabel('转到哪里').selectOption(one.id)
  for (const { fields } of houses) {
    await front(page)
      .getByRole('checkbox', { name: new RegExp(`^${fields.name}`) })
      .first()
      .check()
  }
  await button('先看看会怎样').click()
  await button('确定转').click()
  await front(page)
    .getByText(/转好了\d栋/)
    .waitFor()
  const [target] = gridsOf(before, '金桥社区')
  await go(page, `/places/${one.id}/merge`)
  await front(page)
    .getByLabel('转到哪里')
    .selectOption(target?.id ?? '')
  await button('先看看会怎样').click()
  await front(page).getByText('随后关闭').waitFor()
  await check('merge-sure', { upright })
  // The connection goes: nothing is lost, one tap goes on.
  await goOffline(desk.context)
  await button('确定并入').click()
  await front(page).getByText('再按一次接着转').waitFor()
  await check('merge-broken', { wide })
  await goOnline(desk.context)
  await button('接着转').click()
  await front(page).getByText('原来的网格已关闭').waitFor()
  await check('merge-done', { upright })
  const after = await officeWith((copy) => copy.get('place', one.id)?.fields.closed === true)
  expect(buildingsIn(after, one.id)).toEqual([])
  expect(buildingsIn(after, target?.id ?? '').length).toBeGreaterThan(0)
  await go(page, `/places/${target?.fields.parent ?? ''}`)
  await front(page).getByText('已关闭').waitFor()
})

it('makes an account, whose one-time password opens with a new one, and hands it over when it leaves', async () => {
  await openPlaces()
  await page.getByRole('link', { name: '人员', exact: true }).click()
  await page.getByRole('link', { name: '样例网格员甲' }).waitFor()
  await check('people')
  await page.getByRole('link', { name: '新建账号' }).click()
  await button('新建').click()
  await front(page).getByText('请至少选一个地方').waitFor()
  await front(page).getByLabel('账号').fill('worker1')
  await front(page).getByLabel('姓名').fill('样例新人庚')
  await front(page).getByLabel('找地方').fill('蒋家桥社区 第一')
  await front(page).getByRole('checkbox', { name: '蒋家桥社区 第一网格' }).check()
  await check('make', { upright })
  await button('新建').click()
  await front(page).getByText('这个账号名已经有人用了').waitFor()
  await front(page).getByLabel('账号').fill('sample7')
  await button('新建').click()
  const once = await readOneTime(page)
  await check('one-time', { upright })
  await button('已经抄下来了').click()
  await page.getByRole('heading', { name: '样例新人庚' }).waitFor()
  await check('person')

  const { chrome, page: newcomer } = await launch(phone)
  opened.push(chrome)
  await signInFirst(newcomer, server.url, 'sample7', once)
  await newcomer.getByText('设一个6位数字密码').waitFor()
  await typePin(newcomer)
  await newcomer.getByText('再输一次').waitFor()
  await typePin(newcomer)
  await newcomer.getByRole('navigation').first().waitFor()

  await front(page).getByRole('link', { name: '离岗' }).click()
  await front(page).getByText('上次同步').first().waitFor()
  await front(page).getByLabel('都交给').selectOption({ label: '样例网格员丙（worker3）' })
  await check('leave')
  await button('看清楚了，下一步').click()
  await front(page).getByText('第一网格 → 样例网格员丙').waitFor()
  await check('leave-sure', { upright })
  await button('确定停用并交接').click()
  await front(page).getByRole('link', { name: '重新启用' }).waitFor()
  await check('left', { upright })
  await newcomer.getByText('这个账号已停用').waitFor()

  await openPeople(page)
  await page.getByRole('link', { name: '样例网格员丙' }).click()
  await front(page).getByRole('link', { name: '第一网格' }).first().waitFor()
  // A one-time password for somebody who forgot their own.
  await button('再给一个一次性密码').click()
  await button('确定给').click()
  await front(page).locator('[data-secret]').waitFor()
})

it('reads without a connection what was read last, and says what needs one', async () => {
  await openPlaces()
  await goOffline(desk.context)
  await openDesk(page)
  await openTab(page, '管理')
  await page.getByText('现在没有网络：只能看').waitFor()
  await numbers().waitFor()
  await check('offline', { wide })
  await openPeople(page)
  await page.getByRole('link', { name: '样例网格员甲' }).click()
  await front(page).getByText('设备要联网才能看').waitFor()
  await goOnline(desk.context)
})
