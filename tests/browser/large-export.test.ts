/** A workbook of everybody under the page's own policy: what compresses it must not be refused. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { read, utils } from 'xlsx'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { openTab, signIn } from '#tests/support/worker-app.ts'

let server: WuseServer
let chrome: Chrome

beforeAll(async () => {
  server = await createWuseServer(1_150)
  await server.start()
  // No `bypassCSP`, as the other tests of screens have it for axe.
  chrome = await launchChrome({ viewport: { width: 1280, height: 800 } })
})

afterAll(async () => {
  await chrome.close()
  await server.remove()
})

it('goes out whole', async () => {
  const page = await chrome.context.newPage()
  await signIn(page, server.url, 'office2')
  await openTab(page, '花名册')
  await page.getByText(/^共 \d+ 人/).waitFor()
  await page.getByRole('button', { name: '导出', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('核对名册').check({ force: true })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: '导出文件' }).click(),
  ])
  const book = read(await readFile(await download.path()))
  const sheet = book.Sheets[book.SheetNames[0] ?? '']
  const rows = sheet ? utils.sheet_to_json(sheet, { header: 1 }) : []
  const shown = Number(await page.getByRole('grid').getAttribute('aria-rowcount'))
  // Title and what stands below it, and the header, which the table has as well.
  expect(rows).toHaveLength(shown + 2)
  expect(shown).toBeGreaterThan(1_000)
})
