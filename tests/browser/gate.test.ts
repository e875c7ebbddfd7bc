/** A village's gate: a worker records a plate, and the gate looks it up without a connection. */
import { expect, it } from 'vitest'
import { formatDoor } from '#domain/format-door.ts'
import { look } from '#tests/support/looks.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { front, go, save, waitForSync } from '#tests/support/worker-app.ts'
import { peopleAtWork } from '#tests/support/people-at-work.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

const { enter, url } = peopleAtWork(300)

it('a gate looks up a plate offline, and says that somebody has come', async () => {
  const office = await copyOffice(url(), 'worker1')
  const room = office.all('dwelling').find(({ fields }) => fields.use === 'own')
  if (!room) throw new Error('no dwelling is there')
  const { page: worker } = await enter('worker1', 390, 844)
  await go(worker, `/dwelling/${room.id}`)
  await front(worker).getByRole('link', { name: '登记车辆' }).click()
  await front(worker).getByLabel('车牌号或电动车牌号').fill('浙a·00123')
  await look(worker, 'vehicle-form-390')
  await save(worker, '保存车辆')
  await front(worker)
    .getByRole('link', { name: /浙A00123/ })
    .waitFor()
  await look(worker, 'vehicles-of-dwelling-390')
  await waitForSync(worker, 'up-to-date')

  const { page: gate, chrome } = await enter('gate1', 390, 844)
  await front(gate).getByLabel('车牌号').waitFor()
  expect(new URL(gate.url()).pathname).toBe('/gate')
  await waitForSync(gate, 'up-to-date')
  await look(gate, 'gate-empty-390')
  await goOffline(chrome.context)
  await front(gate).getByLabel('车牌号').fill('00123')
  await front(gate).getByText('村里的 浙A00123').waitFor()
  await look(gate, 'gate-own-390')
  await gate.setViewportSize({ width: 320, height: 640 })
  await look(gate, 'gate-own-320')
  await gate.emulateMedia({ colorScheme: 'dark' })
  await look(gate, 'gate-own-dark')
  await gate.emulateMedia({ colorScheme: 'light' })
  await gate.setViewportSize({ width: 390, height: 844 })
  await front(gate).getByLabel('车牌号').fill('浙B99999')
  await front(gate).getByText('访客', { exact: true }).waitFor()
  await look(gate, 'gate-visitor-390')
  // A gate has its own pages, wherever somebody goes.
  for (const path of ['/search', '/grid', '/requests', `/dwelling/${room.id}`]) {
    await go(gate, path)
    await front(gate).getByLabel('车牌号').waitFor()
    expect(await gate.getByText(/样例新村|清风阳光苑/).count(), path).toBe(0)
  }
  await go(gate, '/gate')
  await front(gate).getByLabel('车牌号').fill('00123')
  await front(gate).getByRole('link', { name: '这户来了新住的人' }).click()
  await front(gate).getByLabel('怎么称呼').fill('样例新来')
  await look(gate, 'gate-arrival-390')
  await save(gate, '申报')
  await goOnline(chrome.context)
  await waitForSync(gate, 'up-to-date')
  await expect
    .poll(async () => {
      const { all } = await copyOffice(url(), 'worker1')
      return all('arrival').map(({ fields }) => fields.name)
    })
    .toContain('样例新来')

  // The office turns gates off, and on again: the device has no plate, and then it has them.
  const { page: admin } = await enter('admin', 1280, 800)
  const turn = async () => {
    await go(admin, '/protection/edit')
    await front(admin)
      .getByRole('switch', { name: /村里有门岗/ })
      .click({ force: true })
    await front(admin).getByLabel('主办单位').fill('样例区民政局')
    await front(admin).getByLabel('使用单位', { exact: true }).fill('样例街道办事处')
    await front(admin).getByLabel('居民怎么联系使用单位').fill('样例电话 100-0000-0000')
    await save(admin, '保存规定')
    await waitForSync(admin, 'up-to-date')
  }
  await turn()
  await go(gate, '/gate')
  await gate.getByText('这里没有车牌').waitFor()
  await look(gate, 'gate-off-390')
  await front(gate).getByLabel('车牌号').fill('00123')
  expect(await gate.getByText(/浙A00123/).count()).toBe(0)
  await turn()
  await front(gate).getByText('村里的 浙A00123').waitFor()
})

it('a gate chooses any door of its village by its number', async () => {
  const office = await copyOffice(url(), 'worker1')
  const withPlate = new Set(office.all('vehicle').map(({ fields }) => fields.dwelling))
  const room = office.all('dwelling').find(({ id }) => !withPlate.has(id))
  const building = room && office.get('building', room.fields.building)
  if (!room || !building) throw new Error('no dwelling is there')
  const door = formatDoor(building.fields, room.fields)
  const { page: gate } = await enter('gate1', 390, 844)
  await waitForSync(gate, 'up-to-date')
  await front(gate).getByRole('link', { name: '来人申报' }).click()
  await look(gate, 'gate-arrival-any-390')
  await front(gate).getByLabel('住哪一户').fill(door)
  await look(gate, 'gate-arrival-doors-390')
  await front(gate).getByRole('button', { name: door }).first().click()
  await front(gate).getByLabel('怎么称呼').fill('样例无车')
  await save(gate, '申报')
  await expect
    .poll(async () => {
      const { all } = await copyOffice(url(), 'worker1')
      return all('arrival').map(({ fields }) => [fields.name, fields.dwelling])
    })
    .toContainEqual(['样例无车', room.id])
})
