/**
 * An office made from one workbook on screen, five grids and workers a community: the empty workbook downloaded, filled,
 * checked, written, its slips printed, and a worker let in with one of them. `npm run test:long` makes a whole
 * subdistrict of 57 communities; `WUSE_SAY=1` prints the taps and seconds.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { read, utils, write, type WorkBook } from '@e965/xlsx'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { lookInSizes } from '#tests/support/looks.ts'
import { pdfText } from '#tests/support/pdf-text.ts'
import { chooseWayIn, fillSignIn, signInFirst } from '#tests/support/areas/entry.ts'
import { openPlaces } from '#tests/support/areas/places.ts'
import { front, go } from '#tests/support/worker-app.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'

const sizes = {
  wide: { width: 1180, height: 820 },
  phone: { width: 390, height: 844 },
}
const password = 'seven herons cross the lake'

let server: WuseServer
let folder: string
let page: Page
const opened: Chrome[] = []
let taps = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wuse-place-book-'))
  server = await createWuseServer(1, 60, { DEMO: 'off' })
  await server.start()
  page = await launch(sizes.wide)
  await page.goto(/\S+\/setup#\S+/.exec(server.said())?.[0] ?? server.url)
  await page.getByLabel('街道（或镇、乡）名称').fill('样例街道')
  await page.getByLabel('姓名').fill('样例壬')
  await page.getByLabel('账号').fill('first.admin')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '建立' }).click()
  await page.getByRole('button', { name: '去登录' }).click()
  await fillSignIn(page, 'first.admin', password)
  await chooseWayIn(page)
  await page.getByRole('navigation').first().waitFor()
}, 120_000)
afterAll(async () => {
  for (const chrome of opened) await chrome.close()
  await server.remove()
  await rm(folder, { recursive: true, force: true })
})

async function launch(viewport: typeof sizes.wide): Promise<Page> {
  const chrome = await launchChrome({
    ...notInstalled,
    viewport,
    bypassCSP: true,
    reducedMotion: 'reduce',
  })
  opened.push(chrome)
  const fresh = await chrome.context.newPage()
  return fresh
}
const button = (name: string | RegExp) => front(page).getByRole('button', { name })
async function tap(at: Locator) {
  taps += 1
  await at.click()
}

/** Rows below the header of a sheet of the downloaded workbook. */
function fill(book: WorkBook, name: string, rows: readonly (readonly string[])[]) {
  const sheet = book.Sheets[name]
  if (!sheet) throw new Error(`no sheet ${name}`)
  utils.sheet_add_aoa(sheet, rows as string[][], { origin: -1 })
}
async function choose(name: string, content: Buffer | string) {
  const file = join(folder, name)
  await writeFile(file, content)
  await front(page).locator('input[type=file]').setInputFiles(file)
}

const count = Number(process.env['WUSE_COMMUNITIES'] ?? 8)
const workers = 5 * count
const communities = Array.from({ length: count }, (_, at) => `样例${at + 1}社区`)
const grids = communities.flatMap((community) =>
  Array.from({ length: 5 }, (_, at) => [community, `第${at + 1}网格`] as const),
)

it('makes communities with their grids and workers, and a slip for each', async () => {
  await openPlaces(page)
  const begun = Date.now()
  await tap(front(page).getByRole('link', { name: '用表格成批新建' }))
  await button(/下载空白表格/).waitFor()
  await lookInSizes(page, 'place-book-begin', sizes)
  const download = page.waitForEvent('download')
  await tap(button(/下载空白表格/))
  const book = read(await readFile(await (await download).path()))
  expect(book.SheetNames).toEqual(['地方', '人员', '填写示例-地方', '填写示例-人员'])
  fill(book, '地方', [
    ...grids.map(([community, grid]) => ['网格', grid, community]),
    ...communities.map((name) => ['社区', name]),
  ])
  fill(
    book,
    '人员',
    grids.map(([community, grid], at) => [
      `样例${at + 1}`,
      `w${at + 1}`,
      '网格员',
      community + grid,
    ]),
  )
  // What somebody does in a spreadsheet program is no tap of ours.
  taps += 1
  await choose('样例.xlsx', write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
  await button(`写入${count + workers}个地方、${workers}个账号`).waitFor()
  await front(page).getByText('样例街道下面').waitFor()
  await lookInSizes(page, 'place-book-preview', sizes)
  await tap(button(`写入${count + workers}个地方、${workers}个账号`))
  await button(`打印${workers}张密码条`).waitFor({ timeout: 400_000 })
  const seconds = (Date.now() - begun) / 1000
  await lookInSizes(page, 'place-book-slips', sizes)

  const pdf = await page.pdf({ preferCSSPageSize: true })
  const paper = pdfText(pdf)
  expect(paper.sizes.length).toBe(Math.ceil(workers / 8))
  expect(paper.text).toContain(`样例${count}社区第5网格`)
  taps += 1
  await page.getByText('在屏幕上看').click()
  const slip = front(page)
    .locator('[data-secret]')
    .filter({ hasText: `样例${count}社区 第5网格` })
  const once = (await slip.locator('dd').nth(3).textContent()) ?? ''
  expect(paper.text).toContain(once.replaceAll(' ', ''))
  await tap(button('已经打印好，完成'))
  await button(`给还没登录的${workers}人做密码条`).waitFor()
  // Whoever comes back finds none of them.
  expect(await page.content()).not.toContain(once)
  await lookInSizes(page, 'place-book-written', sizes)
  if (process.env['WUSE_SAY']) {
    console.log(
      `${count} communities, ${workers} grids and workers: ${taps} taps, ${seconds.toFixed(1)} s`,
    )
  }
  expect(taps).toBeLessThan(10)

  const walker = await launch(sizes.phone)
  // The server may still be counting what was written.
  walker.setDefaultTimeout(120_000)
  await signInFirst(walker, server.url, `w${workers}`, once)
  await walker.getByText('设一个6位数字密码').waitFor()

  // Given again it is all there; it cannot be taken back any more, since somebody has signed in.
  await choose('样例.xlsx', write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
  await front(page)
    .getByText(`${count + 2 * workers}行已经有了，不动。`)
    .waitFor()
  expect(await button(/^写入/).count()).toBe(0)
  await button('换一个文件').click()
  await button('整批收回').click()
  await button('确定收回').click()
  await front(page).getByText(`不能整批收回：样例${workers}已经登录过了。`).waitFor()
}, 600_000)

it('says of a wrong file what is wrong, row by row, and takes back what it wrote', async () => {
  await go(page, '/places/book')
  await choose('照片.xlsx', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]))
  await front(page).getByText('这不是表格文件').waitFor()
  await choose('空.csv', '')
  await front(page).getByText('这个文件是空的。').waitFor()
  await choose('别的.csv', '姓名,身份证号\n样例甲,\n')
  await front(page).getByText('没找到要填的表').waitFor()
  const many = Array.from({ length: 5_001 }, (_, at) => `社区,多${at}`).join('\n')
  await choose('多.csv', `种类,名称\n${many}\n`)
  await front(page).getByText('行数太多，一次最多5,000行').waitFor()
  await choose(
    '错.csv',
    '种类,名称,上级\n社区,后来社区,\n网格,后来网格,后来社区\n网格,里面网格,后来社区/后来网格\n星系,什么,\n',
  )
  await front(page).getByText('2行不写入').waitFor()
  await front(page).getByText('网格不能放在网格（后来社区/后来网格）下面。').waitFor()
  await front(page).getByText('没有“星系”这个种类').waitFor()
  await lookInSizes(page, 'place-book-wrong', sizes)
  await button('写入2个地方').click()
  await front(page).getByText('已全部写入').waitFor()
  const past = front(page).locator('section').filter({ hasText: '以前写入的' })
  await past.getByText('2个地方', { exact: true }).waitFor()
  await past.getByRole('button', { name: '整批收回' }).first().click()
  await button('确定收回').click()
  await past.getByText(/已收回/).waitFor()
  await openPlaces(page)
  await expect.poll(() => page.getByText('后来社区').count()).toBe(0)
}, 300_000)
