/** A roster of 33,000 rows on the tablet: read and compared, written, and whether any frame waited for it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bySheetJs, sampleNumber, type Value } from '#tests/app/roster/workbooks.ts'
import { unlock } from '#tests/support/areas/entry.ts'
import { front, go } from '#tests/support/worker-app.ts'
import { row, type AddRow } from './rows.ts'
import { settle } from './settle.ts'
import type { Tablet } from './tablet.ts'

const header = [
  '姓名',
  '身份证号',
  '性别',
  '联系电话',
  '小区名称',
  '楼栋',
  '单元',
  '房间号',
  '与户主关系',
  '文化程度',
]
const peopleAtDoor = 3
const doorsInBuilding = 60

/** New people behind new doors of a new estate: the most that an import can have to do. */
function rosterOf(count: number): Uint8Array {
  const rows = Array.from({ length: count }, (_, at): Value[] => {
    const door = Math.floor(at / peopleAtDoor)
    const room = door % doorsInBuilding
    const day = new Date(Date.UTC(1950, 0, 1) + (at % 25_000) * 86_400_000)
      .toISOString()
      .slice(0, 10)
    return [
      `样${String.fromCharCode(0x4e00 + (at % 3_000))}`,
      sampleNumber(day, 1 + Math.floor(at / 25_000) * 2),
      '男',
      `100${String(10_000_000 + at)}`,
      '样例新苑',
      `${String(1 + Math.floor(door / doorsInBuilding))}幢`,
      '1单元',
      `${String(1 + Math.floor(room / 4))}0${String(1 + (room % 4))}`,
      at % peopleAtDoor === 0 ? '户主' : '其他',
      '初中毕业',
    ]
  })
  return bySheetJs([{ name: '花名册', rows: [['样例花名册'], header, ...rows] }])
}

export async function measureImport(
  tablet: Tablet,
  url: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  const count = isQuick ? 3_000 : 33_000
  await settle(tablet, url, 'office1')
  const folder = await mkdtemp(join(tmpdir(), 'wuse-roster-'))
  const seat = await tablet.open(1)
  const { page } = seat
  try {
    const path = join(folder, '花名册.xlsx')
    await writeFile(path, rosterOf(count))
    await page.goto(url)
    await unlock(page)
    await go(page, '/import')
    const detail = front(page)
    await detail.getByText('导入过的').waitFor()
    await page.evaluate(() => {
      const seen: number[] = []
      Object.assign(window, { longTasks: seen })
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.push(duration)
      }).observe({ type: 'longtask' })
    })
    const longest = async () =>
      page.evaluate(() => Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks))
    /** The longest task of each step. */
    const blockedBy: number[] = []
    const took = async (act: () => Promise<void>) => {
      const began = performance.now()
      await act()
      const lasted = performance.now() - began
      blockedBy.push(await longest())
      await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks.splice(0))
      return lasted
    }
    const open = await took(async () => {
      await detail.locator('input[type=file]').setInputFiles(path)
      await detail.getByText('看看每一列是什么').waitFor({ timeout: 120_000 })
    })
    await detail.getByLabel('新楼栋放进哪个网格').selectOption({ index: 1 })
    const compare = await took(async () => {
      await detail.getByRole('button', { name: '开始核对' }).click()
      await detail.getByText(`新增${String(count)}人`).waitFor({ timeout: 120_000 })
    })
    const write = await took(async () => {
      await detail.getByRole('button', { name: `写入${String(count)}行` }).click()
      await page.getByRole('dialog').getByRole('button', { name: '写入' }).click()
      await detail.getByText('已存到本机').waitFor({ timeout: 120_000 })
    })
    const steps = [...blockedBy]
    const arrive = await took(() => detail.getByText('已写入登记').waitFor({ timeout: 300_000 }))
    const rows = count.toLocaleString('en')
    const parts = [open, compare, write].map((ms) => Math.round(ms)).join(' + ')
    add(
      row(`import of ${rows}: file to durable`, 'ms', 20_000, open + compare + write, {
        note: `read + compare + save: ${parts}`,
      }),
      row(`import of ${rows}: longest task until saved`, 'ms', 50, Math.max(...steps), {
        note: `read, compare, save: ${steps.map((ms) => Math.round(ms)).join(', ')}`,
      }),
      row(`import of ${rows}: saved to written on the server`, 'ms', null, arrive, {
        note: `longest task of the whole ${String(Math.round(Math.max(...blockedBy)))} ms`,
      }),
    )
  } finally {
    await seat.close()
    await rm(folder, { recursive: true })
  }
}
