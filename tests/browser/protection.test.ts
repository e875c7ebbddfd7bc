/** The protection of persons as people work on it: told once, asked and answered, complained and answered, read by the auditor. */
import { expect, it } from 'vitest'
import { launchChrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { unlock } from '#tests/support/areas/entry.ts'
import { openAudit, openProtection } from '#tests/support/areas/privacy.ts'
import { front, go, save, waitForSync, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { peopleAtWork } from '#tests/support/people-at-work.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

const { alsoClose, enter, url } = peopleAtWork(300)

it('a worker tells, takes a request and a complaint along; the office answers; the log says so', async () => {
  const { page: worker, chrome } = await enter('worker1', 390, 844, {})
  const office = await copyOffice(url(), 'worker1')
  const person = office
    .all('resident')
    .find(({ fields }) => !fields.noticeOn && !fields.movedOutOn && !fields.diedOn)
  if (!person) throw new Error('everybody was told')

  // All of it without a signal.
  await waitUntilInstalled(worker)
  await worker.reload()
  await unlock(worker)
  await go(worker, `/resident/${person.id}`)
  await front(worker).getByText('还没有告知个人信息怎么用').waitFor()
  await goOffline(chrome.context)
  await front(worker).getByRole('button', { name: '看告知内容' }).click()
  await front(worker).getByText('您可以要求查看').waitFor()
  await look(worker, 'notice-phone')
  await save(worker, '已告知')
  await expect.poll(() => front(worker).getByText('还没有告知').count()).toBe(0)
  await go(worker, `/resident/${person.id}/inquiry`)
  await front(worker).getByLabel('要什么').selectOption('copy')
  await look(worker, 'inquiry-phone')
  await save(worker, '登记请求')
  await go(worker, '/complaints')
  await front(worker).getByRole('button', { name: '提交' }).click()
  await front(worker).getByText('请写内容').waitFor()
  await front(worker).getByLabel('写下来').fill('样例：按钮再大一点')
  await look(worker, 'complaint-phone')
  await front(worker).getByRole('button', { name: '提交' }).click()
  await front(worker).getByText('样例：按钮再大一点').last().waitFor()
  await goOnline(chrome.context)
  await waitForSync(worker, 'up-to-date')

  const { page: admin } = await enter('admin', 1280, 800)
  await openProtection(admin)
  await admin.getByText('登记项目和用途').waitFor()
  await look(admin, 'protection-tablet')
  await admin.getByRole('link', { name: /复制/ }).click()
  await front(admin).getByRole('button', { name: '保存答复' }).click()
  await front(admin).getByText('请写怎么答复的').waitFor()
  await front(admin).getByLabel('怎么答复的').fill('样例：已当面交给本人')
  await look(admin, 'answer-tablet')
  await save(admin, '保存答复')
  await admin.getByText(/已办 · .*已答复/).waitFor()
  await go(admin, '/complaints')
  await front(admin).getByRole('button', { name: '写答复' }).click()
  await front(admin).getByLabel('答复', { exact: true }).fill('样例：下一版改')
  await save(admin, '保存答复')
  await front(worker).getByText('样例：下一版改').waitFor({ timeout: 30_000 })

  await go(worker, '/me')
  await worker.getByText('备案号: 尚未备案').waitFor()
  await worker.getByRole('link', { name: '这个应用没有的功能' }).click()
  await front(worker).getByText('考勤打卡、在线时长').waitFor()
  await look(worker, 'never-phone')
})

it('the administrator says what is asked and kept, and the auditor sees who did what', async () => {
  const { page: admin } = await enter('admin', 1280, 800)
  await go(admin, '/protection/edit')
  await front(admin).getByLabel('搬离或去世后保存（天）').fill('5')
  await front(admin).getByRole('button', { name: '保存规定' }).click()
  await front(admin).getByText('填30到3650的整数').waitFor()
  await look(admin, 'policy-tablet')
  await front(admin).getByLabel('搬离或去世后保存（天）').fill('60')
  // The notice names who handles the data: nobody saves it before that is said.
  await front(admin).getByRole('button', { name: '保存规定' }).click()
  await front(admin).getByText('告知内容要写到这一项，请填写').first().waitFor()
  await front(admin).getByLabel('主办单位').fill('样例区民政局')
  await front(admin).getByLabel('使用单位', { exact: true }).fill('样例街道办事处')
  await front(admin).getByLabel('居民怎么联系使用单位').fill('样例电话 100-0000-0000')
  await front(admin).getByLabel('备案号').fill('样例备案 1 号')
  await front(admin).getByRole('switch', { name: '工作单位' }).click()
  await save(admin, '保存规定')
  await admin.getByText('工作单位 · 已停用').waitFor()
  await front(admin)
    .getByText(/我们是样例街道办事处，联系方式：样例电话/)
    .waitFor()
  await waitForSync(admin, 'up-to-date')

  // Whoever opens the page sees it before they sign in.
  const stranger = await launchChrome({ viewport: { width: 390, height: 844 }, bypassCSP: true })
  alsoClose(stranger)
  const gate = await stranger.context.newPage()
  await gate.goto(url())
  await gate.getByText('备案号：样例备案 1 号 · 主办单位：样例区民政局').waitFor()
  await look(gate, 'gate-phone')

  const { page: auditor, chrome: own } = await enter('auditor', 820, 1180)
  await openAudit(auditor)
  await auditor
    .getByRole('cell', { name: /个人信息保护规定/ })
    .first()
    .waitFor()
  await look(auditor, 'audit-tablet')
  // The log says which fields, never what stands in them.
  expect(await auditor.getByText('样例备案 1 号').count()).toBe(0)
  await auditor.getByLabel('做了什么').selectOption('signIns')
  await auditor.getByText('登录', { exact: true }).first().waitFor()
  await goOffline(own.context)
  await auditor.getByLabel('做了什么').selectOption('looks')
  await auditor.getByText('这一页要联网才能看').waitFor()
})
