/** A person's file at the office: made for a request, on record first, on paper as a PDF and as a workbook; also offline. */
import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { read, utils } from '@e965/xlsx'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { copyOffice, type Held } from '#tests/support/office-copy.ts'
import { pdfText } from '#tests/support/pdf-text.ts'
import { signIn, unlock } from '#tests/support/areas/entry.ts'
import { openAudit, openProtection } from '#tests/support/areas/privacy.ts'
import { front, go, save, waitForSync, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

const shots = process.env['WUSE_SHOTS']
let server: WuseServer
let chrome: Chrome
let page: Page
let person: Held<'resident'>

beforeAll(async () => {
  server = await createWuseServer(300)
  await server.start()
  chrome = await launchChrome({
    ...{ viewport: { width: 1180, height: 820 }, bypassCSP: true, reducedMotion: 'reduce' },
    acceptDownloads: true,
  })
  page = await chrome.context.newPage()
  await signIn(page, server.url, 'office2')
  const office = await copyOffice(server.url, 'office2')
  const people = office.all('resident').filter(({ fields }) => !fields.movedOutOn && !fields.diedOn)
  const found = people.find(
    ({ id, fields }) =>
      fields.documentNumber &&
      fields.phones?.length &&
      people.some((one) => one.id !== id && one.fields.household === fields.household),
  )
  if (!found) throw new Error('nobody in the demo')
  person = found
})
afterAll(async () => {
  await chrome.close()
  await server.remove()
})

const detail = () => front(page)
const sheet = () => detail().getByRole('article')

describe('for a request', () => {
  it('is made in full and on record; the request says when, and the answer what was done', async () => {
    await go(page, `/resident/${person.id}/inquiry`)
    await detail().getByRole('radio', { name: '本人', exact: true }).check({ force: true })
    await detail().getByLabel('要什么').selectOption('copy')
    await save(page, '登记请求')
    await openProtection(page)
    await page.getByRole('link', { name: /^复制/ }).click()
    await detail().getByRole('link', { name: '制作个人信息档案' }).click()
    await detail()
      .getByText(/^答复 .+ 的请求：复制、转移$/)
      .waitFor()
    await look(page, 'file-ask-tablet')
    await detail().getByRole('button', { name: '打开档案' }).click()
    await sheet()
      .getByText(person.fields.documentNumber ?? '', { exact: true })
      .waitFor()
    // The office was asked for what is older than this device holds.
    await expect.poll(() => detail().getByRole('progressbar').count()).toBe(0)
    await expect.poll(() => detail().getByText('没有网络').count()).toBe(0)
    await look(page, 'file-open-tablet')
  })

  it('is a document on paper: of the person all, of the app nothing', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await look(page, 'file-open-dark')
    const pdf = await page.pdf({ preferCSSPageSize: true })
    await page.emulateMedia({ colorScheme: null })
    if (shots) await writeFile(`${shots}/file.pdf`, pdf)
    const { text, sizes } = pdfText(pdf)
    for (const [width, height] of sizes) {
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842])
    }
    for (const words of [
      '个人信息档案',
      '登记单位',
      '制作时间',
      '资料',
      '五色',
      '走访记录',
      '修改记录',
    ]) {
      expect(text).toContain(words)
    }
    expect(text).toContain(person.fields.name)
    expect(text).toContain(person.fields.documentNumber)
    expect(text).toContain(person.fields.phones?.[0])
    for (const words of ['主导航', '今日', '花名册', '打印或存为', '返回']) {
      expect(text).not.toContain(words)
    }
    await expect.poll(() => page.locator('body > [data-light]').count()).toBe(0)
  })

  it('is a workbook of the same parts, with numbers as text and no name in the file’s', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      detail().getByRole('button', { name: '存为表格' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^个人信息档案-\d{4}-\d{2}-\d{2}\.xlsx$/)
    const book = read(await readFile(await download.path()))
    expect(book.SheetNames.slice(0, 3)).toEqual(['资料', '住处', '五色'])
    const facts = book.Sheets['资料']
    if (!facts) throw new Error('no sheet')
    const rows = utils.sheet_to_json<string[]>(facts, { header: 1 })
    expect(rows.find(([field]) => field === '证件号码')?.[1]).toBe(person.fields.documentNumber)
    await detail().getByRole('button', { name: '收起' }).click()
    await detail().getByRole('button', { name: '打开档案' }).waitFor()
  })

  it('stands in the answer, and the auditor finds who made it', async () => {
    await openProtection(page)
    await page.getByRole('link', { name: /^复制/ }).click()
    await detail()
      .getByText(/已制作档案$/)
      .waitFor()
    await expect.poll(() => detail().getByLabel('怎么答复的').inputValue()).toContain('做成档案')
    await look(page, 'file-answer-tablet')
    await detail().getByRole('button', { name: '保存答复' }).click()
    await page.getByText(/已办 · .*已答复/).waitFor()
    await waitForSync(page, 'up-to-date')
    const other = await launchChrome({ viewport: { width: 1180, height: 820 } })
    try {
      const auditor = await other.context.newPage()
      await signIn(auditor, server.url, 'auditor')
      await openAudit(auditor)
      await auditor.getByLabel('做了什么').selectOption('exports')
      const row = auditor.getByRole('row', { name: /生成个人资料档案/ })
      await row.first().waitFor()
      await expect.poll(() => row.first().innerText()).toMatch(/用途：本人要求.*完整/)
      expect(await row.first().innerText()).toContain('交给：本人或监护人 · 依据：本人或监护人请求')
      expect(await auditor.getByText(person.fields.name).count()).toBe(0)
    } finally {
      await other.close()
    }
  })
})

describe('without a connection', () => {
  it('opens masked from the person’s page, says what it lacks, and is on record later', async () => {
    await waitUntilInstalled(page)
    await page.reload()
    await unlock(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await go(page, `/resident/${person.id}`)
    await detail().getByRole('link', { name: '个人信息档案' }).waitFor()
    await goOffline(chrome.context)
    await detail().getByRole('link', { name: '个人信息档案' }).click()
    await detail().getByRole('button', { name: '打开档案' }).click()
    await detail().getByText('请选做什么用').waitFor()
    await detail().getByRole('radio', { name: '核对登记' }).check({ force: true })
    await look(page, 'file-ask-phone')
    await detail().getByRole('button', { name: '打开档案' }).click()
    await sheet().getByText('姓名和号码已遮挡。').waitFor()
    await detail()
      .getByText(/没有网络，只有本机/)
      .waitFor()
    expect(
      await sheet()
        .getByText(person.fields.documentNumber ?? '')
        .count(),
    ).toBe(0)
    await look(page, 'file-open-phone')
    await goOnline(chrome.context)
    await waitForSync(page, 'up-to-date')
  })
})
