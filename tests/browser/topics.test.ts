/** A topic over two grids: put by the office, asked at doors without a connection, counted by the server, closed. */
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { look } from '#tests/support/looks.ts'
import { sampleJpeg } from '#tests/support/sample-jpeg.ts'
import { peopleAtWork } from '#tests/support/people-at-work.ts'
import { front, go, save, waitForSync, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

// So many that a second grid of the community has people, too.
const { enter, pageOf } = peopleAtWork(1_400)

const title = '样例：3幢楼道粉刷'

/** Opens the topic from the list, as somebody does who looks for what is new. */
async function openTopic(page: Page): Promise<void> {
  await go(page, '/topics')
  await front(page).getByRole('link', { name: title }).click()
  await front(page).getByText('经过', { exact: true }).waitFor()
}

/** Takes down what the next door says that nobody asked; tells the address of its page. */
async function ask(page: Page, says: string, photographs = false): Promise<string> {
  const doors = front(page).getByRole('link', { name: /还没问/ })
  // The list is drawn a moment after its page.
  await doors.first().waitFor()
  const before = await doors.count()
  const address = (await doors.first().getAttribute('href')) ?? ''
  await doors.first().click()
  await front(page).getByRole('radio', { name: says, exact: true }).check()
  if (photographs) {
    const file = Buffer.from(sampleJpeg({ width: 600, height: 800, noise: 9 }))
    await front(page)
      .locator('input[type=file]')
      .last()
      .setInputFiles({ name: 'sheet.jpg', mimeType: 'image/jpeg', buffer: file })
    await front(page).getByRole('button', { name: '第1张照片' }).waitFor()
    await look(page, 'voice-photographed-390', { fullPage: true })
  }
  await save(page, '记下')
  await expect.poll(() => doors.count()).toBe(before - 1)
  return address
}

it('is asked offline in one grid, counted over two, closed, and takes what comes late', async () => {
  const office = await pageOf('office2', 1180, 820)
  await go(office, '/topics/new')
  const form = front(office)
  await form.getByLabel(/^议题/).fill(title)
  const grids = form.getByRole('group', { name: /网格/ })
  await expect.poll(() => grids.count()).toBe(2)
  for (const at of [0, 1]) await grids.nth(at).getByRole('button').first().click()
  await save(office, '保存议题')
  await front(office).getByRole('button', { name: '开始征求意见' }).click()
  await front(office).getByRole('button', { name: '现在截止' }).waitFor()
  await waitForSync(office, 'up-to-date')

  const { page: worker } = await enter('worker1', 390, 844, {})
  await waitUntilInstalled(worker)
  await goOffline(worker.context())
  await openTopic(worker)
  await front(worker)
    .getByText(/要联网看/)
    .waitFor()
  await front(worker)
    .getByRole('link', { name: /没问，逐户去问/ })
    .click()
  const signed = await ask(worker, '同意', true)
  await ask(worker, '没遇到人')
  await goOnline(worker.context())
  await waitForSync(worker, 'up-to-date')

  // The signature stands with what the door said.
  await go(office, signed)
  await front(office).getByRole('button', { name: '第1张照片' }).waitFor()

  // The office has both grids; a door of the one that no worker went to says no at a meeting.
  await openTopic(office)
  const tally = front(office).getByRole('group', { name: '各户意见' })
  await front(office)
    .getByText(/^1\/\d+户参与/)
    .waitFor()
  await front(office)
    .getByRole('link', { name: /没问，逐户去问/ })
    .click()
  await front(office).getByText('样例新村', { exact: false }).first().waitFor()
  const others = front(office)
    .locator('section', { has: office.getByRole('heading', { name: /样例新村/ }) })
    .getByRole('link', { name: /还没问/ })
  await others.first().click()
  await front(office).getByRole('radio', { name: '会上' }).check()
  await front(office).getByRole('radio', { name: '不同意' }).check()
  await save(office, '记下')
  await waitForSync(office, 'up-to-date')
  await openTopic(office)
  await front(office)
    .getByText(/^2\/\d+户参与/)
    .waitFor()
  await look(office, 'topic-counted-1180')

  // A sheet of paper that two doors signed is photographed with the first of them.
  const onPaper = async (photographs: boolean) => {
    // The first stays there: its sheet waits for a second person.
    const doors = front(office).getByRole('link', { name: /还没问/ })
    await doors.nth(photographs ? 0 : 1).click()
    await front(office).getByRole('radio', { name: '纸质' }).check()
    await front(office).getByRole('radio', { name: '同意', exact: true }).check()
    if (photographs) {
      const file = Buffer.from(sampleJpeg({ width: 600, height: 800, noise: 9, seed: 2 }))
      await front(office)
        .locator('input[type=file]')
        .last()
        .setInputFiles({ name: 'sheet.jpg', mimeType: 'image/jpeg', buffer: file })
      await front(office).getByRole('button', { name: '第1张照片' }).waitFor()
    } else {
      await front(office).getByRole('button', { name: '第1张纸' }).click()
      await look(office, 'voice-on-sheet-1180')
    }
    const address = new URL(office.url()).pathname
    await save(office, '记下')
    return address
  }
  await front(office)
    .getByRole('link', { name: /没问，逐户去问/ })
    .click()
  await onPaper(true)
  const second = await onPaper(false)
  await waitForSync(office, 'up-to-date')
  await go(office, second)
  await front(office).getByText('这户说过的').waitFor()
  await front(office).getByRole('button', { name: '第1张照片' }).waitFor()
  await openTopic(office)

  // Said before the closing, sent after it.
  await goOffline(worker.context())
  await ask(worker, '弃权')
  await front(office).getByRole('button', { name: '现在截止' }).click()
  await front(office).getByRole('button', { name: '确定截止' }).click()
  await front(office)
    .getByText(/还有\d台设备没传，最晚/)
    .waitFor()
  await goOnline(worker.context())
  await waitForSync(worker, 'up-to-date')
  await openTopic(worker)
  await front(worker).getByRole('heading', { name: '已截止' }).waitFor()
  await front(office)
    .getByText(/^3\/\d+户参与/)
    .waitFor()
  expect(await tally.innerText()).toMatch(/同意\s*1|1\s*同意/)
  await look(office, 'topic-closed-1180')
})
