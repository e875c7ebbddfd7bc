/** Under the page's own policy, which the other tests of screens leave out for axe: what has a worker must not be refused. */
import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { read, utils } from '@e965/xlsx'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { openTable } from '#tests/support/areas/office.ts'
import { go } from '#tests/support/worker-app.ts'

let server: WuseServer
let chrome: Chrome | null = null

beforeAll(async () => {
  server = await createWuseServer(1_150)
  await server.start()
})
afterEach(() => chrome?.close())
afterAll(() => server.remove())

it('a workbook of everybody goes out whole', async () => {
  const { page, refused } = await open()
  await signIn(page, server.url, 'office2')
  await openTable(page)
  await page.getByText(/^共[\d,]+人/).waitFor()
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
  // Title, what stands below it, whose hands it goes into, and the header, which the table has as well.
  expect(rows).toHaveLength(shown + 3)
  expect(shown).toBeGreaterThan(1_000)
  expect(await refused()).toEqual([])
})

it('the map is drawn', async () => {
  const { page, refused } = await open()
  await signIn(page, server.url, 'worker1')
  await go(page, '/grid/map')
  await page.locator('[data-map=drawn]').waitFor({ timeout: 30_000 })
  await page.locator('[data-mark]').first().waitFor()
  expect(await refused()).toEqual([])
})

/** A page, and what the policy has refused on it. */
async function open() {
  // No `bypassCSP`.
  chrome = await launchChrome({ viewport: { width: 1280, height: 800 } })
  const page = await chrome.context.newPage()
  await page.addInitScript(() => {
    const list: string[] = []
    addEventListener('securitypolicyviolation', (event) => {
      list.push(`${event.effectiveDirective} ${event.blockedURI}`)
    })
    Object.assign(window, { refusedByPolicy: list })
  })
  const refused = () =>
    page.evaluate(() => (window as unknown as { refusedByPolicy: string[] }).refusedByPolicy)
  return { page, refused }
}
