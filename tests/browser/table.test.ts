/** The register as a table on the office's tablet: columns, filter, views, a row beside it, and exports read back. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Download, Page } from 'playwright-core'
import { sql } from 'kysely'
import { read, utils } from '@e965/xlsx'
import { openDatabase } from '#server/db/connect.ts'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { openDesk, openTable } from '#tests/support/areas/office.ts'
import { sayPurpose } from '#tests/support/areas/walk.ts'
import { front, save, waitForSync } from '#tests/support/worker-app.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

const tablet = { width: 1280, height: 800 }
const upright = { width: 820, height: 1180 }

let server: WuseServer
let chrome: Chrome
let page: Page

beforeAll(async () => {
  server = await createWuseServer(1_150)
  await server.start()
  chrome = await launchChrome({ viewport: tablet, bypassCSP: true, reducedMotion: 'reduce' })
  page = await chrome.context.newPage()
  await signIn(page, server.url, 'office2')
})

afterAll(async () => {
  await chrome.close()
  await server.remove()
})

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog')
const grid = () => page.getByRole('grid')
const headers = () => grid().getByRole('columnheader').allInnerTexts()
const rowsInAll = async () => Number(await grid().getAttribute('aria-rowcount')) - 1
const cellOf = (row: number, column: number) =>
  grid().locator(`[role=row][aria-rowindex="${row + 1}"] [aria-colindex="${column}"]`)

/** A workbook's sheet as rows of text. */
async function readBack(download: Download): Promise<string[][]> {
  const book = read(await readFile(await download.path()))
  const sheet = book.Sheets[book.SheetNames[0] ?? '']
  if (!sheet) throw new Error('no sheet')
  return utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false, defval: '' })
}

async function exportAs(mask: '遮挡' | '完整', purpose: string): Promise<Download> {
  await button('导出').click()
  await dialog().getByLabel(mask).check({ force: true })
  await dialog().getByLabel(purpose).check({ force: true })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog().getByRole('button', { name: '导出文件' }).click(),
  ])
  await page.getByText(/^已导出\d+人$/).waitFor()
  return download
}

describe('the table', () => {
  it('has everybody of the community, masked, and a row opens beside it', async () => {
    await openTable(page)
    await page.getByText(/^共[\d,]+人/).waitFor()
    expect(await rowsInAll()).toBeGreaterThan(900)
    await expect.poll(() => cellOf(1, 1).innerText()).toMatch(/\*/)
    await look(page, 'table-tablet')
    await cellOf(2, 2).click()
    await front(page).getByRole('heading', { level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/resident\//)
    await page.locator('[role=row][aria-selected=true]').waitFor()
    await look(page, 'table-and-resident-tablet')
    await openTable(page)
  })

  it('is walked through with the keyboard, however long it is', async () => {
    await cellOf(1, 1).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => cellOf(2, 2).evaluate((at) => at === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+End')
    const last = await rowsInAll()
    const columns = Number(await grid().getAttribute('aria-colcount'))
    await expect
      .poll(() => cellOf(last, columns).evaluate((at) => at === document.activeElement))
      .toBe(true)
    await expect.poll(() => grid().getByRole('row').count()).toBeLessThan(60)
    await page.keyboard.press('Home')
    await page.keyboard.press('PageUp')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/resident\//)
    await openTable(page)
  })

  it('sorts by any column, up, down and back', async () => {
    const ages = async () => {
      const at = (await headers()).findIndex((header) => header.startsWith('年龄')) + 1
      return Promise.all(
        [1, 2, 3, 4, 5].map(async (row) => Number(await cellOf(row, at).innerText())),
      )
    }
    await button('年龄').click()
    await page.getByText(/按年龄升序/).waitFor()
    await expect
      .poll(async () => (await ages()).every((age, n, all) => n === 0 || age >= (all[n - 1] ?? 0)))
      .toBe(true)
    await expect
      .poll(() => page.getByRole('columnheader', { name: '年龄' }).getAttribute('aria-sort'))
      .toBe('ascending')
    await button('年龄').click()
    await page.getByText(/按年龄降序/).waitFor()
    await expect.poll(async () => (await ages())[0]).toBeGreaterThan(80)
    await button('年龄').click()
    await page.getByText(/按走访顺序/).waitFor()
  })

  it('is narrowed by what was asked, and says what that was', async () => {
    const all = await rowsInAll()
    await button('筛选').click()
    await dialog()
      .getByRole('button', { name: /重点关注/ })
      .click()
    await dialog().getByLabel('从', { exact: true }).fill('80')
    await dialog().getByLabel('到', { exact: true }).fill('8x')
    await dialog().getByText('请填0到150的整数').waitFor()
    await dialog().getByLabel('到', { exact: true }).fill('')
    await look(page, 'table-filter-tablet')
    await dialog()
      .getByRole('button', { name: /^看\d+人$/ })
      .click()
    await page.getByText(/重点关注 · 80岁及以上/).waitFor()
    expect(await rowsInAll()).toBeGreaterThan(0)
    expect(await rowsInAll()).toBeLessThan(all / 5)
    await look(page, 'table-filtered-tablet')
  })

  it('is narrowed to new tenants by a column of days, counted on the button, in five taps', async () => {
    await button('筛选 2').click()
    await dialog().getByRole('button', { name: '清除筛选' }).click()
    await dialog()
      .getByRole('button', { name: /^看\d+人$/ })
      .click()
    await openDesk(page)
    let taps = 0
    const tap = async (what: { click(): Promise<void> }) => {
      taps += 1
      await what.click()
    }
    await tap(page.getByRole('navigation').first().getByRole('link', { name: '登记' }))
    await tap(button('筛选'))
    await tap(dialog().getByRole('button', { name: '租赁', exact: true }))
    await tap(dialog().getByText('住不满6个月', { exact: true }).locator('..'))
    const see = dialog().getByRole('button', { name: /^看\d+人$/ })
    const counted = async () => Number(/\d+/.exec(await see.innerText())?.[0])
    await expect.poll(counted).toBeLessThan(200)
    const count = await counted()
    expect(count).toBeGreaterThan(0)
    await tap(see)
    await page.getByText(`符合${count}人`).waitFor()
    await page.getByText(/租赁 · 住不满6个月/).waitFor()
    expect(taps).toBeLessThanOrEqual(5)
    expect(await rowsInAll()).toBe(count)
    await look(page, 'table-tenants-tablet')
  })

  it('stands in groups that count, opened by the keyboard, and is printed with them', async () => {
    await page.getByLabel('分组').selectOption('building')
    const grouped = page.getByRole('treegrid')
    await grouped.waitFor()
    const heads = grouped.locator('[aria-expanded]')
    const total = (await heads.allInnerTexts()).reduce(
      (sum, text) => sum + Number(/(\d+)人/.exec(text)?.[1]),
      0,
    )
    await page.getByText(`符合${total}人`).waitFor()
    await grouped.getByRole('gridcell').first().focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => heads.first().getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('ArrowDown')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[role=row]')?.ariaLevel))
      .toBe('2')
    await look(page, 'table-groups-tablet')
    await button('打印').click()
    await look(page, 'table-print-tablet')
    await page.evaluate(() => {
      window.print = () => undefined
    })
    await dialog().getByLabel('走访用').check({ force: true })
    await dialog().getByRole('button', { name: '打印', exact: true }).click()
    await dialog().getByRole('button', { name: '打印', exact: true }).waitFor()
    const pdf = await page.pdf({ preferCSSPageSize: true })
    // Landscape A4, in points.
    expect(pdf.toString('latin1')).toMatch(/MediaBox \[0 0 841\.\d+ 59[45]/)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await dialog().waitFor({ state: 'detached' })
    await page.getByLabel('分组').selectOption('')
    await grid().waitFor()
    await button('筛选 2').click()
    await dialog().getByRole('button', { name: '清除筛选' }).click()
    await dialog()
      .getByRole('button', { name: /重点关注$/ })
      .first()
      .click()
    await dialog().getByLabel('从', { exact: true }).fill('80')
    await dialog()
      .getByRole('button', { name: /^看\d+人$/ })
      .click()
    await page.getByText(/重点关注 · 80岁及以上/).waitFor()
  })

  it('has the columns that one wants, in their order', async () => {
    await button('列').click()
    await dialog().getByRole('button', { name: '去掉出生日期' }).waitFor({ state: 'detached' })
    await dialog().getByRole('button', { name: '加上证件号码' }).click()
    await dialog().getByRole('button', { name: '加上出生日期' }).click()
    await dialog().getByRole('button', { name: '去掉与户主关系' }).click()
    await dialog().getByRole('button', { name: '联系电话往前移' }).click()
    await look(page, 'table-columns-tablet')
    await dialog().getByRole('button', { name: '关闭' }).last().click()
    const shown = (await headers()).map((header) => header.trim())
    expect(shown).toContain('出生日期')
    expect(shown).not.toContain('与户主关系')
    expect(shown.indexOf('联系电话')).toBeLessThan(shown.indexOf('年龄'))
    // The new one is in sight and marked; Home leads back to the first.
    const fresh = grid().locator('[role=columnheader][data-fresh]')
    expect((await fresh.innerText()).trim()).toBe('出生日期')
    const inSight = async (header: ReturnType<typeof grid>) => {
      const [one, all] = [await header.boundingBox(), await grid().boundingBox()]
      return one && all && one.x >= all.x && one.x + one.width <= all.x + all.width + 1
    }
    await expect.poll(() => inSight(fresh)).toBe(true)
    await cellOf(1, 5).focus()
    await page.keyboard.press('Home')
    await expect.poll(() => grid().evaluate((box) => box.scrollLeft)).toBe(0)
  })

  it('is saved as a view that colleagues have as well', async () => {
    await button('保存视图').click()
    await dialog().getByRole('button', { name: '存为新视图' }).click()
    await dialog().getByText('请填名称').waitFor()
    await dialog().getByLabel(/^名称/).fill('样例高龄')
    await dialog().getByLabel('导出时的标题').fill('样例高龄重点人员表')
    await look(page, 'table-view-tablet')
    await dialog().getByRole('button', { name: '存为新视图' }).click()
    await page.getByText('已保存到本机').waitFor()
    await waitForSync(page, 'up-to-date')
    const colleague = await launchChrome({ viewport: tablet })
    try {
      const theirs = await colleague.context.newPage()
      await signIn(theirs, server.url, 'admin')
      await openTable(theirs)
      await theirs.getByLabel('视图').selectOption({ label: '样例高龄' })
      await theirs.getByText(/重点关注 · 80岁及以上/).waitFor()
    } finally {
      await colleague.close()
    }
    await page.getByLabel('视图').selectOption({ label: '没有选视图' })
    await page.getByText(/^共[\d,]+人/).waitFor()
    await page.getByLabel('视图').selectOption({ label: '样例高龄' })
    await page.getByText(/重点关注 · 80岁及以上/).waitFor()
  })

  it('goes out masked, under the view’s title, and that is on record', async () => {
    const found = await rowsInAll()
    await button('导出').click()
    await dialog().getByRole('button', { name: '导出文件' }).click()
    await dialog().getByText('请选用途').waitFor()
    await look(page, 'table-export-tablet')
    await page.keyboard.press('Escape')
    const download = await exportAs('遮挡', '上报')
    expect(download.suggestedFilename()).toMatch(/^样例高龄重点人员表-\d{4}-\d\d-\d\d\.xlsx$/)
    const [title, under, goesTo, header, ...rows] = await readBack(download)
    expect(title?.[0]).toBe('样例高龄重点人员表')
    expect(under?.[0]).toContain('姓名和号码已遮挡')
    expect(goesTo?.[0]).toMatch(/^交给：本单位自用 · 依据：履行法定职责/)
    expect(rows).toHaveLength(found)
    const column = (name: string) => rows.map((row) => row[(header ?? []).indexOf(name)] ?? '')
    expect(column('姓名').every((name) => name.includes('*'))).toBe(true)
    expect(column('证件号码').join()).not.toMatch(/\d{11}/)
    expect(column('五色').every((level) => level === '重点关注')).toBe(true)
  })

  it('goes out in full offline too, with its purpose, before which it is on the disk', async () => {
    await goOffline(chrome.context)
    const download = await exportAs('完整', '走访用')
    const [, under, , header = [], ...rows] = await readBack(download)
    expect(under?.[0]).toContain('含个人信息')
    const numbers = rows.map((row) => row[header.indexOf('证件号码')] ?? '')
    expect(numbers.filter((number) => /^20\d{15}[\dX]$/.test(number)).length).toBeGreaterThan(0)
    await goOnline(chrome.context)
    await waitForSync(page, 'up-to-date')
    const db = openDatabase(server.databaseUrl())
    try {
      const { rows: logged } = await sql<{ fields: Record<string, unknown>; login: string }>`
        select record.fields, account.login from record join account on account.id = record.by
        where kind = 'export' order by version`.execute(db)
      expect(logged.map(({ login }) => login)).toEqual(['office2', 'office2', 'office2'])
      expect(logged.shift()?.fields).toMatchObject({
        format: 'paper',
        masked: true,
        purpose: 'visits',
      })
      expect(logged.map(({ fields }) => [fields.masked, fields.purpose, fields.count])).toEqual([
        [true, 'report', rows.length],
        [false, 'visits', rows.length],
      ])
      expect(logged[0]?.fields).toMatchObject({ recipient: 'own', ground: 'duty' })
      expect(logged[0]?.fields.filter).toBe('重点关注 · 80岁及以上')
    } finally {
      await db.destroy()
    }
  })

  it('goes out in the standard’s form to an office that is named, a rare character whole', async () => {
    // Of the third plane and not assigned: no device has a glyph for it. 𠮷 every one has.
    const rare = '\u{3fffc}'
    await cellOf(1, 1).click()
    await page.waitForURL(/\/resident\//)
    await front(page).getByRole('link', { name: '修改资料' }).click()
    await sayPurpose(page)
    await front(page).getByLabel(/^姓名/).fill(`${rare}样𠮷`)
    await save(page, '保存修改')
    await front(page)
      .getByRole('heading', { level: 1, name: `${rare}*` })
      .waitFor()
    await front(page)
      .getByText(/U\+3FFFC。资料没有错/)
      .waitFor()
    expect(
      await front(page)
        .getByText(/U\+20BB7/)
        .count(),
    ).toBe(0)
    await look(page, 'rare-character-tablet')
    await openTable(page)
    await button('导出').click()
    await dialog().getByLabel('标准格式CSV').check({ force: true })
    await dialog().getByLabel('GB 18030').check({ force: true })
    await dialog().getByLabel('其他单位').check({ force: true })
    await dialog().getByRole('button', { name: '导出文件' }).click()
    await dialog().getByText('请填接收单位').waitFor()
    await dialog().getByText('请选法律依据').waitFor()
    await look(page, 'table-standard-tablet')
    await page.setViewportSize({ width: 390, height: 844 })
    await look(page, 'table-standard-phone')
    await page.setViewportSize(tablet)
    await dialog()
      .getByLabel(/^接收单位/)
      .fill('样例民政办')
    await dialog()
      .getByLabel(/^法律依据/)
      .selectOption('sharing')
    await dialog().getByLabel('完整').check({ force: true })
    await dialog().getByLabel('依法提供').check({ force: true })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog().getByRole('button', { name: '导出文件' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/\.csv$/)
    const text = new TextDecoder('gb18030', { fatal: true }).decode(
      await readFile(await download.path()),
    )
    expect(text).toContain('"标准","GB/T 31000","版次","2015"')
    expect(text).toContain('交给：样例民政办 · 依据：政务数据共享')
    expect(text).toContain(`"${rare}样𠮷"`)
    await waitForSync(page, 'up-to-date')
  })

  it('has households and dwellings, on a tablet held upright too', async () => {
    await page.setViewportSize(upright)
    await page.getByRole('radio', { name: '房屋' }).check()
    await page.getByText(/^共[\d,]+套/).waitFor()
    await look(page, 'dwellings-upright')
    await page.getByRole('radio', { name: '住户' }).check()
    await page.getByText(/^共[\d,]+户/).waitFor()
    await look(page, 'households-upright')
    await button('筛选').click()
    await look(page, 'filter-upright')
    await page.keyboard.press('Escape')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.getByRole('radio', { name: '居民' }).check()
    await page.getByText(/重点关注 · 80岁及以上/).waitFor()
    await look(page, 'table-upright-dark')
    await page.setViewportSize({ width: 390, height: 844 })
    await look(page, 'table-phone-dark')
  })
})
