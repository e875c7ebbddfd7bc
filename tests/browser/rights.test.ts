/** What the law asks of the office, as people do it: an assessment on record, a child's guardian, a refusal on paper. */
import { expect, it } from 'vitest'
import { ageOn } from '#domain/day.ts'
import { look } from '#tests/support/looks.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { openProtection } from '#tests/support/areas/privacy.ts'
import { front, go, save, waitForSync } from '#tests/support/worker-app.ts'
import { testClock } from '#tests/support/test-clock.ts'
import { peopleAtWork } from '#tests/support/people-at-work.ts'

const { pageOf: enter, url } = peopleAtWork(300)

it('an assessment is put on record by its hash, and the page says what none covers', async () => {
  const admin = await enter('admin', 1180, 820)
  await openProtection(admin)
  await front(admin).getByText('正在用的五色规则第1版，没有评估覆盖。').waitFor()
  await front(admin)
    .getByText(/没有评估覆盖：处理敏感信息/)
    .waitFor()
  await look(admin, 'assessments-none', { fullPage: true })
  await go(admin, '/protection/assessment')
  await front(admin).getByRole('button', { name: '登记', exact: true }).click()
  await front(admin).getByText('请选文件').waitFor()
  await look(admin, 'assessment-form', { fullPage: true })
  await admin.locator('input[type=file]').setInputFiles({
    ...{ name: '样例评估.pdf', mimeType: 'application/pdf', buffer: Buffer.from('abc') },
  })
  // SHA-256 of "abc", FIPS 180-4.
  await front(admin)
    .getByText('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    .waitFor()
  await front(admin).getByLabel('编号或版本').fill('2026-1')
  await front(admin).getByLabel('谁签的').fill('样例甲')
  for (const name of ['处理敏感信息', '由规则给出颜色（自动化决策）']) {
    await front(admin).getByRole('switch', { name }).click()
  }
  await save(admin, '登记')
  await waitForSync(admin, 'up-to-date')
  await openProtection(admin)
  await front(admin).getByText('文件：样例评估.pdf').waitFor()
  await front(admin)
    .getByText(/没有评估覆盖：委托别人处理/)
    .waitFor()
  expect(
    await front(admin)
      .getByText(/五色规则第1版，没有评估覆盖/)
      .count(),
  ).toBe(0)
  await look(admin, 'assessments-one', { fullPage: true })
})

it('a child gets a parent of the household as guardian by one tap', async () => {
  const office = await copyOffice(url(), 'worker1')
  const today = testClock.today()
  const head = office
    .all('resident')
    .find(
      ({ fields }) =>
        fields.relation === '02' &&
        fields.birth &&
        ageOn(fields.birth, today) > 25 &&
        !fields.movedOutOn &&
        !fields.diedOn,
    )
  if (!head) throw new Error('no head in the demo')
  const worker = await enter('worker1', 390, 844)
  await go(worker, `/household/${head.fields.household}/add`)
  await front(worker).getByLabel('姓名').first().fill('样例孩')
  await front(worker)
    .getByLabel('出生日期')
    .fill(`${Number(today.slice(0, 4)) - 5}-01-01`)
  await front(worker).getByLabel('与户主关系').selectOption('20')
  await front(worker).getByRole('button', { name: '保存', exact: true }).click()
  await front(worker).getByText('14岁以下请填写监护人').waitFor()
  await look(worker, 'guardian-missing', { fullPage: true })
  await front(worker).getByRole('button', { name: /^用/ }).first().click()
  expect(await front(worker).getByLabel('监护人', { exact: true }).inputValue()).not.toBe('')
  await look(worker, 'guardian-taken', { fullPage: true })
})

it('a refusal has a paper with its reason, article, ways to complain and contact', async () => {
  const office = await copyOffice(url(), 'worker1')
  const today = testClock.today()
  const grown = office
    .all('resident')
    .find(
      ({ fields }) =>
        fields.birth && ageOn(fields.birth, today) > 18 && !fields.movedOutOn && !fields.diedOn,
    )
  if (!grown) throw new Error('nobody grown')
  const admin = await enter('admin', 1180, 820)
  await go(admin, `/resident/${grown.id}/inquiry`)
  await front(admin).getByLabel('要什么').selectOption('delete')
  await save(admin, '登记请求')
  await openProtection(admin)
  await admin.getByRole('link', { name: /删除/ }).click()
  await front(admin).getByRole('radio', { name: '不予办理' }).check({ force: true })
  await front(admin).getByLabel('怎么答复的').fill('样例：保存期限没有届满')
  await save(admin, '保存答复')
  await openProtection(admin)
  await front(admin).getByRole('link', { name: '打印书面答复' }).click()
  const paper = front(admin).locator('article')
  await paper.waitFor()
  const text = await paper.innerText()
  expect(text).toContain('不予办理。理由：样例：保存期限没有届满')
  expect(text).toContain('第四十七条')
  expect(text).toContain('人民法院')
  expect(text).toContain('联系方式')
  await look(admin, 'refusal-paper', { fullPage: true })
  const printed = await admin.pdf({ format: 'A4' })
  expect(printed.length).toBeGreaterThan(1_000)
})
