/**
 * A worker's day: sign-in and first pull online, the server gone, the browser closed and opened again, a day's work
 * offline, the server back, and everything there field by field.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { dayAt } from '#domain/day.ts'
import { launchChrome, newProfile, removeProfile, type Chrome } from '#tests/support/chrome.ts'
import { copyOffice, type OfficeCopy } from '#tests/support/office-copy.ts'
import { typeIntoDraft } from '#tests/support/typed-drafts.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn, unlock } from '#tests/support/areas/entry.ts'
import { openFirstHousehold, sayPurpose } from '#tests/support/areas/walk.ts'
import {
  agree,
  front,
  go,
  openTab,
  save,
  waitForSync,
  waitUntilInstalled,
} from '#tests/support/worker-app.ts'
import { testClock } from '#tests/support/test-clock.ts'
import { createRandom } from '#server/demo/random.ts'
import { sampleDocument } from '#server/demo/people.ts'

const phone = { viewport: { width: 390, height: 844 } }
const random = createRandom(7)
const today = dayAt(testClock.now())

let server: WuseServer
let profile: string
let chrome: Chrome
let page: Page
let before: OfficeCopy
const faults: string[] = []

async function openApp(): Promise<Page> {
  chrome = await launchChrome({ profile, ...phone })
  const opened = chrome.context.pages()[0] ?? (await chrome.context.newPage())
  opened.on('pageerror', (fault) => faults.push(fault.message))
  return opened
}

beforeAll(async () => {
  server = await createWuseServer(1_150)
  await server.start()
  before = await copyOffice(server.url, 'worker2')
  profile = await newProfile()
  page = await openApp()
})

afterAll(async () => {
  await chrome.close()
  await removeProfile(profile)
  await server.remove()
})

/** Households with so many living members, none of them due for anything that a test would disturb. */
function households(members: number) {
  const living = before.all('resident').filter((r) => !r.fields.movedOutOn && !r.fields.diedOn)
  return before
    .all('household')
    .filter((home) => !home.fields.endedOn)
    .map((home) => ({ home, members: living.filter((r) => r.fields.household === home.id) }))
    .filter((one) => one.members.length === members)
}

describe('a day without a signal', () => {
  const [three, four, five, six] = [3, 4, 3, 4]
  let added: { document: string }
  let familyDwelling: string

  it('signs in, chooses a PIN, pulls the register and is installed', async () => {
    await signIn(page, server.url, 'worker1')
    await waitUntilInstalled(page)
    await expect.poll(() => page.getByRole('heading', { name: '今日' }).isVisible()).toBe(true)
    const manifest = await page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')
      return (await (await fetch(link?.href ?? '')).json()) as { display: string; icons: unknown[] }
    })
    expect(manifest.display).toBe('standalone')
    expect(manifest.icons.length).toBeGreaterThan(2)
  })

  it('starts with the server gone: browser closed and opened, PIN, today list', async () => {
    await server.stop()
    await chrome.close()
    page = await openApp()
    await page.goto(server.url)
    await unlock(page)
    await waitForSync(page, 'offline')
    await expect.poll(() => page.locator('a[href^="/household/"]').count()).toBeGreaterThan(3)
  })

  it('records "nothing changed" in one tap, and takes it back with another', async () => {
    const href = await openFirstHousehold(page)
    await save(page, '无变化，记走访')
    await expect.poll(() => page.locator(`a[href="${href}"]`).count()).toBe(0)
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByText('已撤销').waitFor()
    await expect.poll(() => page.locator(`a[href="${href}"]`).count()).toBe(1)
    await page.locator(`a[href="${href}"]`).click()
    await save(page, '无变化，记走访')
    await expect.poll(() => page.getByText(/^已走 1\/\d+户$/).isVisible()).toBe(true)
  })

  it('records a visit by telephone with a note, kept as a draft over a reload', async () => {
    const { home } = households(three)[0] ?? {}
    await go(page, `/household/${home?.id ?? ''}/visit`)
    await front(page).getByRole('radio', { name: '电话' }).check()
    await front(page).getByRole('radio', { name: '未遇' }).check()
    await typeIntoDraft(page, front(page).getByRole('textbox', { name: '备注' }), '约好周五再打')
    await page.reload()
    await unlock(page)
    await page.getByText('这里有您上次没保存的内容').waitFor()
    await expect
      .poll(() => front(page).getByRole('textbox', { name: '备注' }).inputValue())
      .toBe('约好周五再打')
    await save(page, '保存走访')
  })

  it('adds a resident: the number fills birth date and sex, and is checked as it is typed', async () => {
    const { home } = households(four)[1] ?? {}
    const document = sampleDocument(random, '1990-03-05', '2')
    added = { document }
    await go(page, `/household/${home?.id ?? ''}/add`)
    const form = front(page)
    await form
      .getByLabel('身份证号')
      .fill(document.slice(0, 17) + (document[17] === '0' ? '1' : '0'))
    await form.getByText('校验位不对，请核对号码').waitFor()
    await form.getByLabel('身份证号').fill(document)
    await form.getByText('号码正确', { exact: false }).waitFor()
    await expect.poll(() => form.getByLabel('出生日期').inputValue()).toBe('1990 03 05')
    await form.getByRole('button', { name: '保存' }).click()
    await form.getByText('请填写').waitFor()
    await form.getByLabel('姓名').fill('样例新人')
    await form.getByLabel('联系电话').fill('10012345678')
    await form.getByLabel('与户主关系').selectOption('99')
    await save(page, '保存')
  })

  it('tells who is in the register already under a number', async () => {
    const { home } = households(four)[2] ?? {}
    await go(page, `/household/${home?.id ?? ''}/add`)
    await front(page).getByLabel('身份证号').fill(added.document)
    await front(page).getByText('这个号码已经登记').waitFor()
    await expect.poll(() => front(page).getByText('样*人').isVisible()).toBe(true)
    await front(page).getByLabel('身份证号').fill('')
  })

  it('changes fields, after a purpose is given and logged', async () => {
    const member = households(three)[1]?.members[0]
    await go(page, `/resident/${member?.id ?? ''}/edit`)
    await sayPurpose(page)
    const form = front(page)
    await form.getByLabel('联系电话').first().fill('10087654321')
    await form.getByRole('button', { name: '更多' }).click()
    await form.getByRole('textbox', { name: '工作单位' }).fill('样例工厂')
    await form.getByRole('button', { name: '保存修改' }).click()
    await form.getByText('要本人同意').waitFor()
    await agree(page)
    await save(page, '保存修改')
  })

  it('takes a family of four in with one save', async () => {
    const lived = new Set(before.all('household').map((home) => home.fields.dwelling))
    const vacant = before.all('dwelling').find((one) => !lived.has(one.id))
    familyDwelling = vacant?.id ?? ''
    await go(page, `/dwelling/${familyDwelling}/intake`)
    const form = front(page)
    const people = [
      ['样例父', '1985-01-02', '1'],
      ['样例母', '1987-02-03', '2'],
      ['样例子', '2012-03-04', '1'],
      ['样例女', '2016-04-05', '2'],
    ] as const
    await form.getByRole('radio', { name: '租赁', exact: true }).check()
    for (const [index, [name, birth, sex]] of people.entries()) {
      if (index > 0) await form.getByRole('button', { name: '再加一人' }).click()
      const part = form.locator('section').nth(index)
      await part.getByLabel('姓名').fill(name)
      await part.getByLabel('身份证号').fill(sampleDocument(random, birth, sex))
    }
    // The youngest is under 14: one tap takes a parent from the same form.
    await form.getByRole('button', { name: /保存这一户/ }).click()
    await form.getByText('14岁以下请填写监护人').waitFor()
    await form.getByRole('button', { name: /^用样/ }).first().click()
    await save(page, /保存这一户（4人）/)
    await expect.poll(() => front(page).locator('a[href^="/resident/"]').count()).toBe(4)
  })

  it('moves a resident to another room, registers a birth, a death and a household that left', async () => {
    const mover = households(four)[3]
    await go(page, `/resident/${mover?.members[3]?.id ?? ''}/move`)
    const room = before.get('dwelling', familyDwelling)
    const building = before.get('building', room?.fields.building ?? '')
    await front(page)
      .getByLabel('搬到哪一间')
      .fill(
        `${building?.fields.estate ?? ''}${building?.fields.name ?? ''}${room?.fields.unit ? `${room.fields.unit}单元` : ''}${room?.fields.room ?? ''}`,
      )
    await front(page)
      .getByRole('button', { name: room?.fields.room ?? '' })
      .first()
      .click()
    await front(page).getByRole('radio', { name: '单独成一户' }).check()
    await save(page, '保存换房')

    await go(page, `/household/${households(five)[2]?.home.id ?? ''}/birth`)
    await front(page).getByLabel('还没取名').check()
    await front(page).getByRole('radio', { name: '女' }).check()
    await save(page, '保存新生儿')

    await go(page, `/resident/${households(six)[4]?.members[3]?.id ?? ''}/death`)
    await save(page, '登记去世')

    await go(page, `/household/${households(five)[3]?.home.id ?? ''}/leave`)
    await front(page).getByLabel('搬到哪里', { exact: false }).fill('杭州市西湖区')
    await agree(page)
    await save(page, '登记搬走')
  })

  it('shows a masked number for a purpose, and finds people by pinyin, initials, room and digits', async () => {
    const member = households(three)[5]?.members[0]
    await go(page, `/resident/${member?.id ?? ''}`)
    await front(page).getByRole('button', { name: '显示证件号码' }).click()
    await page.getByRole('button', { name: '本人要求' }).click()
    await front(page)
      .getByText(member?.fields.documentNumber ?? 'none')
      .waitFor()

    await openTab(page, '搜索')
    const search = page.getByRole('searchbox')
    for (const query of ['样例新人', 'yanglixinren', 'ylxr', '5678', added.document.slice(-4)]) {
      await search.fill(query)
      await front(page).getByText('样*人').first().waitFor()
    }
  })

  it('says in plain words what waits to be sent', async () => {
    await page.locator('button[data-sync]').last().click()
    const sheet = page.getByRole('dialog', { name: '同步' })
    await sheet.getByText('现在没有网络').waitFor()
    await expect.poll(() => sheet.getByText(/还有\d+条没发出去/).isVisible()).toBe(true)
    await expect.poll(() => sheet.getByText('新增走访').count()).toBeGreaterThan(3)
    await page.keyboard.press('Escape')
  })

  it('sends everything by itself when the connection returns; the server has it field by field', async () => {
    await server.start()
    await waitForSync(page, 'up-to-date')
    const after = await copyOffice(server.url, 'worker2')
    const fresh = <K extends 'resident' | 'visit' | 'household'>(kind: K) =>
      after.all(kind).filter((record) => !before.get(kind, record.id))

    const visits = fresh('visit').map((visit) => visit.fields)
    expect(visits).toContainEqual(
      expect.objectContaining({
        household: households(three)[0]?.home.id,
        channel: 'telephone',
        outcome: 'not-met',
        note: '约好周五再打',
      }),
    )
    expect(visits.filter((visit) => visit.unchanged && visit.outcome === 'met')).toHaveLength(1)

    const residents = fresh('resident').map((resident) => resident.fields)
    expect(residents).toContainEqual(
      expect.objectContaining({
        household: households(four)[1]?.home.id,
        name: '样例新人',
        documentType: '111',
        documentNumber: added.document,
        birth: '1990-03-05',
        sex: '2',
        phones: ['10012345678'],
        relation: '99',
      }),
    )
    const edited = after.get('resident', households(three)[1]?.members[0]?.id ?? '')
    expect(edited?.fields).toMatchObject({ phones: ['10087654321'], workplace: '样例工厂' })

    const family = fresh('household').find(
      (home) =>
        home.fields.dwelling === familyDwelling &&
        residents.some((one) => one.household === home.id),
    )
    const members = residents.filter((one) => one.household === family?.id)
    expect(members.map(({ name, birth, sex, arrivedOn }) => [name, birth, sex, arrivedOn])).toEqual(
      [
        ['样例父', '1985-01-02', '1', today],
        ['样例母', '1987-02-03', '2', today],
        ['样例子', '2012-03-04', '1', today],
        ['样例女', '2016-04-05', '2', today],
      ],
    )
    expect(members.map(({ guardianName }) => guardianName ?? null)).toEqual([
      ...[null, null, null, '样例父'],
    ])
    const head = after.get('resident', family?.fields.head ?? '')
    expect(head?.fields.name).toBe('样例父')
    expect(after.get('dwelling', familyDwelling)?.fields.use).toBe('rental')

    const moved = after.get('resident', households(four)[3]?.members[3]?.id ?? '')
    const own = after.get('household', moved?.fields.household ?? '')
    expect(own?.fields).toMatchObject({ dwelling: familyDwelling, head: moved?.id })

    const child = residents.find((one) => one.household === households(five)[2]?.home.id)
    expect(child).toMatchObject({
      name: '新生儿(未取名)',
      birth: today,
      sex: '2',
      documentType: '117',
    })
    const dead = after.get('resident', households(six)[4]?.members[3]?.id ?? '')
    expect(dead?.fields.diedOn).toBe(today)
    const gone = households(five)[3]
    expect(after.get('household', gone?.home.id ?? '')?.fields).toMatchObject({
      endedOn: today,
      endedTo: '杭州市西湖区',
    })
    for (const member of gone?.members ?? []) {
      expect(after.get('resident', member.id)?.fields.movedOutOn).toBe(today)
    }
    expect(after.changes.some((change) => change.record === edited?.id)).toBe(true)
  })

  it('shows it on a colleague’s device, with the history', async () => {
    const colleague = await launchChrome(phone)
    const other = await colleague.context.newPage()
    await signIn(other, server.url, 'worker2')
    await openTab(other, '搜索')
    await other.getByRole('searchbox').fill('样例新人')
    await front(other).getByText('样*人').first().click()
    await front(other).getByRole('button', { name: '看修改记录' }).click()
    await front(other).getByText('样例网格员甲').first().waitFor()
    await colleague.close()
  })

  it('met no fault on any page', () => {
    expect(faults).toEqual([])
  })
})
