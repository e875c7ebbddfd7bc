import { go } from '#tests/support/worker-app.ts'
import { percentile, row, type Row } from './rows.ts'
import type { Seat } from './tablet.ts'

/** As people type: names, a part of one, pinyin, initials, rooms, the end of a number. */
const typed = ['王秀兰', '陈', '建国', '李明', 'zhang', 'wangxl', 'lj', '3-2-501', '1204', '001234']
/** With the network there, the dictionary of pinyin comes with the first letter; it is not what is measured. */
const warmUp = 'wang'

/** Types key by key on the unlocked app; p95 from the keystroke to the painted list. */
export async function measureSearch(
  seat: Seat,
  slowdown: number,
  isQuick: boolean,
): Promise<{ readonly times: readonly number[]; readonly empty: readonly number[] }> {
  const { page } = seat
  const key = await openSearch(seat)
  await seat.slow(slowdown)
  const times = await typeAll(seat, key, isQuick ? typed.slice(2) : [...typed, ...typed])
  // A blank is typed and painted, and nothing is looked for.
  const empty: number[] = []
  for (let n = 0; n < 20; n += 1) {
    await key(' ')
    empty.push((await seat.glass()).keystrokes.at(-1) ?? NaN)
  }
  await seat.slow(1)
  await page.getByRole('searchbox').fill('')
  return { times, empty }
}

/** Types names key by key at full speed; milliseconds of each keystroke. */
export async function typeNames(seat: Seat, names: readonly string[]): Promise<readonly number[]> {
  return typeAll(seat, await openSearch(seat), names)
}

type Key = (letter: string) => Promise<void>

async function openSearch({ page }: Seat): Promise<Key> {
  // By its address: an office has it at the head of a job, a worker among the tabs.
  await go(page, '/search')
  const input = page.getByRole('searchbox')
  await input.waitFor()
  const key = async (letter: string) => {
    const before = await page.evaluate(() => window.glass.keystrokes.length)
    await page.keyboard.insertText(letter)
    await page.waitForFunction((count) => window.glass.keystrokes.length > count, before)
  }
  await input.focus()
  for (const letter of warmUp) await key(letter)
  await page.locator('main a[href^="/resident/"]').first().waitFor()
  await input.fill('')
  await page.waitForTimeout(200)
  return key
}

async function typeAll(
  { page, glass }: Seat,
  key: Key,
  texts: readonly string[],
): Promise<readonly number[]> {
  const first = (await glass()).keystrokes.length
  for (const text of texts) {
    for (const letter of text) await key(letter)
    await page.evaluate(() => {
      // Emptied without a keystroke that would count.
      const button = document.querySelector<HTMLButtonElement>('main [type=search] + button')
      button?.click()
    })
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('main [type=search]')?.value === '',
    )
  }
  return (await glass()).keystrokes.slice(first)
}

export function searchRow(
  slowdown: number,
  budget: number,
  times: readonly number[],
  scan: readonly number[],
  empty: readonly number[],
): Row {
  const how = slowdown === 1 ? '' : `, slowed ${slowdown}×`
  const middle = (list: readonly number[]) => percentile(list, 0.5).toFixed(1)
  return row(
    `search keystroke to painted list, 33,000, p95${how}`,
    'ms',
    budget,
    percentile(times, 0.95),
    {
      baseline: percentile(scan, 0.95),
      note: `${times.length} keystrokes, median ${middle(times)} ms; a blank ${middle(empty)} ms; baseline: a bare scan of names, painted`,
    },
  )
}

/** What the bare scan looks for: what was typed, key by key. */
export const prefixes = prefixesOf(typed)

export function prefixesOf(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => [...text].map((_, at) => [...text].slice(0, at + 1).join('')))
}
