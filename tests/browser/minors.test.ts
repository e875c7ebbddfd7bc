/** Minors and rights as people work on them: withheld, approved, shown; a request that restricts; light and dark. */
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { ageGroupOf } from '#domain/minor.ts'
import { look } from '#tests/support/looks.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { openProtection } from '#tests/support/areas/privacy.ts'
import { front, go, save, waitForSync } from '#tests/support/worker-app.ts'
import { testClock } from '#tests/support/test-clock.ts'
import { peopleAtWork } from '#tests/support/people-at-work.ts'

const { pageOf: enter, url } = peopleAtWork(300)

/** In light and in dark: nothing unreadable, nothing cramped. */
async function check(page: Page, name: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await look(page, `${name}-${colorScheme}`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

it('a minor is shown under a colleague’s approval, and the office ends what it approved', async () => {
  const office = await copyOffice(url(), 'admin')
  const today = testClock.today()
  const child = office
    .all('resident')
    .find(({ fields }) => ageGroupOf(fields, today) !== null && fields.documentNumber)
  if (!child) throw new Error('no child in the demo')

  const admin = await enter('admin', 1180, 820)
  await go(admin, `/resident/${child.id}`)
  await front(admin)
    .getByText(/未满1[48]周岁/)
    .first()
    .waitFor()
  await front(admin)
    .getByRole('button', { name: /显示证件号码|显示.*号码/ })
    .first()
    .click()
  await admin.getByRole('button', { name: '联系本人' }).click()
  await admin.getByText('这是未成年人的资料').waitFor()
  await check(admin, 'withheld-tablet')
  await admin.getByRole('link', { name: '未成年人资料的批准' }).click()
  await front(admin).getByText('样例：关爱走访和入学服务').waitFor()
  await front(admin).getByRole('button', { name: '批准', exact: true }).click()
  await front(admin).getByText('请选批准谁').waitFor()
  await check(admin, 'approvals-tablet')
  await front(admin).getByRole('switch', { name: '社区工作人员' }).click()
  await front(admin).getByLabel('为了什么').fill('样例：核对学籍')
  await front(admin).getByRole('button', { name: '批准', exact: true }).click()
  await front(admin).getByText('样例：核对学籍').waitFor()
  await waitForSync(admin, 'up-to-date')
  const download = admin.waitForEvent('download')
  await front(admin).getByRole('button', { name: '生成表格' }).click()
  expect((await download).suggestedFilename()).toMatch(/个人信息处理年度报告\.xlsx$/)

  const phone = await enter('worker1', 390, 844)
  await go(phone, '/approvals')
  await front(phone).getByText('样例：关爱走访和入学服务').waitFor()
  await check(phone, 'approvals-phone')
})

it('somebody asks that their data be restricted, by a guardian or for themselves', async () => {
  const office = await copyOffice(url(), 'worker1')
  const today = testClock.today()
  const grown = office
    .all('resident')
    .find(
      ({ fields }) =>
        fields.birth && ageGroupOf(fields, today) === null && !fields.movedOutOn && !fields.diedOn,
    )
  if (!grown) throw new Error('nobody grown')
  const worker = await enter('worker1', 390, 844)
  await go(worker, `/resident/${grown.id}/inquiry`)
  await front(worker).getByRole('radio', { name: '监护人' }).check({ force: true })
  await front(worker).getByRole('button', { name: '登记请求' }).click()
  await front(worker).getByText('请写提出人的姓名').waitFor()
  await check(worker, 'rights-phone')
  await front(worker).getByRole('radio', { name: '本人', exact: true }).check({ force: true })
  await front(worker).getByLabel('要什么').selectOption('restrict')
  await save(worker, '登记请求')
  await waitForSync(worker, 'up-to-date')

  const admin = await enter('admin', 1180, 820)
  await openProtection(admin)
  await admin.getByRole('link', { name: /限制处理/ }).click()
  await front(admin).getByLabel('怎么答复的').fill('样例：已限制')
  await check(admin, 'rights-answer-tablet')
  await save(admin, '保存答复')
  await go(admin, `/resident/${grown.id}`)
  await front(admin).getByText('应本人要求').waitFor()
  await check(admin, 'restricted-tablet')
})
