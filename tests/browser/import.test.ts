/** A roster brought in by the office on a tablet: looked at, written whole, seen by a worker, and taken back. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as XLSX from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { bySheetJs, sampleNumber, type Page as Sheet } from '#tests/app/roster/workbooks.ts'
import {
  launchChrome,
  notInstalled,
  type Chrome,
  type ChromeOptions,
} from '#tests/support/chrome.ts'
import { look, waitForRest } from '#tests/support/looks.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { signIn, unlock } from '#tests/support/areas/entry.ts'
import { front, go, waitForSync, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

let server: WuseServer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wuse-import-'))
  server = await createWuseServer(1_150)
  await server.start()
})
afterAll(async () => {
  await server.remove()
  await rm(folder, { recursive: true })
})

async function open(
  login: string,
  width: number,
  height: number,
  more: ChromeOptions = notInstalled,
) {
  const chrome = await launchChrome({
    viewport: { width, height },
    bypassCSP: true,
    reducedMotion: 'reduce',
    acceptDownloads: true,
    ...more,
  })
  const page = await chrome.context.newPage()
  await signIn(page, server.url, login)
  return { chrome, page }
}

/** The same screen on a phone, and back on the tablet. */
async function onPhone(page: Page, name: string) {
  const wide = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  await look(page, `import-${name}`)
  if (wide) await page.setViewportSize(wide)
}

async function choose(page: Page, name: string, bytes: Uint8Array | string) {
  const path = join(folder, name)
  await writeFile(path, bytes)
  await front(page).locator('input[type=file]').setInputFiles(path)
}

/** Somebody of the demo, as the register has them. */
async function somebody() {
  const office = await copyOffice(server.url, 'office2')
  const resident = office
    .all('resident')
    .find(
      ({ fields }) =>
        fields.documentNumber && fields.phones && !fields.movedOutOn && !fields.diedOn,
    )
  const household = office.all('household').find(({ id }) => id === resident?.fields.household)
  const dwelling = office.all('dwelling').find(({ id }) => id === household?.fields.dwelling)
  const building = office.all('building').find(({ id }) => id === dwelling?.fields.building)
  if (!resident || !dwelling || !building) throw new Error('nobody in the demo')
  const someoneElse = office
    .all('resident')
    .find(({ id, fields }) => id !== resident.id && fields.documentNumber && !fields.movedOutOn)
  return { resident, dwelling, building, other: someoneElse?.fields.documentNumber ?? '' }
}

const header = [
  '姓名',
  '身份证号',
  '性别',
  '联系电话',
  '现住小区',
  '楼栋',
  '单元',
  '房间号',
  '政治面貌',
  '奇怪的列',
]

async function roster(): Promise<Sheet[]> {
  const { resident, dwelling, building, other } = await somebody()
  const { name, documentNumber } = resident.fields
  const { estate } = building.fields
  const door = [estate, building.fields.name, dwelling.fields.unit ?? '无', dwelling.fields.room]
  return [
    {
      name: '花名册',
      merged: ['A1:J1'],
      rows: [
        ['样例社区居民花名册'],
        header,
        ['必填', '18位身份证号', '男/女', '多个用；隔开', null, '如：3幢'],
        [name, `${documentNumber ?? ''} `, null, '10000000077', ...door, '群众', '甲'],
        [
          '样例新',
          sampleNumber('1990-01-01', 1),
          '男',
          null,
          estate,
          '99幢',
          '1单元',
          '301',
          null,
          '乙',
        ],
        [
          '样例妻',
          sampleNumber('1991-01-01', 2),
          '女',
          null,
          estate,
          '99#',
          '1',
          '301室',
          null,
          null,
        ],
        // The same number under another name: nobody decides that but a person.
        ['样例别名', other, null, null, ...door, null, null],
        ['样例错', '200101199001011110', '男', null, ...door, null, null],
        ['=样例式', null, null, null, estate, null, null, null, null, null],
      ],
    },
  ]
}

describe('a roster', () => {
  let staff: { chrome: Chrome; page: Page }
  beforeAll(async () => {
    staff = await open('office2', 1280, 800)
  })
  afterAll(() => staff.chrome.close())

  it('that cannot be read says why, and nothing is written', async () => {
    const { page } = staff
    await go(page, '/import')
    await front(page).getByText('还没有导入过').waitFor()
    await look(page, 'import-choose-tablet')
    const whole = bySheetJs(await roster())
    const files: readonly (readonly [string, Uint8Array | string, string])[] = [
      ['page.xls', '\n<div>请先登录</div>', '这是一个网页'],
      ['cut.xlsx', whole.subarray(0, whole.length - 300), '不完整或已损坏'],
      ['photo.xlsx', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), '这不是表格文件'],
      ['empty.csv', '', '这个文件是空的'],
      ['poem.csv', '床前明月光\n疑是地上霜\n', '没找到花名册'],
    ]
    for (const [name, bytes, words] of files) {
      await choose(page, name, bytes)
      await front(page).getByText(words).waitFor()
      await front(page).getByText('什么都没有写入').waitFor()
    }
    await look(page, 'import-refused-tablet')
  })

  it('is looked at column by column, and a correction is remembered', async () => {
    const { page } = staff
    // The reader of old workbooks comes from the server when the first one is chosen.
    await choose(page, '花名册.xls', bySheetJs(await roster(), 'biff8'))
    const detail = front(page)
    await detail.getByText('看看每一列是什么').waitFor()
    await detail.getByText('要您看一眼的').waitFor()
    await detail.getByText('不导入的').click()
    await detail.getByText('登记里没有这一项').waitFor()
    await look(page, 'import-columns-tablet')
    await onPhone(page, 'columns-phone')
    await detail.getByLabel('“奇怪的列”是什么').selectOption({ label: '备注' })
    await waitForRest(page)
    await detail.getByRole('button', { name: '换一个文件' }).click()
    await choose(page, '花名册.xlsx', bySheetJs(await roster()))
    await expect.poll(() => detail.getByLabel('“奇怪的列”是什么').inputValue()).toBe('note')
    await detail.getByRole('button', { name: '开始核对' }).click()
    await detail.getByRole('button', { name: /^写入/ }).waitFor()
  })

  it('is looked at row by row; wrong ones come back with their reasons', async () => {
    const { page } = staff
    const detail = front(page)
    await detail.getByText('新增2人').waitFor()
    await look(page, 'import-rows-tablet')
    await onPhone(page, 'rows-phone')
    await detail.getByRole('button', { name: '展开，看会写什么' }).first().click()
    await look(page, 'import-row-opened-tablet')
    await onPhone(page, 'row-opened-phone')
    await detail.getByRole('button', { name: '要您判断 1' }).click()
    const alike = detail.getByRole('group', { name: '这个证件号在登记里是另一个名字' })
    await alike.getByText('1行，1行没判断').waitFor()
    await look(page, 'import-doubtful-tablet')
    await alike.getByRole('button', { name: '1行都是同一人，改资料' }).click()
    await detail.getByRole('button', { name: '写入4行' }).waitFor()
    await alike.getByRole('button', { name: '重新判断' }).click()
    await detail.getByRole('button', { name: '写入3行' }).waitFor()
    await detail.getByRole('button', { name: '有错 2' }).click()
    await detail.getByText('校验位不对').waitFor()
    await look(page, 'import-wrong-tablet')
    const downloading = page.waitForEvent('download')
    await detail.getByRole('button', { name: '下载有错的2行' }).click()
    const bytes = await readFile(await (await downloading).path())
    const book = XLSX.read(bytes)
    const sheet = book.Sheets[book.SheetNames[0] ?? '']
    const lines = sheet ? XLSX.utils.sheet_to_json<string[]>(sheet, { header: 1 }) : []
    expect(lines).toHaveLength(3)
    expect(lines[1]?.[0]).toContain('校验位不对')
    expect(lines[1]?.[2]).toBe('200101199001011110')
    // Nothing in it is computed where it is opened.
    expect(lines[2]?.[1]).toBe("'=样例式")
  })

  it('is written whole, seen by a worker, and taken back as a whole', async () => {
    const { page } = staff
    const detail = front(page)
    const before = await copyOffice(server.url, 'office2')
    await detail.getByRole('button', { name: '写入3行' }).click()
    await page.getByRole('dialog').getByText('新增2人，修改1人').waitFor()
    await page.getByRole('dialog').getByText('新建1栋楼、1套房、1户').waitFor()
    await page.getByRole('dialog').getByLabel('名册由哪个单位提供').fill('样例公安')
    await page.getByRole('dialog').getByLabel('共享目录条目').fill('样例人口')
    await page.getByRole('dialog').getByLabel('名册是哪一天的').fill('2026-11-20')
    await look(page, 'import-confirm-tablet')
    await onPhone(page, 'confirm-phone')
    await page.getByRole('dialog').getByRole('button', { name: '写入' }).click()
    await detail.getByText('已写入登记').waitFor({ timeout: 60_000 })
    await detail.getByText('来自 样例公安，样例人口，2026-11-20').waitFor()
    await waitForSync(page, 'up-to-date')
    await look(page, 'import-written-tablet')
    const after = await copyOffice(server.url, 'office2')
    const names = (office: typeof after) =>
      [...office.all('resident')].map(({ fields }) => fields.name)
    expect(names(after)).toContain('样例新')
    expect(names(after).length).toBe(names(before).length + 2)
    await detail.getByRole('button', { name: '整批撤销' }).click()
    await detail.getByRole('button', { name: '确定撤销' }).click()
    await detail.getByText('已整批撤销').waitFor({ timeout: 60_000 })
    const undone = await copyOffice(server.url, 'office2')
    expect(names(undone).sort()).toEqual(names(before).sort())
    await detail.getByRole('button', { name: '再导入一个' }).click()
    await detail.getByText('导入过的').waitFor()
    await look(page, 'import-past-tablet')
  })
})

describe('what a roster leaves open', () => {
  it('is asked once for all rows alike and answered, on a tablet and on a phone', async () => {
    const { building, dwelling } = await somebody()
    const { estate, name } = building.fields
    const rows = [
      ['姓名', '性别', '小区', '楼栋', '单元', '房间号', '户籍地址', '网格'],
      ['样问甲', '男', estate, name, '甲', '901', '西湖区样例路', null],
      ['样问乙', '女', estate, name, '甲', '902', null, null],
      ['样问丙', '女', estate, name, dwelling.fields.unit ?? '无', '903 904', null, null],
      ['样问丁', '男', '样例新苑', '1幢', '1', '101', null, '第九十九网格'],
    ]
    const { chrome, page } = await open('office2', 1180, 820)
    try {
      await go(page, '/import')
      const detail = front(page)
      await detail.getByText('选择花名册文件').first().waitFor()
      await choose(page, '问您.xlsx', bySheetJs([{ name: '花名册', rows }]))
      await detail.getByRole('button', { name: '开始核对' }).click()
      await detail.getByRole('button', { name: /^有4处要问您（4行）/ }).click()
      await detail.getByText('有4处名册没写清楚').waitFor()
      await look(page, 'import-questions-tablet')
      await page.setViewportSize({ width: 390, height: 844 })
      await look(page, 'import-questions-phone')
      const unit = detail.getByRole('group', { name: /的“甲”是几单元/ })
      await unit.getByLabel('别的叫法').fill('一单元')
      await unit.getByRole('button', { name: '当作 1单元' }).click()
      await detail.getByText('当作 1单元').waitFor()
      const hukou = detail.getByRole('group', { name: /^户籍“西湖区”/ })
      await hukou.getByRole('button', { name: '浙江省杭州市西湖区' }).click()
      await detail.getByText('户籍在 浙江省杭州市西湖区').waitFor()
      const door = detail.getByRole('group', { name: /903 904”是哪个门/ })
      await door.getByLabel('写出这是哪个门').fill(`${estate}${name}1单元903`)
      await door.getByRole('button', { name: '就是这个门' }).click()
      // It is made by the office, and the device fetches it before it is the answer.
      const grid = detail.getByRole('group', { name: /^网格“第九十九网格”还没有建/ })
      await grid.getByRole('button', { name: '建一个网格“第九十九网格”' }).click()
      await detail.getByText(/^放进 .*第九十九网格$/).waitFor({ timeout: 60_000 })
      await detail.getByText('都答好了').waitFor()
      await look(page, 'import-answered-phone')
      await page.setViewportSize({ width: 1180, height: 820 })
      await look(page, 'import-answered-tablet')
      await detail.getByRole('button', { name: '写入4行' }).click()
      await page
        .getByRole('dialog')
        .getByText(/新楼栋 样例新苑 1幢/)
        .waitFor()
      await look(page, 'import-new-places-tablet')
    } finally {
      await chrome.close()
    }
  })
})

describe('without a connection', () => {
  it('a roster is compared and saved all the same, and written when it is back; upright and dark', async () => {
    const { chrome, page } = await open('office2', 820, 1180, { colorScheme: 'dark' })
    try {
      // The thread that reads it comes from the worker's cache, which has the page since it was opened anew.
      await waitUntilInstalled(page)
      await page.reload()
      await unlock(page)
      await go(page, '/import')
      await front(page).getByText('导入过的').waitFor()
      await goOffline(chrome.context)
      await choose(page, '花名册.xlsx', bySheetJs(await roster()))
      const detail = front(page)
      await detail.getByText('看看每一列是什么').waitFor()
      await look(page, 'import-columns-upright')
      await detail.getByRole('button', { name: '开始核对' }).click()
      await detail.getByRole('button', { name: /^写入/ }).waitFor()
      await look(page, 'import-rows-upright')
      await detail.getByRole('button', { name: /^写入/ }).click()
      await page.getByRole('dialog').getByRole('button', { name: '写入' }).click()
      await detail.getByText(/还没送完/).waitFor()
      await look(page, 'import-waiting-upright')
      await goOnline(chrome.context)
      await detail.getByText('已写入登记').waitFor({ timeout: 60_000 })
    } finally {
      await chrome.close()
    }
  })
})
