import { connect, createServer, type Socket } from 'node:net'
import type { Page } from 'playwright-core'
import { sampleJpeg } from '#tests/support/sample-jpeg.ts'
import { front, go } from '#tests/support/worker-app.ts'
import { median, row, type AddRow } from './rows.ts'
import { settle } from './settle.ts'
import { unlockAnew, type Tablet } from './tablet.ts'

const cameras = [
  { name: '12 megapixels', width: 4_000, height: 3_000 },
  { name: '24 megapixels', width: 5_712, height: 4_284 },
] as const
const speeds = [
  { slowdown: 1, budget: 1_500 },
  { slowdown: 4, budget: 5_000 },
] as const

const bytesPerSecond = 64_000
const breaksEveryMs = 3_000
/** Of two visits: a form takes nine at most. */
const ofVisit = 5

/** From the camera's file until it lies sealed on the disk; and what ten of them cost over a line that breaks. */
export async function measurePhotos(
  tablet: Tablet,
  url: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  const line = await createLine(url)
  try {
    await settle(tablet, line.url, 'worker1')
    for (const [index, { slowdown, budget }] of speeds.entries()) {
      const seat = await tablet.open(slowdown)
      try {
        await unlockAnew(seat, line.url)
        // What stays half filled there is of no further use; a form takes nine, so each speed has its own.
        const doors = await doorsOf(seat.page)
        await openForm(seat.page, doors[index + 1] ?? '')
        const how = slowdown === 1 ? '' : `, slowed ${slowdown}×`
        let held = await seat.page.locator('section[aria-label="照片"] img').count()
        // The first one also loads what makes pictures.
        await takeOne(seat.page, (held += 1), sampleJpeg({ width: 640, height: 480, noise: 3 }))
        for (const { name, width, height } of cameras) {
          const times: number[] = []
          for (let n = 0; n < (isQuick ? 1 : 3); n += 1) {
            const picture = sampleJpeg({ width, height, noise: 12, seed: n + 1 })
            times.push(await takeOne(seat.page, (held += 1), picture))
          }
          add(
            row(
              `photograph of ${name}: from the camera to saved${how}`,
              'ms',
              budget,
              median(times),
            ),
          )
        }
      } finally {
        await seat.close()
      }
    }
    await overBadLine(tablet, line, add)
  } finally {
    await line.close()
  }
}

async function overBadLine(tablet: Tablet, line: Line, add: AddRow): Promise<void> {
  const seat = await tablet.open(1)
  const { page } = seat
  try {
    await unlockAnew(seat, line.url)
    const [door = ''] = await doorsOf(page)
    line.set('down')
    for (const visit of [0, 1]) {
      await openForm(page, door)
      for (let n = 1; n <= ofVisit; n += 1) {
        const seed = visit * ofVisit + n
        await takeOne(page, n, sampleJpeg({ width: 1_600, height: 1_200, noise: 12, seed }))
      }
      await front(page).getByRole('button', { name: '保存走访' }).click()
      // The household says so of each visit; on a slow machine the word of the save is gone before anybody looks.
      await front(page).getByText(`${ofVisit}张在路上`).nth(visit).waitFor({ timeout: 60_000 })
    }
    const bodies = new Map<string, number>()
    let lastAt = Infinity
    page.on('request', (request) => {
      if (request.method() !== 'PUT') return
      bodies.set(request.url(), request.postDataBuffer()?.length ?? 0)
      lastAt = performance.now()
    })
    /** `/api/photos/STREAM/PHOTO/INDEX/HASH`. */
    const photos = () => new Set([...bodies.keys()].map((url) => url.split('/').at(-3))).size
    const before = line.sent()
    const began = performance.now()
    line.set('bad')
    await go(page, door)
    // All have begun, the page says of none that it is on its way, and nothing went for a while.
    const isOver = async () =>
      photos() === ofVisit * 2 &&
      performance.now() - lastAt > 2 * breaksEveryMs &&
      (await front(page).getByText('张在路上').count()) === 0
    while (!(await isOver())) {
      if (performance.now() - began > 600_000) throw new Error(`${photos()} photographs began`)
      await page.waitForTimeout(500)
    }
    const seconds = (lastAt - began) / 1_000
    line.set('good')
    const whole = [...bodies.values()].reduce((sum, bytes) => sum + bytes, 0)
    add(
      row(
        `${ofVisit * 2} photographs over 64 kB/s that breaks every 3 s: bytes sent of their own`,
        'of them',
        1.1,
        (line.sent() - before) / whole,
        {
          note: `${Math.round(whole / 1_000)} kB in ${Math.round(seconds)} s and ${line.breaks()} breaks, heads counted`,
        },
      ),
    )
  } finally {
    await seat.close()
  }
}

function doorsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main li a[href^="/household/"]')].map(
      (card) => card.getAttribute('href') ?? '',
    ),
  )
}

async function openForm(page: Page, door: string): Promise<void> {
  await go(page, `${door}/visit`)
  await front(page).getByRole('heading', { name: '照片' }).waitFor()
}

/** Milliseconds from the file until the form says that so many lie on the disk. */
async function takeOne(page: Page, count: number, bytes: Uint8Array): Promise<number> {
  const chooser = page.waitForEvent('filechooser')
  await front(page).getByRole('button', { name: '拍照' }).click()
  await page.evaluate((said) => {
    document.addEventListener(
      'change',
      () => {
        const began = performance.now()
        const watch = new MutationObserver(() => {
          if (!document.body.textContent.includes(said)) return
          watch.disconnect()
          performance.measure('bench photo', { start: began, end: performance.now() })
        })
        watch.observe(document, { childList: true, subtree: true, characterData: true })
      },
      { capture: true, once: true },
    )
    performance.clearMeasures('bench photo')
  }, `已存${count}张照片到本机`)
  const file = { name: 'IMG.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) }
  await (await chooser).setFiles(file)
  await front(page).getByText(`已存${count}张照片到本机`).waitFor({ timeout: 120_000 })
  return page.evaluate(() => performance.getEntriesByName('bench photo')[0]?.duration ?? NaN)
}

type State = 'good' | 'bad' | 'down'
interface Line {
  readonly url: string
  set(state: State): void
  /** Bytes that went up on it, and how often it broke. */
  sent(): number
  breaks(): number
  close(): Promise<void>
}

/** A way to the server that is cut, or slow upwards and broken every three seconds; what it breaks was carried for nothing. */
async function createLine(to: string): Promise<Line> {
  const { hostname, port } = new URL(to)
  const open = new Set<Socket>()
  const waiting: { readonly far: Socket; readonly near: Socket; bytes: Buffer }[] = []
  let [state, sent, breaks]: [State, number, number] = ['good', 0, 0]
  const cut = () => {
    for (const socket of open) socket.destroy()
    waiting.length = 0
  }
  const server = createServer((near) => {
    if (state === 'down') return void near.destroy()
    const far = connect(Number(port), hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
    far.pipe(near)
    near.on('data', (bytes: Buffer) => {
      if (state !== 'bad') {
        sent += bytes.length
        far.write(bytes)
        return
      }
      near.pause()
      waiting.push({ near, far, bytes })
    })
  })
  const beat = 20
  const carry = setInterval(() => {
    let room = (bytesPerSecond * beat) / 1_000
    while (room > 0) {
      const next = waiting[0]
      if (!next) return
      const part = next.bytes.subarray(0, room)
      next.far.write(part)
      sent += part.length
      room -= part.length
      next.bytes = next.bytes.subarray(part.length)
      if (next.bytes.length > 0) continue
      waiting.shift()
      next.near.resume()
    }
  }, beat)
  const breaking = setInterval(() => {
    if (state !== 'bad') return
    breaks += 1
    cut()
  }, breaksEveryMs)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  return {
    url: `http://localhost:${typeof address === 'object' && address ? address.port : 0}`,
    set(to) {
      state = to
      cut()
    },
    sent: () => sent,
    breaks: () => breaks,
    close() {
      clearInterval(carry)
      clearInterval(breaking)
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
