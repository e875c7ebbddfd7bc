/** One request as people work on it: taken at a door without a signal, dispatched, answered by a unit offline, called back. */
import { expect, it } from 'vitest'
import { look } from '#tests/support/looks.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { nothing, step } from '#tests/support/areas/requests.ts'
import {
  front,
  go,
  openTab,
  save,
  waitForSync,
  waitUntilInstalled,
} from '#tests/support/worker-app.ts'
import { peopleAtWork } from '#tests/support/people-at-work.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

const { enter, url } = peopleAtWork(300)

it('goes from a door without a signal to a call-back, over three devices', async () => {
  const { page: worker, chrome } = await enter('worker1', 390, 844, {})
  const { page: unit, chrome: unitChrome } = await enter('unit1', 390, 844, {})
  const { page: office } = await enter('office2', 1180, 820)
  const register = await copyOffice(url(), 'worker1')
  const home = register.all('household').find(({ fields }) => !fields.endedOn)
  if (!home) throw new Error('nobody lives here')

  // At the door, without a signal.
  await waitUntilInstalled(worker)
  await go(worker, `/household/${home.id}`)
  await front(worker).getByRole('button', { name: '有变化' }).click()
  await worker.getByRole('link', { name: '记诉求' }).waitFor()
  await goOffline(chrome.context)
  await worker.getByRole('link', { name: '记诉求' }).click()
  await front(worker)
    .getByLabel(/哪一类/)
    .selectOption({ label: '楼道灯不亮' })
  await front(worker).getByLabel('什么事').fill('二楼灯不亮，电话10012340078')
  await look(worker, 'request-form-phone')
  await save(worker, '保存诉求')
  // Number and follow-up code, without a signal.
  await front(worker).getByText('查询码', { exact: true }).waitFor()
  await look(worker, 'request-taken-phone')
  await front(worker).getByRole('button', { name: '已交给本人' }).click()
  await openTab(worker, '诉求')
  await front(worker).getByText('楼道灯不亮').waitFor()
  await look(worker, 'requests-phone')
  await goOnline(chrome.context)
  await waitForSync(worker, 'up-to-date')

  // The office takes it and gives it to a unit.
  await openTab(office, '诉求')
  // On a tablet the list stands beside the page that opens from it.
  await office.locator('main').getByText('楼道灯不亮').first().click()
  await step(office, '受理', nothing)
  await front(office).getByText('已受理').first().waitFor()
  await expect.poll(() => front(office).getByText('在本机，待发送').count()).toBe(0)
  await step(office, '分派', async (dialog) => {
    await dialog.getByLabel('承办单位').selectOption({ label: '样例物业维修组' })
  })
  await front(office)
    .getByText(/已分派，样例物业维修组/)
    .waitFor()
  await expect.poll(() => front(office).getByText('在本机，待发送').count()).toBe(0)
  await look(office, 'request-tablet')

  // The unit reads it masked, and answers without a signal.
  await openTab(unit, '诉求')
  await front(unit).getByText('楼道灯不亮').click()
  await front(unit).getByText('二楼灯不亮，电话***********').waitFor()
  expect(await unit.getByText('10012340078').count()).toBe(0)
  await look(unit, 'errand-phone')
  await goOffline(unitChrome.context)
  await step(unit, '签收', nothing)
  await step(unit, '办完，写答复', async (dialog) => {
    await dialog.getByRole('radio', { name: '已解决', exact: true }).check({ force: true })
    await dialog.getByRole('textbox', { name: '说明', exact: true }).fill('换了灯泡')
    await dialog.getByLabel('给诉求人的话').fill('二楼的灯已换好')
  })
  await goOnline(unitChrome.context)
  await waitForSync(unit, 'up-to-date')

  // The office releases the answer, and the worker asks the person.
  await front(office).getByText('已答复，待审').first().waitFor()
  await step(office, '放行答复', nothing)
  await expect.poll(() => front(office).getByText('在本机，待发送').count()).toBe(0)
  await front(worker).getByText('待回访').waitFor()
  await front(worker).getByText('楼道灯不亮').click()
  await step(worker, '记一次回访', async (dialog) => {
    await dialog.getByRole('radio', { name: '联系上了', exact: true }).check({ force: true })
    await dialog.getByRole('radio', { name: '解决了', exact: true }).check({ force: true })
  })
  await front(worker).getByText('已办结').first().waitFor()
  await waitForSync(worker, 'up-to-date')
  await look(worker, 'request-phone')
  // In the order of their stream.
  const steps = (await copyOffice(url(), 'worker1'))
    .all('request-step')
    .map(({ fields }) => `${fields.step} ${String(fields.actor)} ${String(fields.moved)}`)
  expect(steps).toEqual([
    'submit worker true',
    'accept staff true',
    'dispatch staff true',
    'sign handler true',
    'answer handler true',
    'release staff true',
    'call-back worker true',
  ])
})
